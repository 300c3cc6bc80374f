from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.iot import const
from odoo.addons.iot.tests.alert_common import AlertCommon

from .. import uninstall_hook

END = datetime(2026, 4, 1, 22, 30)  # the day after in Brussels
SOON = END - const.CERTIFICATE_ALERT
WEEK = timedelta(days=7)


# users and companies need what other addons of the database made of them
@tagged('post_install', '-at_install')
class TestCertificateActivity(AlertCommon):
    """Activities before the certificate of a box ends, for those whom `iot` tells of it."""

    def setUp(self):
        super().setUp()
        self.manager.write({'email': 'manager@example.com', 'tz': 'Europe/Brussels'})
        self.other_manager.email = 'other@example.com'
        self.box.responsible_id = False
        self.move_websocket(self.box)
        self.tell(END)

    def watch(self, now):
        """Look at all boxes, which are online; return whom an email tells."""
        emails, _told = super().watch(now, is_online=True)
        return [to for email in emails for to in email['smtp_to_list']]

    def activities(self, user, box=None):
        """Return the activities of this user for a box, as this user sees them."""
        activities = self.env['mail.activity'].with_user(user)
        return activities.search(
            [
                ('res_model', '=', 'iot.box'),
                ('res_id', '=', (box or self.box).id),
                ('user_id', '=', user.id),
            ]
        )

    def test_administrators_of_the_company_get_one_activity_and_one_email(self):
        self.watch(SOON - WEEK)
        self.assertFalse(self.activities(self.manager))
        people = self.watch(SOON)
        self.assertEqual(people.count('manager@example.com'), 1)
        self.assertNotIn('other@example.com', people)
        activity = self.activities(self.manager)
        self.assertRecordValues(
            activity,
            [
                {
                    'summary': "HTTPS certificate ends soon",
                    'date_deadline': date(2026, 4, 2),
                    'activity_decoration': 'warning',
                    'automated': True,
                }
            ],
        )
        self.assertIn("browsers refuse to open this box", activity.note)
        self.assertFalse(self.activities(self.other_manager))
        with self.assertRaises(AccessError):
            activity.with_user(self.other_manager).read(['summary'])
        messages = self.env['mail.message'].search(
            [('model', '=', 'iot.box'), ('message_type', '=', 'user_notification')]
        )
        self.assertFalse(messages)

        self.assertFalse(self.watch(SOON + timedelta(hours=1)))
        self.assertEqual(self.activities(self.manager), activity)

    def test_a_responsible_who_may_not_see_boxes_marks_the_activity_as_done(self):
        self.box.with_user(self.manager).responsible_id = self.outsider
        self.watch(SOON)
        activity = self.activities(self.outsider)
        self.assertEqual(activity.summary, "HTTPS certificate ends soon")
        self.assertFalse(self.activities(self.manager))
        with self.assertRaises(AccessError):
            self.box.with_user(self.outsider).read(['name'])
        with self.assertRaises(AccessError):
            activity.with_user(self.user).unlink()
        activity.action_done()
        self.assertFalse(self.activities(self.outsider))

    def test_a_newer_certificate_takes_the_activity_back_and_has_its_own(self):
        own = self.box.with_user(self.manager).activity_schedule(summary="Dust it off")
        self.watch(SOON)
        certificate = self.activities(self.manager) - own
        self.assertEqual(len(certificate), 1)
        self.tell(END)  # the box says the same at each start
        self.assertTrue(certificate.exists())
        self.tell(END + 8 * WEEK)
        self.assertFalse(certificate.exists())
        self.assertTrue(own.exists())
        self.watch(SOON + 8 * WEEK)
        self.assertEqual((self.activities(self.manager) - own).date_deadline, date(2026, 5, 28))

    def test_each_box_has_its_own_activity_and_takes_it_along(self):
        other, _secret, _channel = self.connect('10000000abcd5678', ip='192.168.1.21')
        other.certificate_end_date = END
        other.websocket_server = self.box.websocket_server
        other.websocket_opened_at = SOON
        people = self.watch(SOON)
        self.assertEqual(people.count('manager@example.com'), 1)
        kept, lost = self.activities(self.manager), self.activities(self.manager, other)
        self.assertEqual((len(kept), len(lost)), (1, 1))
        other.with_user(self.manager).unlink()
        self.assertFalse(lost.exists())
        self.assertTrue(kept.exists())

    def test_people_see_the_activity_on_a_box_of_their_company_only(self):
        self.watch(SOON)
        for user in (self.manager, self.user):
            box = self.box.with_user(user)
            self.assertEqual(box.activity_summary, "HTTPS certificate ends soon")
            self.assertEqual(box.activity_exception_decoration, 'warning')
        with self.assertRaises(AccessError):
            self.box.with_user(self.user).activity_schedule(summary="Mine")
        self.assertFalse(
            self.env['iot.box']
            .with_user(self.other_manager)
            .search([('activity_ids', '!=', False)])
        )

    def test_no_activity_stays_behind_without_the_addon(self):
        new_test_user(self.env, 'second_manager', 'iot.group_iot_manager')
        self.watch(SOON)
        self.activities(self.manager).action_done()
        uninstall_hook(self.env)
        activities = self.env['mail.activity'].with_context(active_test=False)
        self.assertFalse(activities.search([('res_model', '=', 'iot.box')]))
