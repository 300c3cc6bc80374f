from odoo.tests import BaseCase, tagged

from ..exceptions import MalformedPayload
from ..tools.box_event import BoxEvent, Outcome

DONE = Outcome('done')
BOX = {'iot_box_identifier': 'test_identifier'}
# as captured from a stock box (contract section 16)
ECHO = {
    'iot_identifiers': ['test_identifier'],
    'device_identifiers': ['/dev/ttyUSB0'],
    'session_id': 'sess-1',
    'action': 'read_once',
    'action_unique_id': 'uid-1',
}
ACTION = {
    'value': '',
    'result': None,
    'owner': 'sess-1',
    'device_identifier': '/dev/ttyUSB0',
    'time': 1795216919.9163995,
    'status': 'success',
    'action_args': ECHO,
    'session_id': 'sess-1',
    **BOX,
}
PRINTER = {
    'value': '',
    'result': '',
    'owner': 'sess-2',
    'status': 'success',
    'message': None,
    'device_identifier': 'usbEPSONTM-m30serial0',
    'time': 1795216922.9683912,
    'session_id': 'sess-2',
    **BOX,
}
MISSING = {'session_id': 's', 'device_identifier': 'nope', 'status': 'disconnected', **BOX}
CONNECTED = {'status': 'connected', 'message_title': '', 'message_body': ''}
WEIGHT = {
    'result': 1.25,
    'status': CONNECTED,
    'device_identifier': '/dev/ttyUSB0',
    'time': 1.0,
    **BOX,
}


@tagged('-at_install', 'post_install')
class TestBoxEvent(BaseCase):
    def test_outcomes_of_all_families(self):
        trace = "Traceback (most recent call last):\n  File x\nserial.SerialException: gone\n"
        broken = {**CONNECTED, 'status': 'error', 'message_body': trace}
        for event, outcome in [
            (ACTION, DONE),
            ({**ACTION, 'result': {'a': [1]}}, Outcome('done', result={'a': [1]})),
            ({**ACTION, 'result': 0}, Outcome('done', result=0)),
            (
                {**ACTION, 'status': 'error', 'result': 'division by zero'},
                Outcome('failed', 'box_error', 'division by zero'),
            ),
            (PRINTER, DONE),
            ({**PRINTER, 'result': 'pending'}, None),
            (
                {**PRINTER, 'status': 'error', 'message': 'ERROR_NO_PAPER'},
                Outcome('failed', 'ERROR_NO_PAPER'),
            ),
            ({**PRINTER, 'status': 'warning', 'message': 'WARNING_LOW_PAPER'}, None),
            (
                {**PRINTER, 'status': 'disconnected', 'message': 'Printer was disconnected'},
                Outcome('failed', 'device_lost'),
            ),
            (MISSING, Outcome('failed', 'unknown_device')),
            (WEIGHT, Outcome('done', result=1.25)),
            (
                {**WEIGHT, 'status': broken},
                Outcome('failed', 'box_error', 'serial.SerialException: gone'),
            ),
            ({**ACTION, 'status': 'duplicate'}, Outcome('done', 'duplicate')),
            ({**ACTION, 'status': 'of a later version'}, None),
            ({**ACTION, 'status': None}, None),
            ({**ACTION, 'status': ['success']}, None),
        ]:
            with self.subTest(event=event):
                self.assertEqual(BoxEvent.parse(event).outcome, outcome)

    def test_the_id_of_a_request_is_found_wherever_a_client_puts_it(self):
        for event, uids in [
            (ACTION, ('sess-1', 'uid-1', 'sess-1')),
            (PRINTER, ('sess-2', 'sess-2')),
            ({**WEIGHT, **ECHO, 'action_args': ECHO}, ('sess-1', 'uid-1')),
            ({'operation_id': 'o', 'iot_mac': 'b8:27:eb:00:00:01'}, ('o',)),
            ({'print_id': 'p', 'iot_mac': 'b8:27:eb:00:00:01'}, ('p',)),
            ({**ACTION, 'session_id': 'tab', 'owner': 'tab'}, ('tab', 'uid-1', 'tab')),
        ]:  # fmt: skip
            with self.subTest(event=event):
                self.assertEqual(BoxEvent.parse(event).uids, uids)

    def test_a_reading_during_an_action_is_not_its_answer(self):
        """The driver notes who asked before it reads what was asked for."""
        reading = {**WEIGHT, 'owner': 'sess-1', 'action_args': ECHO}
        self.assertEqual(BoxEvent.parse(reading).uids, ())

    def test_telemetry_names_no_request(self):
        for event in (
            WEIGHT,
            {
                **BOX,
                'value': '5449000000996',
                'result': '',
                'device_identifier': 'usb',
                'time': 1.0,
            },
            {**PRINTER, 'session_id': None, 'owner': None},
            {**PRINTER, 'session_id': 0, 'owner': 7},
            {**PRINTER, 'session_id': ['a'], 'owner': {'b': 1}},
            {**PRINTER, 'session_id': 'x' * 65, 'owner': 'é'},
            {**PRINTER, 'session_id': 'sess-2\0', 'owner': '\0'},  # PostgreSQL takes no such text
            {**ACTION, 'session_id': '', 'owner': '', 'action_args': 'text'},
        ):
            with self.subTest(event=event):
                self.assertEqual(BoxEvent.parse(event).uids, ())

    def test_the_answer_to_remote_debugging_has_neither_session_nor_device(self):
        answer = {'session_id': 0, 'device_identifier': None, 'status': 'success', **BOX}
        self.assertTrue(BoxEvent.parse(answer).is_debug)
        for difference in (
            {'session_id': None},
            {'session_id': False},
            {'session_id': '0'},
            {'device_identifier': 'd'},
        ):
            self.assertFalse(BoxEvent.parse({**answer, **difference}).is_debug, difference)

    def test_a_warning_of_a_printer_is_kept(self):
        warning = {**PRINTER, 'status': 'warning', 'message': 'WARNING_LOW_PAPER'}
        self.assertEqual(BoxEvent.parse(warning).warning, 'WARNING_LOW_PAPER')
        self.assertFalse(BoxEvent.parse({**warning, 'message': ['a']}).warning)
        self.assertFalse(BoxEvent.parse(PRINTER).warning)

    def test_what_is_too_big_is_dropped(self):
        event = BoxEvent.parse({**ACTION, 'result': 'x' * 70_000})
        self.assertEqual(event.outcome, DONE)
        event = BoxEvent.parse({**ACTION, 'status': 'error', 'result': 'x' * 70_000})
        self.assertEqual(len(event.outcome.message), 255)

    def test_ids_with_control_characters_are_of_nothing(self):
        for text in ('a\x00b', 'a\nb', '\u202ea', '\ud800'):
            event = BoxEvent.parse({**MISSING, 'session_id': text, 'device_identifier': text})
            self.assertEqual((event.uids, event.device), ((), None), text)

    def test_all_names_of_the_box_are_understood(self):
        for key in ('iot_box_identifier', 'identifier', 'iot_mac', 'mac'):
            self.assertEqual(BoxEvent.parse({key: 'b1'}).box, 'b1')

    def test_an_event_of_no_box_is_refused(self):
        for params in ({}, {'iot_box_identifier': None}, {'iot_box_identifier': ['b1']}):
            with self.subTest(params=params), self.assertRaises(MalformedPayload):
                BoxEvent.parse(params)

    def test_a_browser_has_to_tell_an_end(self):
        self.assertEqual(BoxEvent.parse_outcome({'status': 'success'}), DONE)
        for outcome in ({}, {'status': 'warning'}, {'status': 5}, None, [], 'success'):
            with self.subTest(outcome=outcome), self.assertRaises(MalformedPayload):
                BoxEvent.parse_outcome(outcome)
