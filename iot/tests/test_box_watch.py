from datetime import timedelta
from unittest.mock import patch

from .. import const
from .common import NOW, IotCommon

LOGGER = 'odoo.addons.iot.models.iot_box_watch'
SECOND = timedelta(seconds=1)


class TestBoxWatch(IotCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect()
        self.box.name = "Kitchen"
        self.box._websocket_opened('first')
        self.move_websocket(self.box)
        self.watch(NOW)

    def watch(self, now):
        """Look at all boxes at that time; return those that the screens are told of."""
        self.clock.move_to(now)
        self.env.invalidate_all()
        self.forget_notifications()
        self.env.cr.postcommit.clear()
        self.env['iot.box']._watch(now)
        self.env.cr.postcommit.run()
        return [payload for _channel, payload in self.notifications('iot.box/changed')]

    def test_while_nothing_happens_nothing_is_said_or_written(self):
        self.env.flush_all()
        before = self.snapshot()
        with self.assertNoLogs(LOGGER):
            self.assertFalse(self.watch(NOW + 30 * SECOND))
        self.assertEqual(self.snapshot(), before)

    def test_what_time_alone_changes_is_told_to_the_screens_once(self):
        lost = NOW + const.SERVER_LIFETIME
        [payload] = self.watch(lost)
        self.assertIn(f'[{self.box.id}]', payload)
        self.assertEqual(self.box.noted_status, 'offline')
        self.assertFalse(self.watch(lost + 60 * SECOND))
        self.clock.move_to(lost + 90 * SECOND)
        self.beat()
        self.assertTrue(self.watch(lost + 90 * SECOND))
        self.assertEqual(self.box.noted_status, 'online')

    def test_a_box_that_falls_silent_after_a_post_is_told_to_the_screens(self):
        self.box._websocket_closed('first')
        posted = NOW + timedelta(minutes=10)
        self.clock.move_to(posted)
        self.set_up(self.box.identifier, self.secret)
        self.assertTrue(self.watch(posted))
        self.assertEqual(self.box.noted_status, 'no_push')
        self.assertTrue(self.watch(posted + const.CONTACT_LIFETIME))
        self.assertEqual(self.box.noted_status, 'offline')

    def test_an_outage_is_logged_once_at_its_begin_and_once_at_its_end(self):
        self.box._websocket_closed('first')
        with self.assertLogs(LOGGER) as logs:
            for minute in range(2, 5):
                self.watch(NOW + timedelta(minutes=minute))
        self.assertEqual(len(logs.output), 1, logs.output)
        self.assertIn("Kitchen (10000000abcd1234) is lost since 2026-03-02 09:00:00", *logs.output)
        self.assertEqual(self.box.lost_at, NOW)

        back = NOW + timedelta(minutes=6)
        self.clock.move_to(back)
        self.box._websocket_opened('second')
        with self.assertLogs(LOGGER) as logs:
            self.watch(back)
            self.watch(back + 30 * SECOND)
        self.assertEqual(len(logs.output), 1, logs.output)
        self.assertIn("is back, it was lost since 2026-03-02 09:00:00", *logs.output)
        self.assertFalse(self.box.lost_at)

    def test_an_outage_that_is_not_committed_is_not_logged(self):
        self.box._websocket_closed('first')
        later = NOW + timedelta(minutes=2)
        self.clock.move_to(later)
        self.env.invalidate_all()
        with self.assertNoLogs(LOGGER):
            self.env['iot.box']._watch(later)
        self.env.cr.postcommit.clear()  # as if another transaction came first: it is tried again
        with self.assertLogs(LOGGER) as logs:
            self.box.lost_at = False
            self.watch(later)
        self.assertEqual(len(logs.output), 1, logs.output)

    def test_a_box_that_cannot_be_noted_as_back_keeps_no_other_from_it(self):
        other, _secret, _channel = self.connect('20000000abcd1234')
        boxes = self.box | other
        boxes.lost_at = NOW - timedelta(hours=1)
        boxes.websocket_opened_at = NOW
        self.move_websocket(other)
        note_back = type(other)._note_back

        def fail_for_one(box):
            if box == self.box:
                raise ValueError("no such date")
            return note_back(box)

        with (
            patch.object(type(other), '_note_back', fail_for_one),
            self.assertLogs('odoo.addons.iot.models.failures', 'ERROR'),
            self.assertLogs(LOGGER) as logs,
        ):
            self.watch(NOW)
        self.assertEqual(len(logs.output), 1, logs.output)
        self.assertTrue(self.box.lost_at)
        self.assertFalse(other.lost_at)

    def test_a_restart_is_no_outage(self):
        self.box._websocket_closed('first')
        with self.assertNoLogs(LOGGER):
            self.watch(NOW + const.RECONNECT_GRACE)
            self.box._websocket_opened('second')
            self.watch(NOW + const.RECONNECT_GRACE + SECOND)
        self.assertFalse(self.box.lost_at)

    def test_a_box_that_was_never_online_is_not_lost(self):
        self.connect('20000000abcd1234')
        with self.assertLogs(LOGGER) as logs:
            self.watch(NOW + timedelta(hours=1))
        self.assertEqual(len(logs.output), 1, logs.output)  # the other one
