"""A database that is the copy of another one."""

import uuid

from odoo.exceptions import AccessError
from odoo.tools import file_open, mute_logger

from .. import const
from .common import NOW
from .request_common import SERIAL, IotRequestCommon

MODEL = 'odoo.addons.iot.models.iot_box_database'


class TestDatabaseCopy(IotRequestCommon):
    def copy_database(self):
        self.env.flush_all()
        self.env['ir.config_parameter'].set_param('database.uuid', str(uuid.uuid4()))
        self.env.invalidate_all()

    def boxes(self, *, is_foreign):
        return self.env['iot.box'].search([('is_foreign', '=', is_foreign)])

    def test_a_copy_knows_the_boxes_of_the_original(self):
        self.assertFalse(self.boxes(is_foreign=True))
        self.assertEqual(self.boxes(is_foreign=False), self.box)
        self.copy_database()
        self.assertTrue(self.box.is_foreign)
        self.assertEqual(self.boxes(is_foreign=True), self.box)
        self.assertFalse(self.boxes(is_foreign=False))
        notices = self.env['iot.box'].with_user(self.user).get_notices()
        self.assertEqual(notices['foreign_ids'], self.box.ids)

    @mute_logger(MODEL)
    def test_a_copy_sends_nothing(self):
        self.copy_database()
        requests = [
            self.scale._send_action('read_once'),
            self.box._send_command('restart_odoo'),
        ]
        for request in requests:
            self.assertRecordValues(
                request.sudo(), [{'state': 'failed', 'reason': 'foreign_database'}]
            )
        self.box.unlink()
        for message_type in ('iot_action', 'restart_odoo', 'server_clear'):
            self.assertFalse(self.notifications(message_type))

    def test_a_copy_tells_nobody_of_boxes_that_are_not_its_own(self):
        self.move_websocket(self.box)  # as the original has noted it
        self.box.write(
            {
                'responsible_id': self.manager.id,
                'certificate_end_date': NOW + const.CERTIFICATE_ALERT,
            }
        )
        self.copy_database()
        later = NOW + const.DEFAULT_ALERT_DELAY + const.SERVER_LIFETIME
        for moment in (NOW, later):
            self.clock.move_to(moment)
            self.env.invalidate_all()
            self.env['iot.box']._watch(moment)
        self.assertEqual(self.box.status, 'offline')
        self.assertFalse(self.notifications('simple_notification'))
        self.assertRecordValues(
            self.box, [{'lost_at': False, 'is_alerted': False, 'certificate_alerted_at': False}]
        )

        self.box.with_user(self.manager).action_adopt()
        with mute_logger('odoo.addons.iot.models.iot_box_watch'):
            self.env['iot.box']._watch(later)
            self.assertTrue(self.notifications('simple_notification'))

    def test_what_waited_in_the_original_is_not_sent_by_the_copy(self):
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.copy_database()
        self.open_websocket('second')
        self.assertFalse(self.sent())
        self.assertRecordValues(request, [{'state': 'failed', 'reason': 'foreign_database'}])

    def test_adopted_boxes_do_what_they_are_asked_for(self):
        self.copy_database()
        self.box.with_user(self.manager).action_adopt()
        self.assertFalse(self.box.is_foreign)
        self.scale._send_action('read_once')
        self.assertEqual(len(self.sent()), 1)

    def test_only_administrators_of_its_company_adopt_a_box(self):
        self.copy_database()
        for user in (self.user, self.outsider, self.other_manager):
            with self.assertRaises(AccessError):
                self.box.with_user(user).action_adopt()
        self.assertTrue(self.box.is_foreign)

    def test_a_box_that_is_connected_again_is_one_of_the_copy(self):
        self.copy_database()
        self.set_up(SERIAL, self.secret)
        self.assertTrue(self.box.is_foreign, "its old token says nothing of a copy")
        _token, secret = self.mint()
        self.set_up(SERIAL, secret)
        self.assertFalse(self.box.is_foreign)

    def test_a_neutralized_copy_has_no_credential_left(self):
        self.env['iot.broker.pairing']._register_box('20000000abcd1234', source='203.0.113.5')
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.env['ir.config_parameter'].set_param('web.base.url', 'https://new.example.com')
        self.env['iot.box'].with_user(self.manager).action_move_all()
        self.env.flush_all()
        with file_open('iot/data/neutralize.sql') as file:
            self.env.cr.execute(file.read())
        self.env.invalidate_all()
        self.assertFalse(self.env['iot.broker.pairing'].search([]))
        self.assertEqual(self.env['iot.token'].search([]).mapped('state'), ['revoked'])
        self.assertEqual(request.state, 'expired')
        self.assertEqual(self.env['iot.move'].search([]).state, 'cancelled')
        self.assertIsNone(self.set_up(SERIAL, self.secret))
