import inspect
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from odoo.addons.bus.models import ir_websocket as bus_ir_websocket

from ..models import ir_websocket as iot_ir_websocket
from .common import IotCommon

SERIAL = '10000000abcd1234'


@contextmanager
def without_our_channels():
    """Let the bus be as it is without this addon."""
    attributes = vars(iot_ir_websocket.IrWebsocket).items()
    ours = {name: method for name, method in attributes if inspect.isfunction(method)}
    for name in ours:
        delattr(iot_ir_websocket.IrWebsocket, name)
    try:
        yield
    finally:
        for name, method in ours.items():
            setattr(iot_ir_websocket.IrWebsocket, name, method)


class ChannelCommon(IotCommon):
    """A connected box that does not listen yet."""

    def setUp(self):
        super().setUp()
        self.box, self.secret, self.channel = self.connect(SERIAL)

    def subscribe(self, data, user=None):
        """Handle a subscribe frame as `bus` does; return its channels.

        :param user: whose websocket it is; anonymous unless told
        """
        session = SimpleNamespace(uid=user and user.id)
        wsrequest = SimpleNamespace(session=session, ws=SimpleNamespace(session=session))
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
            self.env['ir.websocket'].with_user(user or self.public_user)._subscribe(data)
        return subscribed

    def boxes(self, channels):
        return [channel for channel in channels if getattr(channel, '_name', '') == 'iot.box']
