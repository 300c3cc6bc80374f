from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .. import const
from .alert_common import WATCH_LOGGER, AlertCommon
from .common import NOW

FAILURE_LOGGER = 'odoo.addons.iot.models.failures'
ALERT_LOGGER = 'odoo.addons.iot.models.iot_box_alert'
DELAY = const.DEFAULT_ALERT_DELAY
MINUTE = timedelta(minutes=1)


class TestBoxAlert(AlertCommon):
    """Who is told that a box is away."""

    def setUp(self):
        super().setUp()
        self.box._websocket_opened('first')
        self.box._websocket_closed('first')

    def test_the_responsible_person_is_told_once_for_each_outage(self):
        self.assertEqual(self.watch(NOW + DELAY - MINUTE), ([], []))
        [email], [(channel, payload)] = self.watch(NOW + DELAY)
        self.assertEqual(email['smtp_to_list'], ['kim@example.com'])
        self.assertIn("Subject: IoT box Kitchen is not online", email['message'])
        self.assertIn("Kitchen, since 3/2/26, 9:00", email['message'])
        self.assertIn(f'https://odoo.example.com/odoo/iot/{self.box.id}', email['message'])
        self.assertIn(f'"res.partner",{self.keeper.partner_id.id}', channel)
        self.assertIn("Kitchen, since", payload)
        self.assertEqual(self.watch(NOW + DELAY + MINUTE), ([], []))

        self.clock.move_to(NOW + DELAY + 2 * MINUTE)
        self.box._websocket_opened('second')
        emails, [(channel, payload)] = self.watch(NOW + DELAY + 2 * MINUTE)
        self.assertEqual((emails, self.box.is_alerted), ([], False))
        self.assertIn("Kitchen is online again.", payload)

        self.box._websocket_closed('second')
        emails, told = self.watch(NOW + 2 * DELAY + 3 * MINUTE)
        self.assertEqual((len(emails), len(told)), (1, 1))

    def test_one_email_tells_of_all_boxes_of_a_person(self):
        other, _secret, _channel = self.connect('20000000abcd1234')
        other.write({'name': "Bar", 'responsible_id': self.keeper.id})
        other._websocket_opened('key')
        other._websocket_closed('key')
        [email], [_told] = self.watch(NOW + DELAY)
        self.assertIn("Subject: 2 IoT boxes are not online", email['message'])
        for name in ("Bar", "Kitchen"):
            self.assertIn(f"- {name}, since", email['message'])

    def test_the_name_of_a_box_is_text_in_the_email_and_never_a_header(self):
        self.box.name = "<img src=x onerror=alert(1)>\r\nBcc: eve@example.com"
        [email], [(_channel, payload)] = self.watch(NOW + DELAY)
        headers, body = email['message'].replace('\r\n', '\n').split('\n\n', 1)
        self.assertIn('Content-Type: text/plain', headers)
        self.assertNotIn('\nBcc:', headers)
        self.assertEqual(email['smtp_to_list'], ['kim@example.com'])
        self.assertIn('<img src=', body)
        self.assertNotIn('html', payload)  # what it would take to be more than text

    def test_nobody_is_told_of_a_box_without_responsible_person(self):
        self.box.responsible_id = False
        self.assertEqual(self.watch(NOW + 2 * DELAY), ([], []))
        self.box.responsible_id = self.keeper
        self.keeper.active = False
        self.assertEqual(self.watch(NOW + 2 * DELAY), ([], []))
        self.assertFalse(self.box.is_alerted)

    def test_without_email_address_the_notification_remains(self):
        self.keeper.email = False
        emails, told = self.watch(NOW + DELAY)
        self.assertEqual((emails, len(told)), ([], 1))

    def test_a_mail_server_that_refuses_is_logged_and_does_no_harm(self):
        with (
            patch.object(IrMail_Server, '_connect__', side_effect=OSError("refused")),
            self.assertLogs(ALERT_LOGGER, 'WARNING') as logs,
            mute_logger(WATCH_LOGGER),
        ):
            self.clock.move_to(NOW + DELAY)
            self.env.invalidate_all()
            self.env['iot.box']._watch(NOW + DELAY)
            self.env.cr.postcommit.run()
        self.assertIn("No email could tell of IoT boxes", logs.output[0])
        self.assertTrue(self.box.is_alerted)

    def test_the_responsible_person_belongs_to_the_company_of_the_box(self):
        with self.assertRaises(UserError):
            self.box.with_user(self.manager).responsible_id = self.other_manager
        self.env.invalidate_all()
        self.assertEqual(self.box.responsible_id, self.keeper)

    def test_the_delay_is_a_setting_within_limits(self):
        settings = self.env['res.config.settings']
        for minutes in (-1, 0, 1, 10081):
            with self.assertRaises(ValidationError):
                settings.create({'iot_alert_minutes': minutes})
        settings.create({'iot_alert_minutes': 30}).execute()
        self.assertEqual(self.env['iot.box']._get_alert_delay(), timedelta(minutes=30))

    def test_a_delay_that_is_no_number_keeps_nobody_from_being_told(self):
        self.env['ir.config_parameter'].set_param(const.ALERT_PARAMETER, "soon")
        self.assertEqual(self.watch(NOW + DELAY - MINUTE), ([], []))
        [_email], [_told] = self.watch(NOW + DELAY)

    def test_who_cannot_be_told_keeps_nobody_else_from_it(self):
        other, _secret, _channel = self.connect('20000000abcd1234')
        other.write({'name': "Bar", 'responsible_id': self.manager.id})
        self.manager.email = 'manager@example.com'
        other._websocket_opened('key')
        other._websocket_closed('key')
        describe = type(other)._describe_outage

        def fail_for_one(box):
            if box == self.box:
                raise ValueError("no such date")
            return describe(box)

        with (
            patch.object(type(other), '_describe_outage', fail_for_one),
            self.assertLogs(FAILURE_LOGGER, 'ERROR') as logs,
        ):
            [email], [_told] = self.watch(NOW + DELAY)
        self.assertEqual(email['smtp_to_list'], ['manager@example.com'])
        self.assertIn("User keeper was not told of lost IoT boxes", logs.output[0])
        self.assertIn("no such date", logs.output[0])
        self.assertEqual(self.watch(NOW + DELAY + MINUTE), ([], []))
