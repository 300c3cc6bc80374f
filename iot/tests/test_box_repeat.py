"""A repeated setup is answered by one query; whatever is not quite the same takes the long way."""

from datetime import timedelta

from odoo.tools import mute_logger

from ..tools.connection_token import digest
from .common import DEVICES, NOW, PRINTER, SCALE, IotCommon

SERIAL = '10000000abcd1234'
ATTEMPTS = 'odoo.addons.iot.models.iot_connection_attempt'


class TestBoxRepeat(IotCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, self.channel = self.connect(SERIAL, DEVICES)
        self.set_up(SERIAL, self.secret, DEVICES)  # fills Odoo's own caches

    def assertShort(self, is_short, secret=None, devices=None, queries=1, **values):
        """Set up and see whether that took so few queries."""
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        channel = self.set_up(
            SERIAL, secret or self.secret, DEVICES if devices is None else devices, **values
        )
        self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self.assertEqual(count == queries, is_short, f"{count} queries")
        return channel

    def test_a_repetition_gets_the_same_channel_and_changes_nothing(self):
        before = self.snapshot()
        self.assertEqual(self.assertShort(True), self.channel)
        self.assertEqual(self.snapshot(), before)

    def test_the_order_of_devices_does_not_matter(self):
        self.assertShort(True, devices=dict(reversed(DEVICES.items())))

    def test_a_box_without_devices_repeats_itself_too(self):
        self.set_up(SERIAL, self.secret, {})
        self.assertShort(True, devices={})

    def test_another_token_is_refused(self):
        _other_box, other_secret, _channel = self.connect('20000000abcd1234', DEVICES)
        _token, unused_secret = self.mint(self.other_manager)
        before = self.snapshot()
        for secret in (self.secret[:-1] + 'g', other_secret, unused_secret):
            with self.subTest(secret), mute_logger(ATTEMPTS):
                self.assertFalse(self.assertShort(False, secret=secret))
        self.assertEqual(self.snapshot(), before)

    def test_a_void_token_is_refused(self):
        self.env['iot.token'].search([('box_id', '=', self.box.id)])._revoke()
        with mute_logger(ATTEMPTS):
            self.assertFalse(self.assertShort(False))

    def test_the_short_way_asks_for_the_token_of_the_box(self):
        self.env['iot.token'].search([('box_id', '=', self.box.id)]).used_at = False
        self.assertShort(False)

    def test_each_value_of_the_box_that_is_new_is_stored(self):
        for field, value in {
            'ip': '192.168.1.21',
            'mac': 'b8:27:eb:00:00:02',
            'version': 'L2026.01.01-19.0#1a2b3c4',
        }.items():
            with self.subTest(field):
                self.assertShort(False, **{field: value})
                self.assertEqual(self.box[field], value)
                self.set_up(SERIAL, self.secret, DEVICES)

    def test_another_source_is_stored(self):
        self.assertShort(False, source='192.168.1.99')
        self.assertEqual(self.box.setup_source, '192.168.1.99')

    def test_each_value_of_a_device_that_is_new_is_stored(self):
        for key, value, field in (
            ('name', "TM-m30II", 'announced_name'),
            ('type', 'display', 'type'),
            ('manufacturer', "Epson", 'manufacturer'),
            ('connection', 'network', 'connection'),
            ('subtype', 'label_printer', 'announced_subtype'),
        ):
            with self.subTest(key):
                self.assertShort(False, devices={'printer': {**PRINTER, key: value}})
                device = self.box.device_ids.filtered(lambda device: device.identifier == 'printer')
                self.assertEqual(device[field], value)

    def test_a_device_that_comes_or_goes_is_noticed(self):
        self.assertShort(False, devices={**DEVICES, 'third': SCALE})
        self.assertShort(False)
        third = self.box.device_ids.filtered(lambda device: device.identifier == 'third')
        self.assertFalse(third.announced_connected)
        self.assertShort(True)

    def test_a_device_that_somebody_has_deleted_comes_back(self):
        self.box.device_ids.announced_connected = False
        self.box.device_ids.unlink()
        self.box.contact_at = NOW
        self.assertShort(False)
        self.assertEqual(set(self.box.device_ids.mapped('identifier')), set(DEVICES))

    def test_the_time_is_noted_once_a_minute_by_one_query_more(self):
        self.clock.tick(timedelta(seconds=59))
        self.assertShort(True)
        self.assertEqual(self.box.contact_at, NOW)
        self.clock.tick(timedelta(seconds=1))
        self.assertShort(True, queries=2)
        self.assertEqual(self.box.contact_at, NOW + timedelta(minutes=1))
        self.assertShort(True)

    def test_a_box_that_was_away_for_days_gets_its_channel_by_two_queries(self):
        self.clock.tick(timedelta(days=3))
        self.assertEqual(self.assertShort(True, queries=2), self.channel)
        self.assertEqual(self.box.contact_at, NOW + timedelta(days=3))

    def test_a_restored_copy_gives_another_channel_and_remembers_it(self):
        self.env['ir.config_parameter'].set_param('database.secret', 'of the copy')
        channel = self.assertShort(False)
        self.assertNotEqual(channel, self.channel)
        token = self.env['iot.token'].search([('box_id', '=', self.box.id)])
        self.assertEqual(token.channel_hash, digest(channel))
        self.assertEqual(self.assertShort(True), channel)
