"""What a box, or anybody beside it who has its secrets, sends does not make the server fail."""

from dataclasses import replace

from hypothesis import given

from odoo.tests import tagged

from .common import DEVICES
from .fuzz_http import FuzzHttpCommon
from .fuzz_routes import STRATEGIES
from .fuzz_strategies import fuzz
from .fuzz_valid import REQUEST_UID, SERIAL, TOKEN

EXAMPLES = 60
# No box has a say in these.
NOT_OF_BOXES = {'res_users', 'ir_config_parameter', 'ir_attachment', 'iot_certificate_root'}


@tagged('post_install', '-at_install')
class TestFuzzNeighbours(FuzzHttpCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect(SERIAL, DEVICES, source='127.0.0.1')
        self.box._websocket_opened('first')
        scale = self.box.device_ids.filtered(lambda device: device.type == 'scale')
        self.request = scale._send_action('read_once').sudo()
        self.env.flush_all()

    def test_whatever_a_box_sends_is_taken_or_refused(self):
        written = {}
        with self.allow_requests():
            for route, strategy in STRATEGIES.items():
                with self.subTest(route):
                    written[route] = self.try_route(strategy)
        # it was let in, indeed
        self.assertIn('iot_box', written['/iot/setup'])
        self.assertIn('iot_device', written['/iot/setup'])
        self.assertIn('iot_request', written['/iot/box/send_websocket'])
        self.assertIn('iot_log', written['/iot/log'])
        self.assertIn('iot_keyboard_layout', written['/iot/keyboard_layouts'])
        self.assertIn('iot_box', written['/iot/box/update_certificate_status'])

    def try_route(self, strategy):
        """Return the names of the tables where rows were written."""
        all_written = set()

        @fuzz(EXAMPLES)
        @given(strategy)
        def check(question):
            body = question.body.replace(TOKEN.encode(), self.secret.encode())
            body = body.replace(REQUEST_UID.encode(), self.request.uid.encode())
            _answer, written = self.ask_and_undo(replace(question, body=body))
            self.assertFalse(written & NOT_OF_BOXES)
            all_written.update(written)

        check()
        return all_written
