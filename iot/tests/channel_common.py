from types import SimpleNamespace
from unittest.mock import patch

from odoo.addons.bus.models import ir_websocket as bus_ir_websocket

from ..models import ir_websocket as iot_ir_websocket
from .common import IotCommon

SERIAL = '10000000abcd1234'


class ChannelCommon(IotCommon):
    """A connected box that does not listen yet."""

    def setUp(self):
        super().setUp()
        self.box, self.secret, self.channel = self.connect(SERIAL)

    def subscribe(self, data):
        """Handle a subscribe frame of an anonymous websocket as `bus` does; return its channels."""
        websocket = SimpleNamespace(session=SimpleNamespace(uid=None))
        wsrequest = SimpleNamespace(session=SimpleNamespace(uid=None), ws=websocket)
        subscribed = []

        def note(channels, last, db_name, websocket):
            subscribed.extend(channels)
            self.last = last

        with (
            patch.object(bus_ir_websocket, 'wsrequest', wsrequest),
            patch.object(bus_ir_websocket, 'request', None),
            patch.object(iot_ir_websocket, 'wsrequest', wsrequest),
            patch.object(bus_ir_websocket.dispatch, 'subscribe', note),
        ):
            self.env['ir.websocket'].with_user(self.public_user)._subscribe(data)
        return subscribed

    def boxes(self, channels):
        return [channel for channel in channels if getattr(channel, '_name', '') == 'iot.box']
