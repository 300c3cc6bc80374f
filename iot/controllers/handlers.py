"""The route by which a box takes its drivers from the database."""

from odoo.http import Controller, request, route

from ..const import MAX_FORM_BYTES
from ..tools.box_identifier import parse_box_identifier
from .form_dispatcher import FORM_ROUTE


class IotHandlersController(Controller):
    HANDLERS_URL = '/iot/get_handlers'

    @route(HANDLERS_URL, methods=['POST'], max_content_length=MAX_FORM_BYTES, **FORM_ROUTE)
    def get_handlers(self, identifier=None, mac=None, auto=None):
        """Hand out the drivers of this database (contract section 3.3).

        Boxes of before 19.0 name themselves by ``mac`` (contract section 15).

        :return: a zip; 304 to a box that has it; nothing to a box that shall keep what it has, and
            to strangers
        """
        handlers = request.env['iot.box']._get_handlers(
            parse_box_identifier(identifier or mac, 'identifier'),
            if_none_match=request.httprequest.headers.get('If-None-Match'),
            automatic=auto != 'False',
            source=request.httprequest.remote_addr,
        )
        if not handlers:
            return request.make_response(b'')
        etag, bundle = handlers
        response = request.make_response(
            bundle or b'', [('Content-Type', 'application/zip'), ('ETag', f'"{etag}"')]
        )
        response.status_code = 200 if bundle else 304
        return response
