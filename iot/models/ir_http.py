from werkzeug.exceptions import Forbidden

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = 'ir.http'

    @classmethod
    def _auth_method_iot_box(cls):
        """Take whoever calls for a stranger: what a box shows is judged by the models.

        Pages are refused: a browser behind the address of a box would lend it to any site. Boxes
        send no ``Origin``, which all browsers add to what they post, and no ``Sec-Fetch-Site``,
        which they add to all requests, but by https only (W3C, Fetch Metadata).

        Differs from Odoo's ``public`` in two ways. Who happens to be logged in has no more rights
        here than a box. And the public user is not asked for at each request, as `env.ref` does:
        that costs as much as the answer to a box that tells nothing new.
        """
        headers = request.httprequest.headers
        if 'Origin' in headers or headers.get('Sec-Fetch-Site') in ('cross-site', 'same-site'):
            raise Forbidden
        request.update_env(user=cls._get_public_users()[0])  # other addons add theirs after it
