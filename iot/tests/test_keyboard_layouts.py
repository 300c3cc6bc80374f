"""``POST /iot/keyboard_layouts`` (contract section 3.8)."""

import json
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged

from .. import const
from ..controllers.device_settings import IotDeviceSettingsController
from ..exceptions import MalformedPayload
from ..tools.keyboard_layouts import KeyboardLayout, parse_keyboard_layouts
from .common import IotCommon
from .http_common import IotHttpCommon

BELGIAN = {'name': "Belgian", 'layout': 'be'}
ISO = {'name': "Belgian (ISO, alt.)", 'layout': 'be', 'variant': 'iso-alternate'}
HOME = '192.168.1.20'


@tagged('at_install')
class TestKeyboardLayoutsPayload(BaseCase):
    def test_layouts_are_read_as_the_client_writes_them(self):
        self.assertEqual(
            parse_keyboard_layouts(json.dumps([BELGIAN, ISO])),
            [
                KeyboardLayout("Belgian", 'be', ''),
                KeyboardLayout("Belgian (ISO, alt.)", 'be', 'iso-alternate'),
            ],
        )

    def test_names_are_cleaned_shortened_or_made_and_repetitions_dropped(self):
        told = [
            {'name': " A\n\x1b[1m\u202eB ", 'layout': 'aa'},
            {'name': "x" * 300, 'layout': 'bb'},
            {'name': None, 'layout': 'cc', 'variant': 'dvorak'},
            {'name': "Again", 'layout': 'aa', 'variant': None},
        ]
        names = [layout.name for layout in parse_keyboard_layouts(json.dumps(told))]
        self.assertEqual(names, ["A [1m B", "x" * 255, "cc dvorak"])

    def test_what_is_no_list_of_layouts_is_refused_in_words(self):
        for text in (
            None,
            '',
            '{',
            'null',
            '{}',
            '[1]',
            '[' * 100_000,
            '[{}]',
            '[{"layout": 1}]',
            '[{"layout": ""}]',
            '[{"layout": "a b"}]',
            '[{"layout": "be(x)"}]',
            '[{"layout": "%s"}]' % ('x' * 65),
            '[{"layout": "be", "variant": ["x"]}]',
            json.dumps([BELGIAN] * (const.MAX_KEYBOARD_LAYOUTS + 1)),
        ):
            with self.subTest(text=str(text)[:40]), self.assertRaises(MalformedPayload):
                parse_keyboard_layouts(text)


class TestKeyboardLayouts(IotCommon):
    def setUp(self):
        super().setUp()
        self.connect()

    def learn(self, *layouts, source=HOME):
        layouts = parse_keyboard_layouts(json.dumps(layouts))
        self.env['iot.keyboard.layout'].with_user(self.public_user)._learn(layouts, source=source)
        self.env.flush_all()
        found = self.env['iot.keyboard.layout'].search([], order='layout, variant desc')
        return [(layout.name, layout.layout, layout.variant) for layout in found]

    def test_layouts_are_learned_once_and_follow_their_names(self):
        expected = [("Belgian", 'be', False), ("Belgian (ISO, alt.)", 'be', 'iso-alternate')]
        self.assertEqual(self.learn(BELGIAN, ISO), expected)
        self.assertEqual(self.learn(ISO, BELGIAN), expected)
        expected[0] = ("Belgium", 'be', False)
        self.assertEqual(self.learn({**BELGIAN, 'name': "Belgium"}), expected)

    def test_known_layouts_cost_no_write(self):
        many = [{'name': f"Layout {number}", 'layout': f'l{number}'} for number in range(600)]
        self.learn(*many)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        layouts = parse_keyboard_layouts(json.dumps(many))
        self.env['iot.keyboard.layout'].with_user(self.public_user)._learn(layouts, source=HOME)
        self.env.flush_all()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 2)

    def test_layouts_from_where_no_box_was_set_up_are_not_learned(self):
        self.assertEqual(self.learn(BELGIAN, source='192.168.1.66'), [])

    def test_there_is_an_end_to_what_is_learned(self):
        with patch.object(const, 'MAX_KEYBOARD_LAYOUTS', 3):
            for number in range(3):
                self.learn({'layout': f'l{number}'}, {'layout': f'm{number}'})
            self.assertEqual(self.env['iot.keyboard.layout'].search_count([]), 3)

    def test_users_see_layouts_and_nobody_writes_them_by_hand(self):
        self.learn(BELGIAN)
        layouts = self.env['iot.keyboard.layout']
        self.assertEqual(layouts.with_user(self.user).search([]).name, "Belgian")
        with self.assertRaises(AccessError):
            layouts.with_user(self.outsider).search([])
        layout = layouts.search([]).with_user(self.manager)
        for operation in (
            lambda: layout.write({'name': "X"}),
            lambda: layout.create({'name': "X", 'layout': 'x'}),
            layout.unlink,
        ):
            with self.assertRaises(AccessError):
                operation()


@tagged('post_install', '-at_install')
class TestKeyboardLayoutsRoute(IotHttpCommon):
    def post_layouts(self, text):
        url = self.base_url() + IotDeviceSettingsController.LAYOUTS_URL
        response = self.opener.post(url, data={'available_layouts': text})
        self.assertNotIn('Traceback', response.text)
        return response

    def test_layouts_come_as_a_form_of_many_kilobytes(self):
        _box, secret, _channel = self.connect()
        many = [
            {'name': f"Layout {number}, with variant", 'layout': 'be', 'variant': f'v{number}'}
            for number in range(700)
        ]
        stranger = self.post_layouts(json.dumps(many))
        self.assertFalse(self.env['iot.keyboard.layout'].search_count([]))
        self.set_up('10000000abcd1234', secret, source='127.0.0.1')
        response = self.post_layouts(json.dumps(many))
        self.assertEqual(self.env['iot.keyboard.layout'].search_count([]), 700)
        for answer in (stranger, response):
            self.assertEqual((answer.status_code, answer.text), (200, ''))

    def test_nonsense_and_floods_are_refused_in_words(self):
        response = self.post_layouts('nonsense')
        self.assertEqual(response.status_code, 400)
        self.assertIn("available_layouts must be JSON", response.text)
        self.assertEqual(self.post_layouts('x' * const.MAX_KEYBOARD_LAYOUTS_BYTES).status_code, 413)
