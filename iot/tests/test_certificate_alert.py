from datetime import timedelta

from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from .. import const
from ..tools.certificate_status import CertificateStatus
from .common import NOW, IotCommon

WATCH_LOGGER = 'odoo.addons.iot.models.iot_box_watch'
HOME = '192.168.1.20'
END = NOW + timedelta(days=30)
SOON = END - const.CERTIFICATE_ALERT
HOUR = timedelta(hours=1)


class TestCertificateAlert(MockSmtplibCase, IotCommon):
    """Who is told that the certificate of a box ends soon."""

    def setUp(self):
        super().setUp()
        self._init_mail_servers()
        self.keeper = new_test_user(
            self.env, 'keeper', 'base.group_user', name="Kim", email='kim@example.com', tz='UTC'
        )
        self.box, _secret, _channel = self.connect(source=HOME)
        self.box.with_user(self.manager).write({'name': "Kitchen", 'responsible_id': self.keeper})
        self.move_websocket(self.box)
        self.tell(END)
        # postcommit hooks open a cursor: the one of this test
        self.registry_enter_test_mode()

    def tell(self, end_date):
        status = CertificateStatus(self.box.identifier, end_date)
        self.env['iot.box']._receive_certificate_status(status, source=HOME)

    def watch(self, now, *, is_online=True):
        """Look at all boxes; return whom an email tells, and the notifications."""
        self.clock.move_to(now)
        if is_online:
            self.box.websocket_opened_at = now
            self.beat()
        self.env.invalidate_all()
        self.env.cr.precommit.data.clear()
        self.env.cr.postcommit.clear()
        with self.mock_smtplib_connection(), mute_logger(WATCH_LOGGER):
            self.env['iot.box']._watch(now)
            told = self.notifications('simple_notification')
            self.env.cr.postcommit.run()
        return sorted(to for email in self.emails for to in email['smtp_to_list']), told

    def test_the_responsible_is_told_once_and_again_of_the_next_certificate(self):
        self.assertEqual(self.watch(SOON - HOUR), ([], []))
        people, [(channel, payload)] = self.watch(SOON)
        self.assertEqual(people, ['kim@example.com'])
        self.assertIn("HTTPS certificate of IoT box Kitchen ends soon", self.emails[0]['message'])
        self.assertIn("Kitchen, on 04/01/2026", payload)
        self.assertIn(f'"res.partner",{self.keeper.partner_id.id}', channel)
        self.assertTrue(self.box.is_certificate_alerted)
        self.assertEqual(self.watch(SOON + HOUR), ([], []))
        self.tell(END)  # the box says the same at each start
        self.assertEqual(self.watch(SOON + 2 * HOUR), ([], []))

        renewed = END + timedelta(days=60)
        self.tell(renewed)
        self.assertFalse(self.box.is_certificate_alerted)
        self.assertEqual(self.watch(SOON + 3 * HOUR), ([], []))
        people, _told = self.watch(renewed - const.CERTIFICATE_ALERT)
        self.assertEqual(people, ['kim@example.com'])

    def test_without_responsible_the_administrators_of_the_company_are_told(self):
        self.box.responsible_id = False
        self.manager.email = 'manager@example.com'
        self.other_manager.email = 'other@example.com'
        people, _told = self.watch(SOON)
        self.assertIn('manager@example.com', people)
        self.assertNotIn('other@example.com', people)
        self.assertNotIn('kim@example.com', people)

    def test_nobody_is_told_of_a_box_that_is_away_until_it_is_back(self):
        self.assertFalse(
            [payload for _to, payload in self.watch(SOON, is_online=False)[1] if "HTTPS" in payload]
        )
        self.assertEqual(self.watch(SOON + HOUR)[0], ['kim@example.com'])
