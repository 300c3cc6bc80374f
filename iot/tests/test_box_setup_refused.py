"""Boxes that are let in by no token (contract sections 1.2, 3.2, 14.2)."""

from datetime import timedelta

from odoo.modules.neutralize import get_neutralization_queries

from .common import DEVICES, NOW, IotCommon

SERIAL = '10000000abcd1234'
LEDGER = 'odoo.addons.iot.models.iot_connection_attempt'


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
