"""The routes on which a box tells what happens (contract sections 3.5 and 3.6)."""

from odoo.http import Controller, request, route

from ..const import MAX_EVENT_BYTES
from ..tools.box_event import BoxEvent
from ..tools.webrtc import WebRtcAnswer
from .box_dispatcher import BOX_ROUTE


class IotBoxEventController(Controller):
    EVENT_URL = '/iot/box/send_websocket'
    OLDER_EVENT_URL = '/iot/device/status'
    OLDEST_EVENT_URL = '/iot/printer/status'
    WEBRTC_URL = '/iot/box/webrtc_answer'

    @route([EVENT_URL, OLDER_EVENT_URL], max_content_length=MAX_EVENT_BYTES, **BOX_ROUTE)
    def send_websocket(self, **params):
        """Take in an event; whoever posts it does not learn what came of it."""
        event = BoxEvent.parse(params)
        request.env['iot.box']._receive_event(event, source=request.httprequest.remote_addr)
        return True

    @route(OLDEST_EVENT_URL, max_content_length=MAX_EVENT_BYTES, **BOX_ROUTE)
    def printer_status(self, **params):
        """Take in that a document was printed: the oldest boxes tell of nothing else."""
        return self.send_websocket(**{**params, 'status': 'success'})

    @route(WEBRTC_URL, max_content_length=MAX_EVENT_BYTES, **BOX_ROUTE)
    def webrtc_answer(self, **params):
        """Take in the answer to the one offer that was relayed to the box."""
        answer = WebRtcAnswer.parse(params)
        source = request.httprequest.remote_addr
        request.env['iot.box']._receive_webrtc_answer(answer, source=source)
        return True
