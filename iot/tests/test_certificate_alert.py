from datetime import timedelta

from .. import const
from .alert_common import HOME, AlertCommon
from .common import NOW

END = NOW + timedelta(days=30)
SOON = END - const.CERTIFICATE_ALERT
HOUR = timedelta(hours=1)


class TestCertificateAlert(AlertCommon):
    """Who is told that the certificate of a box ends soon."""

    def setUp(self):
        super().setUp()
        self.move_websocket(self.box)
        self.tell(END)

    def watch(self, now, *, is_online=True):
        """Look at all boxes; return whom an email tells, and the notifications."""
        emails, told = super().watch(now, is_online=is_online)
        return sorted(to for email in emails for to in email['smtp_to_list']), told

    def test_the_responsible_is_told_once_and_again_of_the_next_certificate(self):
        self.assertEqual(self.watch(SOON - HOUR), ([], []))
        people, [(channel, payload)] = self.watch(SOON)
        self.assertEqual(people, ['kim@example.com'])
        self.assertIn("HTTPS certificate of IoT box Kitchen ends soon", self.emails[0]['message'])
        self.assertIn("Kitchen, on 04/01/2026", payload)
        self.assertIn(f'"res.partner",{self.keeper.partner_id.id}', channel)
        self.assertEqual(self.box.certificate_alerted_at, SOON)
        self.assertEqual(self.watch(SOON + HOUR), ([], []))
        self.tell(END)  # the box says the same at each start
        self.assertEqual(self.watch(SOON + 2 * HOUR), ([], []))

        renewed = END + timedelta(days=60)
        self.tell(renewed)
        self.assertEqual(self.watch(SOON + 3 * HOUR), ([], []))
        people, _told = self.watch(renewed - const.CERTIFICATE_ALERT)
        self.assertEqual(people, ['kim@example.com'])

    def test_whatever_is_told_in_the_name_of_a_box_people_are_told_once_a_day(self):
        times = 0
        for minute in range(0, 2 * 24 * 60, 90):
            now = SOON + timedelta(minutes=minute)
            for days in (30, 7):
                self.clock.move_to(now)
                self.tell(now + timedelta(days=days))
                people, _told = self.watch(now)
                times += len(people)
        self.assertEqual(times, 2)

    def test_without_responsible_the_administrators_of_the_company_are_told(self):
        self.box.responsible_id = False
        self.manager.email = 'manager@example.com'
        self.other_manager.email = 'other@example.com'
        people, _told = self.watch(SOON)
        self.assertIn('manager@example.com', people)
        self.assertNotIn('other@example.com', people)
        self.assertNotIn('kim@example.com', people)

    def test_who_cannot_be_told_keeps_nobody_else_from_it(self):
        other, _secret, _channel = self.connect('20000000abcd1234', source=HOME)
        self.move_websocket(other)
        other.write(
            {
                'certificate_end_date': END,
                'responsible_id': self.manager.id,
                'websocket_opened_at': NOW,
            }
        )
        self.manager.email = 'manager@example.com'
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iot_box SET certificate_end_date = '0001-01-01' WHERE id = %s", [self.box.id]
        )
        self.keeper.tz = 'America/Lima'
        with self.assertLogs('odoo.addons.iot.models.failures', 'ERROR') as logs:
            people, _told = self.watch(SOON)
        self.assertEqual(people, ['manager@example.com'])
        self.assertIn("User keeper was not told of certificates", logs.output[0])

    def test_nobody_is_told_of_a_box_that_is_away_until_it_is_back(self):
        self.assertFalse(
            [payload for _to, payload in self.watch(SOON, is_online=False)[1] if "HTTPS" in payload]
        )
        self.assertEqual(self.watch(SOON + HOUR)[0], ['kim@example.com'])
