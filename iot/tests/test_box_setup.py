"""The handshake as the model sees it (contract sections 1.2, 3.2, 14.2)."""

from datetime import timedelta

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

    def test_a_box_that_goes_from_cable_to_wifi_stays_the_same(self):
        box, secret, channel = self.connect(devices=DEVICES)
        wifi = {'mac': 'b8:27:eb:00:00:02', 'ip': '192.168.1.99'}
        self.assertEqual(self.set_up(SERIAL, secret, DEVICES, **wifi), channel)
        self.assertRecordValues(self.env['iot.box'].search([]), [{'id': box.id, **wifi}])
        self.assertEqual(self.env['iot.device'].search_count([]), len(DEVICES))

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
