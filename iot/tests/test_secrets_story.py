"""No secret of a box leaves the places where it has to be, from its pairing to its end."""

import json
import logging

from odoo.tools import SQL, file_open, mute_logger

from ..models.iot_acme import KEY_SECRET, STATE
from ..models.iot_certificate_root import PURPOSE
from ..tools.sealed_text import unseal
from .access_common import AccessCommon
from .certificate_common import HOME, CertificateCommon
from .common import DEVICES

DNS_SECRET = 'ZG5zIGtleSBvZiB0aGUgem9uZQ=='
ACCOUNT = {'account_key': 'key of an ACME account'}
DEBUG_TOKEN = 'ngrok_authtoken_of_somebody'
RECEIPT = 'cmVjZWlwdCBvZiBzb21lYm9keQ=='
SERIAL = '20000000abcd1234'


class TestSecretsStory(CertificateCommon, AccessCommon):
    def make_records(self):
        """Override: the story makes them."""

    def tell(self):
        """Live through the story; return its secrets by name, each a text to search for."""
        tokens = self.env['iot.token'].with_user(self.manager)
        offline, handed = tokens.create_for_offline_pairing(), tokens.create_for_handing_over()
        secrets = {
            'token of offline pairing': offline['legacy_token'].split('|')[1],
            'token of a box': self.secret,
            'token handed over': handed['legacy_token'].split('|')[1],
        }
        pairings = self.env['iot.broker.pairing']
        code, secrets['uuid of a pairing'] = pairings._register_box(SERIAL, source=HOME)
        pairings._claim(
            code,
            guessers=['user'],
            url='https://odoo.example.com',
            token=secrets['token handed over'],
            db_uuid='',
            enterprise_code='',
        )
        delivered = pairings._poll(code, secrets['uuid of a pairing'])
        self.assertEqual(delivered['token'], secrets['token handed over'])
        secrets['channel of a box'] = self.set_up(SERIAL, delivered['token'], DEVICES)
        self.env['iot.secret']._set(KEY_SECRET, DNS_SECRET)
        secrets['key of a zone'] = DNS_SECRET
        self.env['iot.secret']._set(STATE, json.dumps(ACCOUNT))
        secrets['key of an account'] = ACCOUNT['account_key']
        answer = self.ask(SERIAL, delivered['token'])
        secrets['private key'] = answer['private_key_pem'].split('\n')[1]
        root = self.env['iot.certificate.root'].search([])
        database_secret = self.env['ir.config_parameter'].get_param('database.secret')
        root_key = unseal(root.sealed_key, database_secret, PURPOSE)
        secrets['private key of the root'] = root_key.split('\n')[1]
        box = self.find_box(SERIAL)
        box._websocket_opened('key')
        debugging = box._send_command('remote_debug', status=False, token=DEBUG_TOKEN).sudo()
        debugging._end('done')
        secrets['token of remote debugging'] = DEBUG_TOKEN
        printer = box.device_ids.filtered(lambda device: device.type == 'printer')
        printing = printer._send_action('print_receipt', receipt=RECEIPT).sudo()
        printing._end('done')
        secrets['what was printed'] = RECEIPT
        self.set_up(SERIAL, 'wrong' + self.secret)
        box.with_user(self.manager).unlink()
        self.env.flush_all()
        return secrets

    def assertNone(self, secrets, text, where):
        self.assertTrue(text)
        for name, secret in secrets.items():
            with self.subTest(where, name=name):
                self.assertNotIn(secret, text)

    def test_neither_logs_nor_tables_nor_the_bus_have_a_secret(self):
        with self.assertLogs('odoo', 'DEBUG') as logs:
            secrets = self.tell()
        # what Odoo itself logs of a call at this level is up to who asks for it
        ours = [
            record.getMessage()
            for record in logs.records
            if record.name.startswith('odoo.addons') or record.levelno >= logging.INFO
        ]
        self.assertNone(secrets, '\n'.join(ours), 'log')
        self.assertNone(secrets, self.bus(), 'bus')
        self.assertNone(secrets, self.tables(), 'tables')

    def bus(self):
        """Return what was sent, but for the commands that bring a box what it needs."""
        sent = self.env.cr.precommit.data['bus.bus.values']
        return '\n'.join(
            f"{message['channel']} {message['message']}"
            for message in sent
            if json.loads(message['channel'])[1] != 'iot.box'
            or json.loads(message['message'])['type'] not in ('remote_debug', 'iot_action')
        )

    def tables(self):
        """Return all rows that this transaction has written, in whatever table."""
        texts = []
        for [table] in self.env.execute_query(
            SQL("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ):
            rows = self.env.execute_query(
                SQL(
                    "SELECT to_jsonb(t)::text FROM %s t WHERE age(xmin) <= age(%s::text::xid)",
                    SQL.identifier(table),
                    self.first_transaction,
                )
            )
            texts += [text for [text] in rows]
        return '\n'.join(texts)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [[cls.first_transaction]] = cls.env.execute_query(
            SQL("SELECT (pg_current_xact_id()::text::bigint %% 4294967296)::text")
        )

    @mute_logger('odoo.addons.iot.models.iot_connection_attempt')
    def test_the_most_powerful_user_reads_and_exports_no_secret(self):
        secrets = self.tell()
        user = self.everything()
        texts = []
        for model in self.own_models():
            records = self.env[model].with_user(user)
            if not records.has_access('read'):
                continue
            found = records.search([])
            names = [name for name, field in records.fields_get().items() if field['exportable']]
            texts += [str(found.read()), str(found.export_data(names)['datas'])]
        parameters = self.env['ir.config_parameter'].with_user(user)
        texts.append(str(parameters.search([('key', '!=', 'database.secret')]).read()))
        self.assertNone(secrets, '\n'.join(texts), 'reading')

    @mute_logger('odoo.addons.iot.models.iot_connection_attempt')
    def test_a_neutralized_copy_has_no_key(self):
        secrets = self.tell()
        with file_open('iot/data/neutralize.sql') as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertNone(secrets, self.tables(), 'copy')
        self.assertFalse(self.env['iot.secret'].search([]))
        self.assertFalse(self.env['iot.certificate.root'].search([]))
