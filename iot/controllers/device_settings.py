"""What the drivers of a box ask and tell about settings of devices."""

from odoo.http import Controller, request, route

from ..const import MAX_FORM_BYTES, MAX_KEYBOARD_LAYOUTS_BYTES
from ..exceptions import MalformedPayload
from ..tools.box_identifier import parse_box_identifier
from ..tools.keyboard_layouts import parse_keyboard_layouts
from .form_dispatcher import FORM_ROUTE


class IotDeviceSettingsController(Controller):
    LAYOUTS_URL = '/iot/keyboard_layouts'
    DISPLAY_URL = '/iot/box/<identifier>/display_url'

    @route(
        LAYOUTS_URL, methods=['POST'], max_content_length=MAX_KEYBOARD_LAYOUTS_BYTES, **FORM_ROUTE
    )
    def keyboard_layouts(self, available_layouts=None):
        """Learn the layouts that a box knows (contract section 3.8); strangers are answered alike.

        :return: nothing: boxes do not read it
        """
        request.env['iot.keyboard.layout']._learn(
            parse_keyboard_layouts(available_layouts), source=request.httprequest.remote_addr
        )
        return request.make_response('')

    @route(
        DISPLAY_URL, methods=['GET'], readonly=True, max_content_length=MAX_FORM_BYTES, **FORM_ROUTE
    )
    def display_url(self, identifier):
        """Tell the pages of the displays of a box (contract section 3.7).

        JSON even to who breaks the rules: a box takes any other text for the address of a page.
        """
        try:
            identifier = parse_box_identifier(identifier, 'The identifier')
        except MalformedPayload as error:
            return request.make_json_response({'error': error.message}, status=400)
        return request.make_json_response(
            request.env['iot.box']._get_display_urls(
                identifier, source=request.httprequest.remote_addr
            )
        )
