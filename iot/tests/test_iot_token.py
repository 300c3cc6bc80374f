from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from ..const import TOKEN_VALIDITY_PARAMETER
from ..tools.connection_token import url_form
from .common import NOW, IotCommon


class TestOfflinePairing(IotCommon):
    def create_token(self, user=None):
        return self.env['iot.token'].with_user(user or self.manager).create_for_offline_pairing()

    def secret_of(self, answer):
        return answer['legacy_token'].split('|')[1]

    def test_a_token_is_written_in_both_forms(self):
        self.env['ir.config_parameter'].set_param('database.enterprise_code', 'M1234')
        uuid = self.env['ir.config_parameter'].get_param('database.uuid')
        answer = self.create_token()
        secret = self.secret_of(answer)
        self.assertEqual(
            answer,
            {
                'id': self.env['iot.token'].search([]).id,
                'seconds_left': 3600,
                'warning': None,
                'token': url_form(
                    'https://odoo.example.com',
                    secret,
                    db_uuid=uuid,
                    enterprise_code='M1234',
                    db_name=self.env.cr.dbname,
                ),
                'legacy_token': f'https://odoo.example.com|{secret}|{uuid}|M1234',
            },
        )

    def test_the_secret_is_nowhere_in_the_database(self):
        answer = self.create_token()
        secret = self.secret_of(answer)
        channel = self.set_up('b1', secret)
        self.env.flush_all()
        self.env.cr.execute("SELECT to_json(t)::text FROM iot_token t")
        [(row,)] = self.env.cr.fetchall()
        self.assertNotIn(secret, row)
        self.assertNotIn(channel, row)

    def test_the_token_works(self):
        answer = self.create_token()
        self.assertTrue(self.set_up('b1', self.secret_of(answer)))
        self.assertEqual(self.env['iot.token'].browse(answer['id']).box_id, self.find_box('b1'))

    def test_a_base_url_no_box_can_use_is_told_and_makes_no_token(self):
        for base_url, code in [
            ('http://localhost:8069', 'base_url_localhost'),
            ('https://example.com/odoo', 'base_url_path'),
        ]:
            self.env['ir.config_parameter'].set_param('web.base.url', base_url)
            self.assertEqual(self.create_token(), {'error': code, 'base_url': base_url})
        self.assertFalse(self.env['iot.token'].search([]))

    def test_a_base_url_that_few_boxes_can_use_is_a_warning(self):
        self.env['ir.config_parameter'].set_param('web.base.url', 'http://127.0.0.1:8069')
        self.assertEqual(self.create_token()['warning'], 'base_url_loopback')

    def test_only_administrators_make_tokens(self):
        for user in (self.user, self.outsider, self.public_user):
            with self.assertRaises(AccessError):
                self.create_token(user)
        self.assertFalse(self.env['iot.token'].search([]))

    def test_the_validity_is_a_setting_within_bounds(self):
        for minutes, seconds in [
            ('10', 600),
            ('0', 300),
            ('-5', 300),
            ('99999999', 7 * 86400),
            ('9' * 30, 3600),
            ('soon', 3600),
            ('', 3600),
        ]:
            self.env['ir.config_parameter'].set_param(TOKEN_VALIDITY_PARAMETER, minutes)
            self.assertEqual(self.create_token()['seconds_left'], seconds, minutes)

    def test_the_settings_refuse_a_validity_out_of_bounds(self):
        settings = self.env['res.config.settings']
        settings.create({'iot_token_validity_minutes': 30}).execute()
        self.assertEqual(self.create_token()['seconds_left'], 1800)
        for minutes in (0, 4, 7 * 24 * 60 + 1):
            with self.assertRaises(ValidationError):
                settings.create({'iot_token_validity_minutes': minutes})


class TestRevocation(IotCommon):
    def test_an_unused_token_is_revoked_and_its_maker_told(self):
        token, _secret = self.mint()
        token.with_user(self.manager).action_revoke()
        self.assertRecordValues(
            token, [{'state': 'revoked', 'revoked_at': NOW, 'revoked_by_id': self.manager.id}]
        )
        [(channel, message)] = self.notifications('iot.token/revoked')
        self.assertIn(f'"res.partner",{self.manager.partner_id.id}', channel)
        self.assertIn(f'"token_id":{token.id}', message)

    def test_a_used_token_is_not_revoked_its_box_is_deleted_instead(self):
        box, secret, channel = self.connect()
        token = self.env['iot.token'].search([('box_id', '=', box.id)])
        token.with_user(self.manager).action_revoke()
        self.assertEqual(token.state, 'used')
        self.assertEqual(self.set_up(box.identifier, secret), channel)

    def test_revoking_twice_keeps_the_first_date(self):
        token, _secret = self.mint()
        token.with_user(self.manager).action_revoke()
        self.clock.move_to(NOW + timedelta(minutes=5))
        token.with_user(self.manager).action_revoke()
        self.assertEqual(token.revoked_at, NOW)

    def test_only_administrators_of_the_company_revoke(self):
        token, _secret = self.mint()
        for user in (self.user, self.outsider, self.public_user, self.other_manager):
            with self.assertRaises(AccessError):
                token.with_user(user).action_revoke()
        self.assertEqual(token.state, 'available')


class TestTokenStates(IotCommon):
    def test_tokens_are_found_by_their_state(self):
        tokens = self.env['iot.token']
        revoked, _secret = self.mint()
        revoked._revoke()
        expired, _secret = self.mint()
        self.clock.move_to(NOW + timedelta(hours=2))
        box, _secret, _channel = self.connect()
        used = tokens.search([('box_id', '=', box.id)])
        available, _secret = self.mint()
        for state, token in [
            ('revoked', revoked),
            ('expired', expired),
            ('used', used),
            ('available', available),
        ]:
            self.assertEqual(token.state, state)
            self.assertEqual(tokens.search([('state', '=', state)]), token)
        self.assertEqual(tokens.search([('state', 'in', ('used', 'expired'))]), used | expired)
        self.assertEqual(tokens.search([('state', '!=', 'used')]), available | expired | revoked)

    @mute_logger('odoo.sql_db')
    def test_a_box_never_has_two_valid_tokens(self):
        box, _secret, _channel = self.connect()
        token, _secret = self.mint()
        with self.assertRaises(UniqueViolation):
            token.box_id = box
            token.flush_recordset()

    def test_dead_tokens_are_cleaned_up_and_living_ones_kept(self):
        box, _secret, _channel = self.connect()
        used = self.env['iot.token'].search([('box_id', '=', box.id)])
        dead, _secret = self.mint()
        revoked, _secret = self.mint()
        revoked._revoke()
        self.clock.move_to(NOW + timedelta(days=30))
        self.env['iot.token']._gc_dead_tokens()
        self.assertTrue(dead.exists() and revoked.exists())
        self.clock.move_to(NOW + timedelta(days=30, hours=2))
        recent, _secret = self.mint()
        self.env['iot.token']._gc_dead_tokens()
        self.assertEqual(self.env['iot.token'].search([]), used | recent)
