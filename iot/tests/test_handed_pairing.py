"""Tokens that the browser or the broker hands over."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tools import mute_logger

from .. import const
from ..exceptions import BrokerError
from ..models import discovery_hints, handed_pairing
from .common import NOW, IotCommon

SERIAL = '10000000abcd1234'
LEDGER = 'odoo.addons.iot.models.iot_connection_attempt'


class HandedCommon(IotCommon):
    def setUp(self):
        super().setUp()
        self.tokens = self.env['iot.token'].with_user(self.manager)

    def make(self, identifier=False):
        """Return a new token and its answer."""
        answer = self.tokens.create_for_handing_over(identifier)
        return self.tokens.browse(answer['id']), answer

    def secret_of(self, answer):
        return answer['legacy_token'].split('|')[1]


class TestTokenForABox(HandedCommon):
    def test_it_lives_ten_minutes_and_connects_its_box(self):
        token, answer = self.make(SERIAL)
        self.assertEqual(answer['seconds_left'], 600)
        self.assertEqual(token.identifier, SERIAL)
        self.clock.move_to(NOW + timedelta(minutes=9))
        self.assertTrue(self.set_up(SERIAL, self.secret_of(answer)))

    @mute_logger(LEDGER)
    def test_it_connects_no_other_box(self):
        _token, answer = self.make(SERIAL)
        before = self.snapshot()
        self.assertIsNone(self.set_up('20000000abcd1234', self.secret_of(answer)))
        self.assertEqual(self.snapshot(), before)
        self.assertTrue(self.set_up(SERIAL, self.secret_of(answer)))

    @mute_logger(LEDGER)
    def test_it_expires_unused(self):
        _token, answer = self.make(SERIAL)
        self.clock.move_to(NOW + timedelta(minutes=10))
        self.assertIsNone(self.set_up(SERIAL, self.secret_of(answer)))

    def test_a_base_url_no_box_can_use_is_told(self):
        self.env['ir.config_parameter'].set_param('web.base.url', 'http://localhost:8069')
        self.assertEqual(
            self.tokens.create_for_handing_over(SERIAL),
            {'error': 'base_url_localhost', 'base_url': 'http://localhost:8069'},
        )

    def test_two_do_not_reach_for_one_box_at_once(self):
        token, _answer = self.make(SERIAL)
        other_tokens = self.env['iot.token'].with_user(self.other_manager)
        for tokens in (self.tokens, other_tokens):
            before = self.snapshot()
            self.assertEqual(tokens.create_for_handing_over(SERIAL), {'error': 'box_busy'})
            self.assertEqual(self.snapshot(), before)
        self.assertIn('id', self.tokens.create_for_handing_over('20000000abcd1234'))
        self.assertEqual(token.state, 'available')

    def test_two_at_the_same_instant_are_told_apart_by_the_database(self):
        self.make(SERIAL)
        # as if the former token were not committed yet
        self.patch(type(self.tokens), '_is_box_held', lambda tokens, identifier: False)
        with mute_logger('odoo.sql_db'), self.assertRaises(ConcurrencyError):
            self.make(SERIAL)

    def test_a_box_is_free_again_when_the_token_is_used_given_up_or_old(self):
        token, _answer = self.make(SERIAL)
        token.action_revoke()
        _token, answer = self.make(SERIAL)
        self.set_up(SERIAL, self.secret_of(answer))
        self.make(SERIAL)
        self.clock.tick(timedelta(seconds=14))
        self.assertEqual(self.tokens.create_for_handing_over(SERIAL), {'error': 'box_busy'})
        self.clock.tick(timedelta(seconds=1))
        self.make(SERIAL)

    def test_what_no_box_is_called_is_refused(self):
        for identifier in ('a b', '<b>', 'x' * 129, 12, ['x'], '../x'):
            with self.assertRaises(UserError):
                self.tokens.create_for_handing_over(identifier)
        self.assertFalse(self.tokens.search([]))

    def test_only_administrators_make_and_use_them(self):
        token, answer = self.make()
        for user in (self.user, self.outsider, self.public_user):
            tokens = self.env['iot.token'].with_user(user)
            for call in (
                lambda tokens=tokens: tokens.create_for_handing_over(SERIAL),
                lambda tokens=tokens: tokens.get_discovery_hints(),
                lambda user=user: token.with_user(user).action_undo(),
                lambda user=user: token.with_user(user).action_hand_to_broker(
                    'x', answer['legacy_token']
                ),
            ):
                with self.assertRaises(AccessError):
                    call()


class TestHandToBroker(HandedCommon):
    def setUp(self):
        super().setUp()
        self.broker = self.env['iot.broker.pairing']
        self.patch(discovery_hints, 'db_list', lambda force, host: [self.env.cr.dbname])

    def test_the_box_with_the_code_gets_the_way_here(self):
        code, uuid = self.broker._register_box(SERIAL, source='203.0.113.5')
        token, answer = self.make()
        self.assertEqual(
            token.action_hand_to_broker(code.lower(), answer['legacy_token']),
            {'serial_number': SERIAL},
        )
        way = self.broker._poll(code, uuid)
        self.assertEqual('|'.join(way.values()), answer['legacy_token'])
        self.assertTrue(self.set_up(SERIAL, way['token']))
        self.assertEqual(token.state, 'used')

    def test_a_wrong_code_is_told_and_the_right_one_then_works(self):
        code, _uuid = self.broker._register_box(SERIAL, source='203.0.113.5')
        token, answer = self.make()
        self.assertEqual(
            token.action_hand_to_broker('ZZZ-ZZZ-ZZZ', answer['legacy_token']),
            {'error': 'unknown_code'},
        )
        self.assertEqual(
            token.action_hand_to_broker(code, answer['legacy_token']), {'serial_number': SERIAL}
        )

    def test_a_failed_attempt_leaves_the_code_for_the_next(self):
        code, uuid = self.broker._register_box(SERIAL, source='203.0.113.5')
        token, answer = self.make()
        token.action_hand_to_broker(code, answer['legacy_token'])
        token.action_revoke()
        self.assertEqual(self.broker._poll(code, uuid), {})
        token, answer = self.make()
        self.assertEqual(
            token.action_hand_to_broker(code, answer['legacy_token']), {'serial_number': SERIAL}
        )
        self.assertTrue(self.set_up(SERIAL, self.broker._poll(code, uuid)['token']))

    def test_the_wrong_codes_of_a_user_are_counted(self):
        token, answer = self.make()
        for _try in range(20):
            token.action_hand_to_broker('ZZZ-ZZZ-ZZZ', answer['legacy_token'])
        code, _uuid = self.broker._register_box(SERIAL, source='203.0.113.5')
        self.assertEqual(
            token.action_hand_to_broker(code, answer['legacy_token']), {'error': 'locked'}
        )
        [guesser] = self.env['iot.broker.guesser'].search([])
        self.assertEqual(guesser.key, f'user {self.manager.id}')

    def test_only_the_maker_of_the_token_can_hand_it_over(self):
        code, uuid = self.broker._register_box(SERIAL, source='203.0.113.5')
        token, answer = self.make()
        url, secret, db_uuid, contract = answer['legacy_token'].split('|')
        for forged in (
            f'{url}|{"0" * 48}|{db_uuid}|{contract}',
            f'{url}|{secret}|{db_uuid}',
            f'javascript:alert(1)|{secret}|{db_uuid}|{contract}',
            f'http://localhost|{secret}|{db_uuid}|{contract}',
            f'{url}|{secret}|{"u" * 129}|{contract}',
            f'{url}|{secret}|{db_uuid}|a\nb',
            '',
            None,
            ['x'],
        ):
            self.assertEqual(token.action_hand_to_broker(code, forged), {'error': 'token'})
        self.assertEqual(self.broker._poll(code, uuid), {})

    def test_a_box_could_not_tell_which_of_several_databases(self):
        code, uuid = self.broker._register_box(SERIAL, source='203.0.113.5')
        self.patch(discovery_hints, 'db_list', lambda force, host: ['one', 'two'])
        token, answer = self.make()
        self.assertEqual(
            token.action_hand_to_broker(code, answer['legacy_token']), {'error': 'databases'}
        )
        self.assertEqual(self.broker._poll(code, uuid), {})

    def test_another_broker_is_asked_if_one_is_configured(self):
        self.env['ir.config_parameter'].set_param(
            const.BROKER_URL_PARAMETER, 'https://broker.example.com'
        )
        code, _uuid = self.broker._register_box(SERIAL, source='203.0.113.5')
        token, answer = self.make()
        with patch.object(handed_pairing, 'BrokerClient', autospec=True) as client:
            client.return_value.claim.return_value = '20000000abcd1234'
            self.assertEqual(
                token.action_hand_to_broker(code, answer['legacy_token']),
                {'serial_number': '20000000abcd1234'},
            )
            client.assert_called_once_with('https://broker.example.com')
            client.return_value.claim.side_effect = BrokerError('broker_unreachable')
            self.assertEqual(
                token.action_hand_to_broker(code, answer['legacy_token']),
                {'error': 'broker_unreachable'},
            )
