import json

from odoo.tests import HttpCase

from ..controllers.box import IotBoxController
from .common import IotCommon


class IotHttpCommon(IotCommon, HttpCase):
    """Requests as a box writes them: a bare ``{"params": ...}``, no cookie.

    Slower than calling the model: for what the wire adds only.
    """

    def post(self, body, url=IotBoxController.SETUP_URL, **headers):
        """Post a raw body to a route for boxes; return the decoded answer.

        Whatever the body is, the answer is JSON-RPC with status 200 and never tells of our code.
        """
        response = self.opener.post(
            self.base_url() + url,
            data=body if isinstance(body, bytes | str) else json.dumps(body),
            headers={'Content-Type': 'application/json', **headers},
        )
        self.assertNotIn('Traceback', response.text)
        self.assertNotIn('.py', response.text)
        self.assertNotIn('session_id', response.cookies)
        self.assertEqual(response.status_code, 200, response.text)
        return response.json()

    def post_setup(self, iot_box, devices):
        return self.post({'params': {'iot_box': iot_box, 'devices': devices}})
