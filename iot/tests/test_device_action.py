from odoo.tests import BaseCase, tagged

from ..const import MAX_DOCUMENT_LENGTH, PRINT_LIFETIME, REQUEST_LIFETIME
from ..exceptions import MalformedAction
from ..tools.device_action import DeviceAction

RECEIPT = 'aGVsbG8='


@tagged('-at_install', 'post_install')
class TestDeviceAction(BaseCase):
    def test_each_device_type_does_what_the_stock_drivers_know(self):
        for device_type, name, arguments in [
            ('printer', 'print_receipt', {'receipt': RECEIPT}),
            ('printer', 'cashbox', {}),
            ('printer', 'status', {}),
            ('scale', 'read_once', {}),
            ('scale', 'start_reading', {}),
            ('scale', 'stop_reading', {}),
            ('display', 'update_url', {'url': 'https://a.example/b'}),
            ('display', 'display_refresh', {}),
            ('display', 'open', {'pos_id': 1, 'access_token': 't'}),
            ('display', 'open_kiosk', {'pos_id': 1, 'access_token': 't'}),
            ('display', 'close', {}),
            ('display', 'set', {'data': {'total': "1 €"}}),
            ('keyboard', 'update_is_scanner', {'is_scanner': True}),
            ('scanner', 'update_layout', {'layout': 'be', 'variant': ''}),
            ('scanner', 'update_layout', {'layout': 'be'}),
        ]:  # fmt: skip
            with self.subTest(device_type=device_type, name=name):
                action = DeviceAction.parse(device_type, name, arguments)
                self.assertEqual(action.wire(), {**arguments, 'action': name})

    def test_a_document_is_printed_without_the_name_of_an_action(self):
        """A box drops an empty name (contract section 3.5); without any it prints."""
        action = DeviceAction.parse('printer', 'print', {'document': RECEIPT})
        self.assertEqual(action.wire(), {'document': RECEIPT})

    def test_an_orientation_may_be_in_any_case(self):
        action = DeviceAction.parse('display', 'rotate_screen', {'orientation': 'left'})
        self.assertEqual(action.wire()['orientation'], 'LEFT')

    def test_prints_have_more_time_and_occupy_their_device(self):
        for device_type, name, is_print, lifetime in [
            ('printer', 'cashbox', True, PRINT_LIFETIME),
            ('scale', 'read_once', False, REQUEST_LIFETIME),
        ]:
            action = DeviceAction.parse(device_type, name, {})
            self.assertEqual((action.is_print, action.lifetime), (is_print, lifetime))

    def test_what_lasts_is_a_setting(self):
        for device_type, name, arguments, is_setting in [
            ('display', 'update_url', {'url': 'https://a.example'}, True),
            ('display', 'rotate_screen', {'orientation': 'LEFT'}, True),
            ('keyboard', 'update_is_scanner', {'is_scanner': True}, True),
            ('scanner', 'update_layout', {'layout': 'be'}, True),
            ('display', 'display_refresh', {}, False),
            ('printer', 'status', {}, False),
        ]:
            action = DeviceAction.parse(device_type, name, arguments)
            self.assertEqual(action.is_setting, is_setting, name)

    def test_anything_else_is_refused_in_words(self):
        for device_type, name, arguments, words in [
            ('scale', 'print', {}, "no such action; known: read_once"),
            ('payment', 'pay', {}, "known: none"),
            ('printer', '', {'document': RECEIPT}, "no such action"),
            ('printer', None, {}, "no such action"),
            ('printer', ['print'], {}, "no such action"),
            ('printer', 'cashbox', [], "must be an object"),
            ('printer', 'cashbox', None, "must be an object"),
            ('printer', 'cashbox', {'iot_identifiers': ['b2']}, "takes no iot_identifiers"),
            ('printer', 'cashbox', {'\ud800': 1}, r"takes no \\ud800"),  # it could not be logged
            ('printer', 'print', {}, "needs document"),
            ('printer', 'print', {'document': ''}, "document must be a base64"),
            ('printer', 'print', {'document': 'é'}, "document must be a base64"),
            ('printer', 'print', {'document': b'aGVsbG8='}, "document must be a base64"),
            ('printer', 'print', {'document': 'A' * (MAX_DOCUMENT_LENGTH + 4)}, "1 to 10485760"),
            ('display', 'update_url', {'url': 'javascript:alert(1)'}, "starts with http"),
            ('display', 'update_url', {'url': 'http://a.example/\n--no-sandbox'}, "printable"),
            ('display', 'open', {'pos_id': True, 'access_token': 't'}, "positive whole number"),
            ('display', 'open', {'pos_id': '1', 'access_token': 't'}, "positive whole number"),
            ('display', 'open', {'pos_id': 1}, "needs access_token"),
            ('display', 'set', {'data': "text"}, "an object"),
            ('display', 'set', {'data': {'text': "x" * 70_000}}, "at most 65536"),
            ('display', 'set', {'data': {'number': float('nan')}}, "an object"),
            ('display', 'rotate_screen', {'orientation': 'UP'}, "one of INVERTED, LEFT"),
            ('keyboard', 'update_is_scanner', {'is_scanner': 1}, "true or false"),
            ('keyboard', 'update_layout', {'layout': 'be\0'}, "printable"),
        ]:
            with (
                self.subTest(device_type=device_type, name=name, words=words),
                self.assertRaisesRegex(MalformedAction, words),
            ):
                DeviceAction.parse(device_type, name, arguments)
