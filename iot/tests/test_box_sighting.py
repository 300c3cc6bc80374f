from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .common import NOW, IotCommon


class TestBoxSighting(IotCommon):
    def setUp(self):
        super().setUp()
        self.box, _secret, _channel = self.connect()
        self.changes_before = len(self.notifications('iot.box/changed'))

    def changes(self):
        """Return how many times the screens were told to look again."""
        return len(self.notifications('iot.box/changed')) - self.changes_before

    def seen(self):
        return (self.box.seen_status, self.box.seen_server, self.box.seen_at)

    def test_a_box_that_is_elsewhere_is_shown_so(self):
        box = self.box.with_user(self.manager)
        self.assertTrue(box.note_seen('elsewhere', 'https://other.example.com'))
        self.assertEqual(self.seen(), ('elsewhere', 'https://other.example.com', NOW))
        self.assertEqual(self.changes(), 1)

    def test_the_same_again_only_renews_the_time(self):
        self.box.note_seen('free')
        self.clock.tick(timedelta(minutes=1))
        self.box.note_seen('free')
        self.assertEqual(self.seen(), ('free', False, NOW + timedelta(minutes=1)))
        self.assertEqual(self.changes(), 1)

    def test_a_box_that_is_online_needs_no_witness(self):
        self.box._websocket_opened('key')
        self.assertFalse(self.box.note_seen('free'))
        self.assertEqual(self.seen(), (False, False, False))

    def test_it_is_forgotten_when_the_box_is_back(self):
        self.box.note_seen('elsewhere', 'https://other.example.com')
        self.box._websocket_opened('key')
        self.assertEqual(self.seen(), (False, False, False))

    def test_nonsense_is_refused(self):
        for status in ('', 'reconnect', None, False, 1):
            with self.assertRaises(UserError):
                self.box.note_seen(status)
        self.box.note_seen('elsewhere', 'x' * 10_000)
        self.assertEqual(len(self.box.seen_server), 255)
        self.box.note_seen('free', 'https://other.example.com')
        self.assertEqual(self.seen(), ('free', False, NOW))

    def test_an_address_is_shown_without_what_turns_or_breaks_a_text(self):
        self.box.note_seen('elsewhere', '\u202emoc.live\x00\x1b\n')
        self.assertEqual(self.box.seen_server, 'moc.live')

    def test_only_its_administrators_say_where_a_box_is(self):
        for user in (self.user, self.outsider, self.other_manager, self.public_user):
            with self.assertRaises(AccessError):
                self.box.with_user(user).note_seen('free')
        self.assertEqual(self.seen(), (False, False, False))
