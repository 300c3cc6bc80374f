"""Settings of keyboards and displays: told, confirmed, told again (contract sections 3.7, 7.5)."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .http_common import IotHttpCommon
from .request_common import SERIAL, IotRequestCommon

KEYBOARD_ID, DISPLAY_ID = 'usb_046d:c31c', 'HDMI-A-1'
KEYBOARD = {'name': "Logitech", 'type': 'keyboard', 'connection': 'direct', 'subtype': ""}
DISPLAY = {'name': "Display", 'type': 'display', 'connection': 'hdmi', 'subtype': ""}
ALL = {KEYBOARD_ID: KEYBOARD, DISPLAY_ID: DISPLAY}
URL = 'https://www.example.com/menu'


class DeviceSettingsCommon(IotRequestCommon):
    def setUp(self):
        super().setUp()
        self.announce(ALL)
        self.keyboard = self.device(KEYBOARD_ID).with_user(self.manager)
        self.display = self.device(DISPLAY_ID).with_user(self.manager)

    def announce(self, devices):
        self.set_up(SERIAL, self.secret, devices)

    def requests(self, device):
        return self.env['iot.request'].search([('device_id', '=', device.id)], order='id')

    def wire(self, *keys):
        return [tuple(payload.get(key) for key in keys) for payload in self.sent()]


class TestDeviceSettings(DeviceSettingsCommon):
    def test_a_layout_is_told_to_the_keyboard_and_confirmed_by_it(self):
        layout = self.env['iot.keyboard.layout'].create(
            {'name': "Belgian (ISO, alt.)", 'layout': 'be', 'variant': 'iso-alternate'}
        )
        self.keyboard.keyboard_layout_id = layout
        self.assertEqual(
            self.wire('device_identifier', 'action', 'layout', 'variant'),
            [(KEYBOARD_ID, 'update_layout', 'be', 'iso-alternate')],
        )
        self.assertEqual(self.keyboard.unconfirmed_settings, ['keyboard_layout_id'])
        self.answer(self.requests(self.keyboard))
        self.assertFalse(self.keyboard.unconfirmed_settings)
        self.keyboard.keyboard_layout_id = False
        self.assertEqual(self.wire('action', 'layout', 'variant')[1:], [('update_layout', '', '')])

    def test_a_keyboard_becomes_a_scanner_when_it_says_so(self):
        self.assertFalse(self.keyboard.is_scanner)
        self.keyboard.is_scanner = True
        self.assertEqual(self.wire('action', 'is_scanner'), [('update_is_scanner', True)])
        self.assertEqual(self.keyboard.type, 'keyboard')
        self.answer(self.requests(self.keyboard))
        self.assertEqual((self.keyboard.type, self.keyboard.is_scanner), ('scanner', True))
        self.announce({**ALL, KEYBOARD_ID: {**KEYBOARD, 'type': 'keyboard'}})
        self.assertFalse(self.keyboard.is_scanner)

    def test_a_display_shows_a_page_and_forgets_it(self):
        self.display.display_url = URL
        self.answer(self.requests(self.display))
        self.display.display_url = False
        self.assertEqual(self.wire('action', 'url'), [('update_url', URL), ('close', None)])
        self.assertEqual(self.display.unconfirmed_settings, ['display_url'])
        self.answer(self.requests(self.display)[-1])
        self.assertFalse(self.display.unconfirmed_settings)

    def test_a_refused_setting_stays_unconfirmed_with_the_words_of_the_box(self):
        self.display.display_url = URL
        self.answer(self.requests(self.display), status='error', result="no such screen")
        self.assertEqual(self.display.unconfirmed_settings, ['display_url'])
        self.assertEqual(self.display.settings_error, "no such screen")
        self.display.display_url = URL + '2'
        self.assertFalse(self.display.settings_error)
        self.answer(self.requests(self.display)[-1])
        self.assertFalse(self.display.unconfirmed_settings)

    def test_silence_confirms_nothing(self):
        self.display.display_url = URL
        self.clock.tick(timedelta(minutes=1))
        self.env['iot.request']._expire_overdue()
        self.assertEqual(self.requests(self.display).state, 'expired')
        self.assertEqual(self.display.unconfirmed_settings, ['display_url'])

    def test_only_the_answer_to_the_last_value_counts(self):
        self.display.display_url = URL
        self.display.display_url = URL + '2'
        first, second = self.requests(self.display)
        self.answer(first)
        self.assertEqual(self.display.unconfirmed_settings, ['display_url'])
        self.answer(second)
        self.assertFalse(self.display.unconfirmed_settings)

    def test_the_same_action_asked_for_otherwise_confirms_no_setting(self):
        self.close_websocket()
        self.display.display_url = URL
        self.open_websocket('second')
        setting = self.requests(self.display)
        other = self.display._send_action('update_url', url='https://other.example.com')
        self.answer(other.sudo())
        self.assertEqual(self.display.unconfirmed_settings, ['display_url'])
        self.answer(setting)
        self.assertFalse(self.display.unconfirmed_settings)

    def test_a_box_that_is_away_is_told_when_it_opens_its_websocket(self):
        self.close_websocket()
        self.display.display_url = URL
        self.assertEqual(self.wire('url'), [])
        self.assertFalse(self.requests(self.display))
        self.clock.tick(timedelta(days=3))
        self.open_websocket('second')
        self.assertEqual(self.wire('url'), [(URL,)])
        self.answer(self.requests(self.display))
        self.open_websocket('third')
        self.assertEqual(self.wire('url'), [(URL,)])

    def test_a_device_that_is_unplugged_is_told_when_it_is_back(self):
        self.announce({})
        self.display.display_url = URL
        self.keyboard.is_scanner = True
        self.assertEqual(self.wire('action'), [])
        self.announce(ALL)
        self.assertEqual(
            sorted(self.wire('device_identifier', 'action')),
            [(DISPLAY_ID, 'update_url'), (KEYBOARD_ID, 'update_is_scanner')],
        )
        self.assertEqual(self.keyboard.is_scanner, True)

    def test_another_device_of_the_same_identifier_is_told_nothing_of_the_former_one(self):
        printer = {**KEYBOARD, 'type': 'printer'}
        self.announce({})
        self.keyboard.is_scanner = True
        self.announce({KEYBOARD_ID: printer})  # comes back as another one
        self.assertEqual((self.keyboard.type, self.keyboard.connected), ('printer', True))
        self.assertFalse(self.keyboard.unconfirmed_settings)

        self.announce(ALL)
        self.close_websocket()
        self.keyboard.is_scanner = True
        self.announce({KEYBOARD_ID: printer})  # is another one all of a sudden
        self.assertEqual(self.keyboard.unconfirmed_settings, ['is_scanner'])
        self.open_websocket('second')
        self.assertTrue(self.box.is_online)
        self.assertFalse(self.keyboard.unconfirmed_settings)
        self.assertEqual(self.wire('action'), [])

    def test_what_a_device_cannot_be_is_refused_and_not_kept(self):
        for device, values in [
            (self.printer, {'display_url': URL}),
            (self.scale, {'is_scanner': True}),
            (self.keyboard, {'display_url': URL}),
            (self.display, {'is_scanner': True}),
            (self.display, {'display_url': 'file:///etc/passwd'}),
            (self.display, {'display_url': '--headless'}),
            (self.display, {'display_url': 'https://example.com/' + 'x' * 255}),
        ]:
            with self.subTest(type=device.type, **values):
                before = self.snapshot()
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    device.write(values)
                    self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.wire('action'), [])

    def test_administrators_of_the_company_only_set_devices(self):
        for user in (self.user, self.other_manager, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.display.with_user(user).write({'display_url': URL})
        self.assertEqual(self.wire('action'), [])


@tagged('post_install', '-at_install')
class TestDisplayUrlRoute(DeviceSettingsCommon, IotHttpCommon):
    def get(self, identifier):
        response = self.opener.get(f'{self.base_url()}/iot/box/{identifier}/display_url')
        self.assertEqual(response.headers['Content-Type'], 'application/json; charset=utf-8')
        self.assertNotIn('session_id', response.cookies)
        return response

    def test_a_box_gets_the_pages_of_its_displays_and_strangers_an_empty_object(self):
        self.display.display_url = URL
        self.assertEqual(self.get(SERIAL).json(), {})
        self.set_up(SERIAL, self.secret, ALL, source='127.0.0.1')
        self.assertEqual(self.get(SERIAL).json(), {DISPLAY_ID: URL})
        self.assertEqual(self.get('B8:27:EB:00:00:01').json(), {DISPLAY_ID: URL})
        self.assertEqual(self.get('unknown').json(), {})
        self.display.display_url = False
        self.assertEqual(self.get(SERIAL).json(), {})

    def test_the_answer_is_json_even_to_nonsense(self):
        for identifier in ('a%00b', "x'y", 'x' * 200, '%F0%9F%92%A9'):
            with self.subTest(identifier=identifier[:20]):
                response = self.get(identifier)
                self.assertEqual(response.status_code, 400)
                self.assertIn("The identifier must", response.json()['error'])
