from datetime import timedelta

from odoo.tests import BaseCase

from .. import const
from ..tools.box_status import Signs
from .common import NOW

LONG_AGO = NOW - timedelta(hours=5)
SECOND = timedelta(seconds=1)


def ago(duration):
    return NOW - duration


SERVED = {'opened_at': LONG_AGO, 'is_served': True, 'online_since': LONG_AGO}
FRESH = ago(const.SERVER_LIFETIME - SECOND)
STALE = ago(const.SERVER_LIFETIME)


class TestBoxStatus(BaseCase):
    def assertStatus(self, signs, status, since, is_online=False):
        self.assertEqual(signs.status(NOW), (status, since))
        self.assertEqual(signs.is_online(NOW), is_online)

    def test_a_websocket_in_a_living_process_is_online(self):
        self.assertStatus(Signs(**SERVED, served_at=FRESH), 'online', LONG_AGO, is_online=True)

    def test_a_websocket_in_a_silent_process_is_offline_since_its_last_word(self):
        self.assertStatus(Signs(**SERVED, served_at=STALE), 'offline', STALE)

    def test_a_websocket_in_a_process_that_said_farewell_is_offline_at_once(self):
        signs = Signs(**{**SERVED, 'is_served': False}, served_at=FRESH)
        self.assertStatus(signs, 'offline', FRESH)

    def test_a_websocket_in_an_unknown_process_is_offline(self):
        self.assertStatus(Signs(opened_at=LONG_AGO, is_served=True), 'offline', LONG_AGO)

    def test_a_box_without_websocket_is_reachable_for_a_while_after_a_post(self):
        fresh, old = ago(const.CONTACT_LIFETIME - SECOND), ago(const.CONTACT_LIFETIME)
        self.assertStatus(Signs(contact_at=fresh), 'no_push', fresh)
        self.assertStatus(Signs(contact_at=fresh, closed_at=LONG_AGO), 'no_push', fresh)
        self.assertStatus(Signs(contact_at=old), 'offline', old)

    def test_a_post_before_the_end_of_the_websocket_proves_nothing(self):
        for end in ({'closed_at': ago(SECOND)}, {**SERVED, 'served_at': STALE}):
            signs = Signs(**end, contact_at=STALE - SECOND)
            self.assertStatus(signs, 'offline', signs.websocket_at)

    def test_a_post_just_before_the_server_was_killed_is_no_contact_after_it(self):
        """A box posts its devices when its websocket is open already."""
        killed = ago(2 * const.SERVER_LIFETIME)
        for delay, status in (
            (const.SERVER_LIFETIME, 'offline'),
            (const.SERVER_LIFETIME + SECOND, 'no_push'),
        ):
            signs = Signs(**SERVED, served_at=killed, contact_at=killed + delay)
            self.assertStatus(signs, status, killed + delay)

    def test_a_websocket_that_is_renewed_counts_until_its_successor_is_overdue(self):
        for age, status in (
            (const.RENEWAL_LIFETIME - SECOND, 'online'),
            (const.RENEWAL_LIFETIME, 'offline'),
        ):
            signs = Signs(closed_at=ago(age), is_renewing=True, online_since=LONG_AGO)
            self.assertEqual(signs.status(NOW)[0], status)
            self.assertFalse(signs.is_online(NOW))

    def test_a_box_that_was_never_there_is_offline_since_no_time(self):
        self.assertStatus(Signs(), 'offline', None)
        self.assertFalse(Signs().is_lost(NOW))

    def test_a_short_absence_is_no_end_of_being_online(self):
        for gap, since in (
            (const.RECONNECT_GRACE, LONG_AGO),
            (const.RECONNECT_GRACE + SECOND, NOW),
        ):
            signs = Signs(closed_at=ago(gap), online_since=LONG_AGO)
            self.assertEqual(signs.online_since_if_opened(NOW), since)
        self.assertEqual(Signs().online_since_if_opened(NOW), NOW)
