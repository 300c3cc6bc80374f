import ipaddress
from datetime import UTC
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.http import db_list, request

from .. import const
from ..exceptions import UnusableBaseUrl
from ..tools.base_url import box_server_url


class IotToken(models.Model):
    """What the browser of an administrator needs to search its network for boxes."""

    _inherit = 'iot.token'

    @api.model
    def _is_database_ambiguous(self):
        """Tell whether a box that does not name its database could reach another one here.

        A pairing code carries no database name (contract section 6.1).
        """
        host = urlsplit(self.get_base_url() or '').netloc
        return len(db_list(force=True, host=host)) > 1

    @api.model
    def get_discovery_hints(self):
        """Return what the browser needs to search its network and to explain a failure.

        :return: ``boxes`` (identifier, name, host and id of those of the user's companies),
            ``client_address`` (private IPv4 address of the browser as this server sees it, or
            False), ``base_url`` (``url`` and perhaps ``error`` or ``warning``), ``server_time``
            (UTC, seconds), ``is_database_ambiguous``, ``db_uuid``
        :rtype: dict
        :raise AccessError: for anybody but IoT administrators
        """
        self._check_administrator()
        return {
            'boxes': self.env['iot.box'].search_read(
                [],
                ['name', 'identifier', 'ip', 'is_online'],
                limit=const.MAX_HINTED_BOXES,
                order='contact_at desc nulls last',
            ),
            'client_address': self._get_private_client_address(),
            'base_url': self._describe_base_url(),
            'server_time': fields.Datetime.now().replace(tzinfo=UTC).timestamp(),
            'is_database_ambiguous': self._is_database_ambiguous(),
            # sudo - ir.config_parameter: a box tells everybody on its network the same
            'db_uuid': self.env['ir.config_parameter'].sudo().get_param('database.uuid'),
        }

    @api.model
    def _get_private_client_address(self):
        if not request:
            return False
        try:
            address = ipaddress.ip_address(request.httprequest.remote_addr)
        except ValueError:
            return False
        return str(address) if address.version == 4 and address.is_private else False

    @api.model
    def _describe_base_url(self):
        configured_url = self.get_base_url() or ''
        try:
            url, warning = box_server_url(configured_url)
        except UnusableBaseUrl as error:
            return {'url': configured_url, 'error': error.code}
        return {'url': url, 'warning': warning}
