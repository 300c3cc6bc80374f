"""The pairing broker as the models see it (contract section 6.1)."""

from datetime import timedelta

from .. import const
from ..exceptions import BrokerError, PairingExpired, PairingUnavailable
from ..tools.connection_token import digest
from ..tools.pairing_code import normalized
from .common import NOW, IotCommon

SERIAL = '10000000abcd1234'
WAY = {
    'url': 'https://odoo.example.com',
    'token': 'secret',
    'db_uuid': 'u-1',
    'enterprise_code': 'M1',
}
WRONG = 'ZZZ-ZZZ-ZZZ'


class BrokerCommon(IotCommon):
    def setUp(self):
        super().setUp()
        self.broker = self.env['iot.broker.pairing']

    def register(self, serial_number=SERIAL, source='192.168.1.20'):
        return self.broker._register_box(serial_number, source=source)

    def claim(self, code, guessers=('user 1',)):
        """Return the serial number, or the code of the refusal."""
        answer = self.broker._claim(code, guessers=list(guessers), **WAY)
        return answer.code if isinstance(answer, BrokerError) else answer

    def rows(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT to_jsonb(p) FROM iot_broker_pairing p ORDER BY id")
        return self.env.cr.fetchall()


class TestBrokerPairing(BrokerCommon):
    def test_a_claimed_code_is_handed_over_once(self):
        code, uuid = self.register()
        self.assertEqual(self.broker._poll(code, uuid), {})
        self.assertEqual(self.claim(code), SERIAL)
        self.assertEqual(self.broker._poll(code, uuid), WAY)
        with self.assertRaises(PairingExpired):
            self.broker._poll(code, uuid)

    def test_nothing_of_a_delivered_pairing_is_kept(self):
        code, uuid = self.register()
        self.claim(code)
        self.broker._poll(code, uuid)
        [(row,)] = self.rows()
        self.assertEqual([row[key] for key in WAY], [None] * 4)
        self.assertNotIn(uuid, str(row))

    def test_waiting_writes_nothing(self):
        code, uuid = self.register()
        before = self.rows()
        self.clock.move_to(NOW + timedelta(minutes=30))
        self.broker._poll(code, uuid)
        self.assertEqual(self.rows(), before)

    def test_a_code_lives_two_hours(self):
        code, uuid = self.register()
        self.clock.move_to(NOW + timedelta(hours=2) - timedelta(seconds=1))
        self.assertEqual(self.broker._poll(code, uuid), {})
        self.clock.move_to(NOW + timedelta(hours=2))
        before = self.rows()
        with self.assertRaises(PairingExpired):
            self.broker._poll(code, uuid)
        self.assertEqual(self.claim(code), 'expired')
        self.assertEqual(self.rows(), before)

    def test_a_claim_that_the_box_did_not_fetch_expires_too(self):
        code, uuid = self.register()
        self.claim(code)
        self.clock.move_to(NOW + timedelta(hours=2))
        with self.assertRaises(PairingExpired):
            self.broker._poll(code, uuid)

    def test_a_poll_is_bound_to_its_uuid(self):
        code, uuid = self.register()
        other_code, other_uuid = self.register('20000000abcd1234')
        self.claim(code)
        before = self.rows()
        for wrong in ((code, other_uuid), (other_code, uuid), (code, ''), ('', uuid), (code, code)):
            with self.assertRaises(PairingExpired):
                self.broker._poll(*wrong)
        self.assertEqual(self.rows(), before)

    def test_a_code_is_claimed_once(self):
        code, uuid = self.register()
        self.assertEqual(self.claim(code), SERIAL)
        before = self.rows()
        self.assertEqual(self.claim(code, ['user 2']), 'claimed')
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.broker._poll(code, uuid), WAY)

    def test_a_code_whose_token_is_withdrawn_can_be_claimed_again(self):
        code, uuid = self.register()
        self.claim(code)
        self.broker._withdraw([digest('another')])
        self.assertEqual(self.claim(code), 'claimed')
        self.broker._withdraw([digest(WAY['token'])])
        self.assertEqual(self.broker._poll(code, uuid), {})
        [(row,)] = self.rows()
        self.assertEqual([row[key] for key in WAY], [None] * 4)
        self.assertEqual(self.claim(code), SERIAL)
        self.assertEqual(self.broker._poll(code, uuid), WAY)

    def test_the_way_of_typing_does_not_matter(self):
        code, _uuid = self.register()
        self.assertEqual(self.claim(normalized(code).lower()), SERIAL)

    def test_an_unknown_code_changes_no_pairing(self):
        self.register()
        before = self.rows()
        self.assertEqual(self.claim(WRONG), 'unknown_code')
        self.assertEqual(self.rows(), before)

    def test_a_box_that_starts_again_gets_a_new_code_and_the_old_one_is_void(self):
        old_code, old_uuid = self.register()
        code, uuid = self.register()
        self.assertEqual(self.claim(old_code), 'unknown_code')
        with self.assertRaises(PairingExpired):
            self.broker._poll(old_code, old_uuid)
        self.assertEqual(self.broker._poll(code, uuid), {})

    def test_nobody_voids_the_code_of_a_box_from_another_address(self):
        code, _uuid = self.register()
        self.register(source='203.0.113.9')
        self.assertEqual(self.claim(code), SERIAL)

    def test_a_connected_box_that_listens_gets_no_code(self):
        box, _secret, _channel = self.connect(SERIAL)
        self.register()
        box._websocket_opened('key')
        with self.assertRaises(PairingUnavailable):
            self.register()
        box._websocket_closed('key')
        self.assertTrue(self.register())

    def test_one_address_cannot_take_all_codes(self):
        self.patch(const, 'MAX_PAIRINGS_PER_SOURCE', 3)
        for number in range(3):
            self.register(f'b{number}')
        with self.assertRaises(PairingUnavailable):
            self.register('b3')
        self.assertTrue(self.register('b3', source='192.168.1.21'))
        self.clock.move_to(NOW + timedelta(hours=2))
        self.assertTrue(self.register('b4'))

    def test_all_addresses_of_an_ipv6_network_share_that_limit(self):
        self.patch(const, 'MAX_PAIRINGS_PER_SOURCE', 3)
        for number in range(3):
            self.register(f'b{number}', source=f'2001:db8:1:2::{number}')
        with self.assertRaises(PairingUnavailable):
            self.register('b3', source='2001:db8:1:2:ffff::1')
        self.assertTrue(self.register('b3', source='2001:db8:1:3::1'))
        # but a box is believed to be the same only at its very address
        self.assertTrue(self.register('b0', source='2001:db8:1:4::1'))
        self.assertEqual(self.broker.search_count([('serial_number', '=', 'b0')]), 2)

    def test_all_addresses_together_cannot_fill_the_database(self):
        self.patch(const, 'MAX_PAIRINGS', 3)
        for number in range(3):
            self.register(f'b{number}', source=f'192.0.2.{number}')
        with self.assertRaises(PairingUnavailable):
            self.register('b3', source='192.0.2.3')

    def test_old_pairings_are_cleaned_up(self):
        self.register('old')
        self.clock.move_to(NOW + timedelta(hours=1))
        self.register('new')
        self.clock.move_to(NOW + timedelta(hours=2))
        self.broker._gc_old_pairings()
        self.assertEqual(self.broker.search([]).serial_number, 'new')


class TestGuessing(BrokerCommon):
    """RFC 8628 section 5.1; the numbers are those of Matter's commissioning window."""

    def guess(self, count, guessers=('user 1',)):
        for _guess in range(count):
            self.claim(WRONG, guessers)

    def test_after_twenty_wrong_codes_the_right_one_fails_too(self):
        code, uuid = self.register()
        self.guess(20)
        before = self.rows()
        self.assertEqual(self.claim(code), 'locked')
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.broker._poll(code, uuid), {})

    def test_nineteen_wrong_codes_leave_one_try(self):
        code, _uuid = self.register()
        self.guess(19)
        self.assertEqual(self.claim(code), SERIAL)

    def test_the_window_opens_again(self):
        self.guess(20)
        self.clock.move_to(NOW + timedelta(hours=2))
        code, _uuid = self.register()
        self.assertEqual(self.claim(code), SERIAL)
        self.guess(19)
        self.assertEqual(self.claim(self.register()[0]), SERIAL)

    def test_every_kind_of_failure_is_counted(self):
        claimed, _uuid = self.register('claimed')
        self.claim(claimed)
        for code in (WRONG, '', 'malformed', None, claimed):
            self.claim(code)
        self.assertEqual(self.env['iot.broker.guesser'].search([]).wrong_codes, 5)

    def test_right_codes_are_not_counted(self):
        for number in range(25):
            code, _uuid = self.register(f'b{number}')
            self.assertEqual(self.claim(code), f'b{number}')

    def test_users_and_addresses_are_counted_each(self):
        code, _uuid = self.register()
        for user in range(20):
            self.claim(WRONG, [f'user {user}', 'address 192.0.2.1'])
        self.assertEqual(self.claim(code, ['user 99', 'address 192.0.2.1']), 'locked')
        self.assertEqual(self.claim(code, ['user 99', 'address 192.0.2.2']), SERIAL)

    def test_strangers_share_a_limit_whatever_their_addresses(self):
        code, _uuid = self.register()
        for number in range(const.MAX_WRONG_CODES_OF_STRANGERS):
            self.claim(WRONG, [f'address 192.0.2.{number}', 'strangers'])
        self.assertEqual(self.claim(code, ['address 203.0.113.1', 'strangers']), 'locked')
        self.assertEqual(self.claim(code, ['user 1', 'address 203.0.113.1']), SERIAL)

    def test_old_counts_are_cleaned_up(self):
        self.guess(1)
        self.clock.move_to(NOW + timedelta(hours=1))
        self.guess(1, ['user 2'])
        self.clock.move_to(NOW + timedelta(hours=2))
        self.env['iot.broker.guesser']._gc_old_guessers()
        self.assertEqual(self.env['iot.broker.guesser'].search([]).key, 'user 2')
