import re
from urllib.parse import parse_qsl, urlsplit

from odoo.tests import BaseCase, tagged

from ..tools import connection_token


@tagged('at_install')
class TestConnectionToken(BaseCase):
    def test_a_token_is_long_random_and_safe_in_every_form(self):
        tokens = {connection_token.new_token() for _ in range(100)}
        self.assertEqual(len(tokens), 100)
        for token in tokens:
            self.assertRegex(token, r'^[0-9a-f]{48}$')

    def test_the_clear_part_leaves_more_than_128_secret_bits(self):
        token = connection_token.new_token()
        secret_part = token[len(connection_token.token_index(token)) :]
        self.assertGreaterEqual(len(secret_part) * 4, 128)

    def test_only_the_same_secret_matches_its_digest(self):
        digest = connection_token.digest('secret')
        self.assertTrue(connection_token.matches('secret', digest))
        for other in ('Secret', 'secret ', '', 'secreu', 'secret\ud800'):
            self.assertFalse(connection_token.matches(other, digest))
        self.assertFalse(connection_token.matches('secret', False))
        self.assertFalse(connection_token.matches('', ''))

    def test_a_channel_depends_on_database_and_token_and_shows_neither(self):
        channel = connection_token.channel_name('database', 'token')
        self.assertEqual(channel, connection_token.channel_name('database', 'token'))
        self.assertNotEqual(channel, connection_token.channel_name('another', 'token'))
        self.assertNotEqual(channel, connection_token.channel_name('database', 'tokem'))
        self.assertTrue(re.fullmatch(r'iot_channel_[0-9a-f]{64}', channel))

    def test_the_url_form_has_the_four_keys_a_box_accepts_and_encodes_them(self):
        text = connection_token.url_form(
            'https://odoo.example.com', 'abc', db_uuid='u-1', enterprise_code='', db_name='a b+c&d'
        )
        parts = urlsplit(text)
        self.assertEqual(f'{parts.scheme}://{parts.netloc}', 'https://odoo.example.com')
        self.assertEqual(
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {'token': 'abc', 'db_uuid': 'u-1', 'enterprise_code': '', 'db_name': 'a b+c&d'},
        )
        self.assertNotIn('|', text)

    def test_the_pipe_form_has_four_parts(self):
        text = connection_token.pipe_form(
            'http://192.168.1.10:8069', 'abc', db_uuid='u-1', enterprise_code=''
        )
        self.assertEqual(text.split('|'), ['http://192.168.1.10:8069', 'abc', 'u-1', ''])
