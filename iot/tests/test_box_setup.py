"""The handshake as the model sees it (contract sections 1.2, 3.2, 14.2)."""

from datetime import timedelta

from odoo.modules.neutralize import get_neutralization_queries
from odoo.tools import mute_logger

from .common import DEVICES, NOW, IotCommon

SERIAL = '10000000abcd1234'
LEDGER = 'odoo.addons.iot.models.iot_connection_attempt'


class TestFirstSetup(IotCommon):
    def test_an_unused_token_connects_a_new_box(self):
        token, secret = self.mint()
        channel = self.set_up(SERIAL, secret, DEVICES)
        box = self.find_box(SERIAL)
        self.assertRegex(channel, r'^iot_channel_[0-9a-f]{64}$')
        self.assertRecordValues(
            box,
            [
                {
                    'name': f"IoT Box {SERIAL}",
                    'company_id': self.company.id,
                    'mac': 'b8:27:eb:00:00:01',
                    'ip': '192.168.1.20',
                    'homepage_url': 'http://192.168.1.20:8069',
                    'version': 'L2025.10.22-19.0#1a2b3c4',
                    'image_version': 'L2025.10.22',
                    'odoo_version': '19.0',
                    'connected_by_id': self.manager.id,
                    'connected_at': NOW,
                    'last_seen': NOW,
                    'is_online': False,
                    'device_count': 2,
                    'connected_device_count': 2,
                }
            ],
        )
        self.assertRecordValues(
            token,
            [{'state': 'used', 'box_id': box.id, 'used_at': NOW, 'used_from': '192.168.1.20'}],
        )
        self.assertRecordValues(
            token.attempt_ids,
            [
                {
                    'outcome': 'accepted',
                    'reason': 'connected',
                    'identifier': SERIAL,
                    'source': '192.168.1.20',
                    'box_id': box.id,
                    'company_id': self.company.id,
                    'last_at': NOW,
                }
            ],
        )

    def test_the_company_is_that_of_the_administrator_who_made_the_token(self):
        box, _secret, _channel = self.connect(user=self.other_manager)
        self.assertEqual(box.company_id, self.other_company)

    def test_the_box_may_bring_its_own_name(self):
        _token, secret = self.mint()
        self.set_up(SERIAL, secret, name="Kitchen")
        self.assertEqual(self.find_box(SERIAL).name, "Kitchen")

    def test_the_maker_of_the_token_and_all_iot_users_are_told(self):
        token, secret = self.mint()
        self.set_up(SERIAL, secret)
        box = self.find_box(SERIAL)
        [(channel, message)] = self.notifications('iot.token/used')
        self.assertIn(f'"res.partner",{self.manager.partner_id.id}', channel)
        self.assertIn(f'"token_id":{token.id},"box_id":{box.id}', message)
        group = self.env.ref('iot.group_iot_user')
        for channel, message in self.notifications('iot.box/changed'):
            self.assertIn(f'"res.groups",{group.id}', channel)
            self.assertIn(f'"payload":{{"box_ids":[{box.id}]}}', message)


class TestRepeatedSetup(IotCommon):
    def test_the_same_token_gets_the_same_channel_for_ever(self):
        box, secret, channel = self.connect(devices=DEVICES)
        self.clock.move_to(NOW + timedelta(days=400))
        self.assertEqual(self.set_up(SERIAL, secret, DEVICES), channel)
        self.assertEqual(self.find_box(SERIAL), box)
        self.assertEqual(self.env['iot.box'].search_count([]), 1)
        self.assertEqual(self.env['iot.device'].search_count([]), 2)

    def test_news_are_stored_and_announced(self):
        box, secret, _channel = self.connect(devices=DEVICES)
        self.env.cr.precommit.data.clear()
        self.set_up(SERIAL, secret, DEVICES, ip='192.168.1.99', version='L2026.01.05-19.0#feedbee')
        self.assertEqual((box.ip, box.image_version), ('192.168.1.99', 'L2026.01.05'))
        self.assertEqual(len(self.notifications('iot.box/changed')), 1)

    def test_nothing_is_announced_when_nothing_is_new(self):
        _box, secret, _channel = self.connect(devices=DEVICES)
        self.env.cr.precommit.data.clear()
        self.clock.move_to(NOW + timedelta(minutes=2))
        self.set_up(SERIAL, secret, DEVICES)
        self.assertFalse(self.notifications('iot.box/changed'))

    def test_the_last_announcement_is_as_precise_as_a_minute(self):
        box, secret, _channel = self.connect()
        self.clock.move_to(NOW + timedelta(seconds=59))
        self.set_up(SERIAL, secret)
        self.assertEqual(box.last_seen, NOW)
        self.clock.move_to(NOW + timedelta(seconds=60))
        self.set_up(SERIAL, secret)
        self.assertEqual(box.last_seen, NOW + timedelta(seconds=60))

    def test_the_channel_follows_a_new_database_secret(self):
        """A database restored as a copy has a new secret; its boxes must be heard again."""
        box, secret, channel = self.connect()
        self.env['ir.config_parameter'].set_param('database.secret', 'another')
        new_channel = self.set_up(SERIAL, secret)
        self.assertNotEqual(new_channel, channel)
        tokens = self.env['iot.token']
        self.assertEqual(tokens._find_boxes_by_channel([new_channel]), box)
        self.assertFalse(tokens._find_boxes_by_channel([channel]))

    def test_the_name_a_user_gave_to_the_box_stays(self):
        box, secret, _channel = self.connect()
        box.with_user(self.manager).name = "Counter"
        self.set_up(SERIAL, secret, DEVICES, name="raspberrypi")
        self.assertEqual(box.name, "Counter")


class TestReconnection(IotCommon):
    """A known box with a new token: after a factory reset, or *Disconnect* on its homepage."""

    def test_the_record_its_name_and_its_device_settings_stay(self):
        box, _secret, channel = self.connect(devices=DEVICES)
        box.name = "Counter"
        box.device_ids.filtered(lambda device: device.type == 'printer').name = "Receipts"
        self.clock.move_to(NOW + timedelta(days=1))
        token, secret = self.mint()
        new_channel = self.set_up(SERIAL, secret, DEVICES)
        self.assertEqual(self.find_box(SERIAL), box)
        self.assertEqual(box.name, "Counter")
        self.assertIn("Receipts", box.device_ids.mapped('name'))
        self.assertEqual(box.connected_at, NOW + timedelta(days=1))
        self.assertNotEqual(new_channel, channel)
        self.assertEqual(token.attempt_ids.reason, 'reconnected')

    @mute_logger(LEDGER)
    def test_the_former_token_and_channel_are_void(self):
        box, old_secret, old_channel = self.connect()
        _token, secret = self.mint()
        self.set_up(SERIAL, secret)
        before = self.snapshot()
        self.assertIsNone(self.set_up(SERIAL, old_secret))
        self.assertEqual(self.snapshot(), before)
        self.assertFalse(self.env['iot.token']._find_boxes_by_channel([old_channel]))
        self.assertEqual(
            self.env['iot.token'].search([('box_id', '=', box.id), ('state', '=', 'used')]).index,
            secret[:8],
        )


class TestRefusedSetup(IotCommon):
    """Whatever is wrong, the box gets no channel and nothing changes but the ledger."""

    def assertRefused(self, identifier, secret, reason, **kwargs):
        before = self.snapshot()
        with self.assertLogs(LEDGER, 'WARNING') as logs:
            self.assertIsNone(self.set_up(identifier, secret, DEVICES, **kwargs))
        self.assertEqual(self.snapshot(), before)
        if secret:
            self.assertNotIn(secret, logs.output[0])
        attempt = self.env['iot.connection.attempt'].search([('outcome', '=', 'refused')])
        self.assertEqual((attempt.reason, attempt.identifier), (reason, identifier))
        return attempt

    def test_a_box_without_token_is_refused(self):
        self.assertRefused(SERIAL, None, 'missing_token')

    def test_an_unknown_token_is_refused(self):
        attempt = self.assertRefused(SERIAL, 'f' * 48, 'unknown_token')
        self.assertFalse(attempt.company_id or attempt.token_id or attempt.box_id)

    def test_a_tampered_token_is_refused(self):
        _token, secret = self.mint()
        tampered = secret[:-1] + ('0' if secret[-1] != '0' else '1')
        self.assertRefused(SERIAL, tampered, 'unknown_token')

    def test_the_clear_part_of_a_token_is_not_enough(self):
        token, _secret = self.mint()
        self.assertRefused(SERIAL, token.index, 'unknown_token')

    def test_the_stored_hash_of_a_token_is_not_a_token(self):
        token, _secret = self.mint()
        self.assertRefused(SERIAL, token.token_hash, 'unknown_token')

    def test_an_expired_token_is_refused(self):
        token, secret = self.mint()
        self.clock.move_to(NOW + timedelta(hours=1))
        attempt = self.assertRefused(SERIAL, secret, 'expired')
        self.assertEqual(attempt.token_id, token)
        self.assertEqual(attempt.company_id, self.company)

    def test_a_token_is_good_until_its_last_second(self):
        _token, secret = self.mint()
        self.clock.move_to(NOW + timedelta(minutes=59, seconds=59))
        self.assertTrue(self.set_up(SERIAL, secret))

    def test_a_revoked_token_is_refused(self):
        token, secret = self.mint()
        token.with_user(self.manager).action_revoke()
        self.assertRefused(SERIAL, secret, 'revoked')

    def test_a_second_box_is_refused_the_token_of_the_first(self):
        box, secret, _channel = self.connect()
        attempt = self.assertRefused('20000000abcd1234', secret, 'used_by_other')
        self.assertEqual(attempt.token_id.box_id, box)

    def test_a_known_box_is_refused_the_token_of_another(self):
        _box, secret, _channel = self.connect()
        other, _other_secret, _other_channel = self.connect('20000000abcd1234')
        attempt = self.assertRefused(other.identifier, secret, 'used_by_other')
        self.assertEqual(attempt.box_id, other)

    def test_a_known_box_with_a_wrong_token_is_refused_and_stays_connected(self):
        box, secret, channel = self.connect()
        attempt = self.assertRefused(SERIAL, 'f' * 48, 'wrong_token')
        self.assertEqual((attempt.box_id, attempt.company_id), (box, self.company))
        self.assertEqual(box.with_user(self.manager).refused_attempt_count, 1)
        self.assertEqual(self.set_up(SERIAL, secret), channel)

    def test_a_token_of_one_company_cannot_carry_off_a_box_of_another(self):
        _box, _secret, _channel = self.connect(user=self.other_manager)
        _token, secret = self.mint(self.manager)
        self.assertRefused(SERIAL, secret, 'other_company')

    def test_the_token_of_a_deleted_box_leads_to_no_box(self):
        box, secret, _channel = self.connect()
        box.with_user(self.manager).unlink()
        before = self.snapshot()
        channel = self.set_up(SERIAL, secret, DEVICES)  # of its tombstone, see there
        self.assertEqual(self.snapshot(), before)
        self.assertFalse(self.env['iot.token']._find_boxes_by_channel([channel]))

    def test_the_token_of_a_neutralized_copy_is_refused(self):
        _box, secret, _channel = self.connect()
        self.env.flush_all()
        for query in get_neutralization_queries(['iot']):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertRefused(SERIAL, secret, 'wrong_token')
