import json
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.tools import mute_logger

from ..exceptions import MalformedAction
from .request_common import DOCUMENT, PRINTER_ID, RECEIPT, SERIAL, IotRequestCommon


class TestIotRequest(IotRequestCommon):
    def test_an_action_is_sent_in_the_words_of_all_clients(self):
        request = self.printer._send_action('print_receipt', receipt=RECEIPT).sudo()
        self.assertEqual(
            self.sent(),
            [
                {
                    'iot_identifiers': [SERIAL],
                    'iot_identifier': SERIAL,
                    'iot_box_identifier': SERIAL,
                    'iotDevice': {
                        'iotIdentifiers': [SERIAL],
                        'identifiers': [{'identifier': PRINTER_ID}],
                    },
                    'device_identifiers': [PRINTER_ID],
                    'device_identifier': PRINTER_ID,
                    'session_id': request.uid,
                    'action_unique_id': request.uid,
                    'operation_id': request.uid,
                    'print_id': request.uid,
                    'action': 'print_receipt',
                    'receipt': RECEIPT,
                }
            ],
        )
        self.assertEqual(request.state, 'sent')
        self.assertGreaterEqual(len(request.uid), 32)  # 128 bits

    def test_an_action_that_makes_no_sense_leaves_no_trace(self):
        for action, arguments in [('print', {}), ('read_once', {}), ('', {'document': 'QQ=='})]:
            with self.assertRaises(MalformedAction):
                self.printer._send_action(action, **arguments)
        self.assertFalse(self.env['iot.request'].search([]))
        self.assertFalse(self.sent())

    def test_an_answer_ends_the_request_and_wipes_what_was_printed(self):
        request = self.printer._send_action('print_receipt', receipt=RECEIPT).sudo()
        self.assertIn(RECEIPT, request.payload)
        self.clock.tick(timedelta(seconds=2))
        self.answer(request, status='success')
        self.assertRecordValues(
            request,
            [
                {
                    'state': 'done',
                    'reason': False,
                    'payload': False,
                    'answered_at': request.sent_at + timedelta(seconds=2),
                }
            ],
        )

    def test_a_result_is_kept_as_it_is_zero_too(self):
        for result in (0, 1.25, "text", False, {'a': [1]}):
            request = self.scale._send_action('read_once').sudo()
            self.answer(request, result=result, status={'status': 'connected'})
            self.assertEqual(json.loads(request.result), result)
            self.assertEqual(request._describe_end()['result'], result)

    def test_a_failure_tells_why(self):
        for event, reason, message in [
            ({'status': 'error', 'message': 'ERROR_NO_PAPER'}, 'ERROR_NO_PAPER', False),
            ({'status': 'error', 'result': "no\nsuch URL"}, 'box_error', "such URL"),
            ({'status': 'disconnected'}, 'device_lost', False),
        ]:
            request = self.printer._send_action('status').sudo()
            self.answer(request, **event)
            self.assertRecordValues(
                request, [{'state': 'failed', 'reason': reason, 'message': message}]
            )

    def test_a_warning_ends_nothing_and_is_told_at_the_end(self):
        request = self.printer._send_action('status').sudo()
        self.answer(request, status='warning', message='WARNING_LOW_PAPER')
        self.assertEqual(request.state, 'sent')
        self.answer(request)
        self.assertRecordValues(request, [{'state': 'done', 'reason': 'WARNING_LOW_PAPER'}])

    def test_the_end_is_told_to_who_asked_and_once(self):
        request = self.scale.with_user(self.user)._send_action('read_once').sudo()
        self.answer(request, result=1.5, status={'status': 'connected'})
        self.answer(request, result=2.5, status={'status': 'connected'})
        [(channel, message)] = self.notifications('iot.request/ended')
        self.assertEqual(json.loads(channel)[1:], ['res.partner', self.user.partner_id.id])
        self.assertEqual(
            json.loads(message)['payload'],
            {
                'uid': request.uid,
                'state': 'done',
                'reason': False,
                'message': False,
                'result': 1.5,
            },
        )

    def test_events_of_another_box_device_or_request_change_nothing(self):
        request = self.printer._send_action('status').sudo()
        other, _secret, _channel = self.connect('20000000abcd1234')
        for event in (
            {'iot_box_identifier': other.identifier},
            {'device_identifier': self.scale.identifier},
            {'device_identifier': None},
            {'device_identifier': SERIAL},
            {'session_id': 'guess'},
            {'session_id': None},
            {'status': 'unheard of'},
        ):
            with self.subTest(event=event):
                self.answer(request, **event)
                self.assertRecordValues(request, [{'state': 'sent', 'reason': False}])
        self.assertFalse(self.notifications('iot.request/ended'))

    def test_an_event_that_names_two_requests_ends_the_likelier_one(self):
        older, newer = (self.scale._send_action('read_once').sudo() for _number in range(2))
        self.answer(older, owner=newer.uid)
        self.assertEqual((older.state, newer.state), ('done', 'sent'))

    def test_a_box_may_call_itself_by_its_mac_address(self):
        request = self.printer._send_action('status').sudo()
        self.answer(request, iot_box_identifier=self.box.mac.upper())
        self.assertEqual(request.state, 'done')

    def test_silence_ends_in_the_truth(self):
        request = self.scale._send_action('read_once').sudo()
        self.pass_time(seconds=29)
        self.assertEqual(request.state, 'sent')
        self.pass_time(seconds=1)
        self.assertRecordValues(
            request, [{'state': 'expired', 'reason': 'no_answer', 'payload': False}]
        )
        self.answer(request)
        self.assertEqual(request.state, 'expired')

    def test_a_lost_websocket_shortens_the_wait_for_an_answer(self):
        answered, lost = (self.printer._send_action('status').sudo(), None)
        self.close_websocket()
        self.answer(answered)
        self.assertEqual(answered.state, 'done')
        self.open_websocket('second')
        lost = self.printer._send_action('status').sudo()
        self.close_websocket()
        self.pass_time(seconds=15)
        self.assertRecordValues(lost, [{'state': 'expired', 'reason': 'box_lost'}])

    def test_a_websocket_that_nobody_saw_ending_shortens_it_too(self):
        """As after kill -9 of the server process that held it."""
        request = self.printer._send_action('status').sudo()
        self.open_websocket('second')
        self.pass_time(seconds=15)
        self.assertRecordValues(request, [{'state': 'expired', 'reason': 'box_lost'}])
        self.assertEqual(len(self.sent()), 1)

    def test_what_waits_for_the_box_is_sent_once_when_it_comes(self):
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.assertRecordValues(request, [{'state': 'queued', 'reason': 'offline'}])
        self.assertFalse(self.sent())
        self.clock.tick(timedelta(seconds=29))
        self.open_websocket('second')
        self.assertEqual(len(self.sent()), 1)
        self.assertRecordValues(request, [{'state': 'sent', 'reason': False}])
        self.close_websocket()
        self.open_websocket('third')
        self.assertEqual(len(self.sent()), 1)

    def test_what_was_sent_late_has_its_full_time_for_an_answer(self):
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.clock.tick(timedelta(seconds=29))
        self.open_websocket('second')
        self.pass_time(seconds=29)
        self.assertEqual(request.state, 'sent')

    def test_a_box_that_comes_back_too_late_executes_nothing(self):
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.clock.tick(timedelta(seconds=30))
        self.open_websocket('second')
        self.assertFalse(self.sent())
        self.assertRecordValues(request, [{'state': 'expired'}])

    def test_what_waited_for_a_box_in_vain_says_so(self):
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.pass_time(seconds=30)
        self.assertRecordValues(request, [{'state': 'expired', 'reason': 'offline'}])

    def test_jobs_of_a_printer_wait_for_each_other(self):
        first, second, third = (
            self.printer._send_action('print', document=DOCUMENT).sudo() for _job in range(3)
        )
        self.assertEqual([first.state, second.state, third.state], ['sent', 'queued', 'queued'])
        self.assertEqual(second.reason, 'busy')
        self.answer(first)
        self.assertEqual([second.state, third.state], ['sent', 'queued'])
        self.answer(second, status='error', message='ERROR_OFFLINE')
        self.assertEqual(third.state, 'sent')
        self.assertEqual(
            [payload['session_id'] for payload in self.sent()], [first.uid, second.uid, third.uid]
        )

    def test_other_devices_do_not_wait_for_a_printer(self):
        self.printer._send_action('status')
        requests = [self.scale._send_action('read_once').sudo() for _job in range(2)]
        self.assertEqual([request.state for request in requests], ['sent', 'sent'])

    def test_a_job_that_got_no_answer_lets_the_next_one_go(self):
        first = self.printer._send_action('status').sudo()
        self.clock.tick(timedelta(seconds=30))
        second = self.printer._send_action('status').sudo()
        self.pass_time(seconds=30)
        self.assertEqual([first.state, second.state], ['expired', 'sent'])

    def test_a_job_whose_turn_comes_too_late_is_not_printed(self):
        first = self.printer._send_action('status').sudo()
        second = self.printer._send_action('status').sudo()
        self.clock.tick(timedelta(seconds=60))
        self.answer(first)
        self.assertEqual(second.state, 'queued')
        self.pass_time(seconds=0)
        self.assertRecordValues(second, [{'state': 'expired', 'reason': 'expired_in_queue'}])
        self.assertEqual(len(self.sent()), 1)

    @mute_logger('odoo.sql_db')
    def test_the_database_itself_refuses_a_second_job_on_a_printer(self):
        self.printer._send_action('status')
        second = self.printer._send_action('status').sudo()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            second.state = 'sent'
            second.flush_recordset()

    def test_a_box_that_may_get_no_commands_gets_none(self):
        self.patch(self.registry['iot.box'], '_get_command_refusal', lambda box: 'foreign_database')
        request = self.scale._send_action('read_once').sudo()
        self.assertRecordValues(
            request, [{'state': 'failed', 'reason': 'foreign_database', 'payload': False}]
        )
        self.assertFalse(self.sent())
