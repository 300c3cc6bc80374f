"""Requests that waited for a box which was there all the time, and those that came after them."""

from odoo import fields

from .. import const
from .request_common import IotRequestCommon


class TestRequestOrder(IotRequestCommon):
    def silence(self):
        """Let the server process that holds the websocket say nothing for a minute."""
        self.move_websocket(self.box)
        self.clock.tick(const.SERVER_LIFETIME)
        self.env.invalidate_all()

    def test_what_waits_is_sent_when_nothing_but_signs_of_life_were_missing(self):
        self.silence()
        overdue = self.scale._send_action('read_once').sudo()
        self.clock.tick(overdue.lifetime)
        jobs = [self.printer._send_action('status').sudo() for _job in range(2)]
        weight = self.scale.with_user(self.user)._send_action('read_once').sudo()
        requests = weight.browse().union(*jobs, weight)
        self.assertEqual(requests.mapped('reason'), ['offline'] * 3)
        self.env['iot.box']._watch(fields.Datetime.now())
        self.assertFalse(self.sent())
        self.beat()
        self.env['iot.box']._watch(fields.Datetime.now())
        self.assertEqual(requests.mapped('state'), ['sent', 'queued', 'sent'])
        self.assertEqual(
            [payload['session_id'] for payload in self.sent()], [jobs[0].uid, weight.uid]
        )
        self.assertEqual(jobs[1].reason, 'busy')

    def test_a_job_does_not_overtake_one_that_waited_for_the_box(self):
        self.silence()
        older = self.printer._send_action('status').sudo()
        self.beat()
        younger = self.printer._send_action('status').sudo()
        self.assertRecordValues(
            older + younger,
            [{'state': 'sent', 'reason': False}, {'state': 'queued', 'reason': 'busy'}],
        )
        self.answer(older)
        self.assertEqual(younger.state, 'sent')
        self.assertEqual(
            [payload['session_id'] for payload in self.sent()], [older.uid, younger.uid]
        )

    def test_a_job_waits_for_none_whose_time_is_over(self):
        self.silence()
        older = self.printer._send_action('status').sudo()
        self.clock.tick(older.lifetime)
        self.beat()
        younger = self.printer._send_action('status').sudo()
        self.assertEqual((older + younger).mapped('state'), ['expired', 'sent'])
