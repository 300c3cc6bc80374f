"""Boxes that listen, and what was sent to them."""

import json
from datetime import timedelta

from ..tools.box_event import BoxEvent
from ..tools.webrtc import WebRtcAnswer
from .common import DEVICES, IotCommon

PRINTER_ID, SCALE_ID = DEVICES
SERIAL = '10000000abcd1234'
HOME = '192.168.1.20'
RECEIPT = DOCUMENT = 'aGVsbG8='


class IotRequestCommon(IotCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect(SERIAL, DEVICES)
        self.printer = self.device(PRINTER_ID)
        self.scale = self.device(SCALE_ID)
        self.open_websocket('first')

    def device(self, identifier):
        return self.box.device_ids.filtered(lambda device: device.identifier == identifier)

    def open_websocket(self, key):
        self.box._websocket_opened(key)
        self.env.flush_all()

    def close_websocket(self):
        self.box._websocket_closed(self.box.websocket_key)
        self.env.flush_all()

    def pass_time(self, **time):
        """Let time pass, and the job that looks after requests run."""
        self.clock.tick(timedelta(**time))
        self.env['iot.request']._cron_expire()
        self.env.flush_all()

    def sent(self, message_type='iot_action'):
        """Return the payloads of all messages to the box so far."""
        self.env.flush_all()
        return [
            json.loads(message)['payload']
            for channel, message in self.notifications(message_type)
            if json.loads(channel)[1:] == ['iot.box', self.box.id]
        ]

    def answer(self, request, source=HOME, **event):
        """Post an event as the box does, about this request unless told otherwise."""
        device = request.device_id
        params = {
            'session_id': request.uid,
            'iot_box_identifier': request.box_id.identifier,
            'device_identifier': (device or request.box_id).identifier,
            'status': 'success',
            'time': 1.0,
            **event,
        }
        boxes = self.env['iot.box'].with_user(self.public_user)
        boxes._receive_event(BoxEvent.parse(params), source=source)
        self.env.flush_all()

    def answer_offer(self, identifier, sdp, source=HOME):
        """Post the answer to an offer of a direct connection as the box does."""
        description = {'type': 'answer', 'sdp': sdp}
        answer = WebRtcAnswer.parse({'iot_box_identifier': identifier, 'answer': description})
        boxes = self.env['iot.box'].with_user(self.public_user)
        boxes._receive_webrtc_answer(answer, source=source)
        self.env.flush_all()
