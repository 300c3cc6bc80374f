from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import mute_logger

from .request_common import DOCUMENT, IotRequestCommon

UID = '7d444840-9dc0-41d1-b245-5ffdce74fad2'
NEXT_UID = '1b4e28ba-2fa1-41d2-883f-0016d3cca427'


class TestDirectRequest(IotRequestCommon):
    """Requests that a browser tries to bring to the box itself."""

    def setUp(self):
        super().setUp()
        self.requests = self.env['iot.request'].with_user(self.user)
        self.clock.tick(timedelta(minutes=1))  # the box is there for a while

    def try_directly(self, uid=UID):
        arguments = {'document': DOCUMENT}
        self.printer.with_user(self.user).request_action(
            'print', arguments, uid=uid, is_direct=True
        )
        return self.env['iot.request'].search([('uid', '=', uid)])

    def test_the_server_sends_nothing_by_itself(self):
        request = self.try_directly()
        self.assertEqual(request.state, 'direct')
        self.assertFalse(self.sent())
        self.pass_time(seconds=60)
        self.assertRecordValues(request, [{'state': 'expired', 'reason': 'no_answer'}])
        self.assertFalse(self.sent())

    def test_the_event_that_the_box_tells_the_server_too_ends_it(self):
        request = self.try_directly()
        self.answer(request, session_id='browser', action_args={'action_unique_id': UID})
        self.assertEqual(request.state, 'done')

    def test_what_the_browser_heard_ends_it(self):
        request = self.try_directly()
        with self.assertRaisesRegex(UserError, "cannot be asked for this"):
            self.requests.finish_direct(UID, {'status': 'warning'})
        self.assertEqual(request.state, 'direct')
        described = self.requests.finish_direct(
            UID, {'status': 'error', 'message': 'ERROR_OFFLINE'}
        )
        self.assertEqual((described['state'], described['reason']), ('failed', 'ERROR_OFFLINE'))
        described = self.requests.finish_direct(UID, {'status': 'success'})
        self.assertEqual(described['state'], 'failed')

    def test_what_did_not_reach_the_box_is_sent_by_the_server_once(self):
        self.try_directly()
        self.assertEqual(self.requests.take_over_direct(UID)['state'], 'sent')
        self.assertEqual(self.requests.take_over_direct(UID)['state'], 'sent')
        [payload] = self.sent()
        self.assertEqual((payload['session_id'], payload['action_unique_id']), (UID, UID))
        self.assertEqual(payload['document'], DOCUMENT)

    def test_what_did_not_reach_the_box_may_wait_for_it(self):
        request = self.try_directly()
        self.close_websocket()
        self.assertEqual(self.requests.take_over_direct(UID)['state'], 'queued')
        self.open_websocket('second')
        self.assertEqual(request.state, 'sent')

    def test_what_may_have_reached_the_box_is_repeated_to_the_same_run_of_it(self):
        self.try_directly()
        self.assertEqual(self.requests.take_over_direct(UID, True)['state'], 'sent')
        self.assertEqual(len(self.sent()), 1)

    def test_what_may_have_reached_the_box_waits_for_no_box(self):
        request = self.try_directly()
        self.close_websocket()
        self.assertEqual(self.requests.take_over_direct(UID, True)['reason'], 'uncertain')
        self.open_websocket('second')
        self.assertRecordValues(request, [{'state': 'expired', 'reason': 'uncertain'}])
        self.assertFalse(self.sent())

    def test_what_may_have_reached_the_box_is_not_repeated_after_its_restart(self):
        self.try_directly()
        self.close_websocket()
        self.open_websocket('second')
        described = self.requests.take_over_direct(UID, True)
        self.assertEqual((described['state'], described['reason']), ('expired', 'uncertain'))
        self.assertFalse(self.sent())

    def test_a_box_that_just_came_may_have_printed_before_it_restarted(self):
        self.open_websocket('second')
        self.clock.tick(timedelta(seconds=14))
        self.try_directly()
        described = self.requests.take_over_direct(UID, True)
        self.assertEqual((described['state'], described['reason']), ('expired', 'uncertain'))
        self.assertFalse(self.sent())

    def test_its_turn_at_the_printer_may_come_after_a_restart(self):
        former = self.printer._send_action('status').sudo()
        request = self.try_directly()
        self.assertEqual(self.requests.take_over_direct(UID, True)['reason'], 'busy')
        self.open_websocket('second')
        self.answer(former)
        self.assertRecordValues(request, [{'state': 'expired', 'reason': 'uncertain'}])
        self.assertEqual(len(self.sent()), 1)

    def test_a_printer_that_a_browser_uses_is_busy(self):
        request = self.try_directly()
        job = self.printer._send_action('status').sudo()
        self.assertRecordValues(job, [{'state': 'queued', 'reason': 'busy'}])
        self.answer(request)
        self.assertEqual(job.state, 'sent')

    def test_a_second_browser_waits_for_its_turn_at_the_printer(self):
        first = self.try_directly()
        second = self.try_directly(NEXT_UID)
        self.assertRecordValues(
            first + second,
            [{'state': 'direct', 'reason': False}, {'state': 'queued', 'reason': 'busy'}],
        )
        described = self.requests.take_over_direct(NEXT_UID)
        self.assertEqual((described['state'], described['reason']), ('queued', 'busy'))
        self.close_websocket()
        self.open_websocket('second')  # nothing of it has reached the box
        self.answer(first)
        self.assertEqual((first + second).mapped('state'), ['done', 'sent'])
        [payload] = self.sent()
        self.assertEqual(payload['session_id'], NEXT_UID)
        self.answer(second)
        self.assertEqual(second.state, 'done')

    def test_a_browser_waits_for_what_came_before_and_waits_itself(self):
        sent, waiting = (self.printer._send_action('status').sudo() for _job in range(2))
        request = self.try_directly()
        self.requests.take_over_direct(UID)
        for job in (sent, waiting):
            self.assertRecordValues(request, [{'state': 'queued', 'reason': 'busy'}])
            self.answer(job)
        self.assertEqual(request.state, 'sent')

    def test_a_browser_waits_for_nothing_that_waits_for_the_box(self):
        self.close_websocket()
        waiting = self.printer._send_action('status').sudo()
        request = self.try_directly()
        self.assertEqual(request.state, 'direct')
        self.open_websocket('second')
        self.assertRecordValues(waiting, [{'state': 'queued', 'reason': 'busy'}])
        self.assertEqual(self.requests.take_over_direct(UID)['state'], 'sent')
        self.answer(request)
        self.assertEqual((request + waiting).mapped('state'), ['done', 'sent'])
        self.assertEqual([payload['session_id'] for payload in self.sent()], [UID, waiting.uid])

    def test_a_browser_that_did_not_wait_for_its_turn_has_its_job_done_once(self):
        """The server has answered so late that it has asked the box already."""
        first = self.try_directly()
        second = self.try_directly(NEXT_UID)
        self.assertTrue(second.is_tied)
        self.close_websocket()
        self.open_websocket('second')
        self.answer(first)
        self.assertRecordValues(second, [{'state': 'expired', 'reason': 'uncertain'}])
        self.assertFalse(self.sent())

    def test_what_such_a_browser_heard_from_the_box_ends_its_job(self):
        first = self.try_directly()
        self.try_directly(NEXT_UID)
        described = self.requests.finish_direct(NEXT_UID, {'status': 'success'})
        self.assertEqual(described['state'], 'done')
        self.answer(first)
        self.assertFalse(self.sent())

    @mute_logger('odoo.sql_db')
    def test_the_database_itself_refuses_two_browsers_at_one_printer(self):
        """Neither has seen the other: Odoo tries the later one again."""
        self.try_directly()
        model = self.registry['iot.request']
        blind = patch.object(model, '_find_former', lambda requests, *_of: requests.browse())
        with blind, self.assertRaises(ConcurrencyError), self.env.cr.savepoint():
            self.try_directly(NEXT_UID)
        self.assertEqual(self.try_directly(NEXT_UID).state, 'queued')

    def test_what_waits_for_the_box_and_is_given_up_never_happens(self):
        request = self.try_directly()
        self.close_websocket()
        self.requests.take_over_direct(UID)
        described = self.requests.give_up(UID)
        self.assertEqual((described['state'], described['reason']), ('expired', 'offline'))
        self.open_websocket('second')
        self.assertRecordValues(request, [{'state': 'expired', 'reason': 'offline'}])
        self.assertFalse(self.sent())

    def test_what_the_box_may_have_is_not_given_up(self):
        request = self.try_directly()
        self.assertEqual(self.requests.give_up(UID)['state'], 'direct')
        self.requests.take_over_direct(UID)
        self.assertEqual(self.requests.give_up(UID)['state'], 'sent')
        self.answer(request)
        self.assertEqual(self.requests.give_up(UID)['state'], 'done')

    def test_nobody_else_takes_over_or_finishes(self):
        request = self.try_directly()
        others = self.env['iot.request'].with_user(self.manager)
        for uid in (UID, 'unknown', None, [UID]):
            with self.assertRaisesRegex(UserError, "no such request"):
                others.take_over_direct(uid)
            with self.assertRaisesRegex(UserError, "no such request"):
                others.give_up(uid)
            with self.assertRaisesRegex(UserError, "no such request"):
                others.finish_direct(uid, {'status': 'success'})
        self.assertEqual(request.state, 'direct')
