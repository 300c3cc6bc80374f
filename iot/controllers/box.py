"""The routes that an IoT box calls (contract section 3)."""

from odoo.http import Controller, request, route

from ..const import MAX_SETUP_BYTES
from ..exceptions import SetupRefused
from ..tools.setup_payload import SetupPayload
from .box_dispatcher import BOX_ROUTE


class IotBoxController(Controller):
    SETUP_URL = '/iot/setup'

    @route(SETUP_URL, max_content_length=MAX_SETUP_BYTES, **BOX_ROUTE)
    def setup(self, iot_box=None, devices=None):
        """Connect a box, or take in what is new on a connected one (contract section 3.2).

        :return: the bus channel to listen to, the same at each setup of a pairing
        :rtype: str | SetupRefused
        """
        payload = SetupPayload.parse(iot_box, devices)
        source = request.httprequest.remote_addr
        return request.env['iot.box']._set_up(payload, source=source) or SetupRefused('refused')
