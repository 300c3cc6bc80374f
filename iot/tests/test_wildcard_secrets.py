from datetime import timedelta
from functools import partial

from odoo.exceptions import AccessError
from odoo.tools import file_open, mute_logger

from .. import const
from .common import NOW
from .wildcard_common import WildcardCommon


class TestWildcardSecrets(WildcardCommon):
    def test_its_key_is_sealed(self):
        self.service.will_issue()
        with self.assertLogs('odoo', 'DEBUG') as logs:
            self.run_cron()
        key = self.ask()['private_key_pem'].split('\n')[1]
        self.env.cr.execute("SELECT to_jsonb(t)::text FROM iot_wildcard t")
        rows = str(self.env.cr.fetchall())
        self.env.cr.execute("SELECT to_jsonb(t)::text FROM iot_secret t")
        rows += str(self.env.cr.fetchall())
        for text in (rows, str(logs.output)):
            self.assertNotIn(key, text)
            self.assertNotIn('PRIVATE', text)

    @mute_logger('odoo.addons.iot.models.iot_secret')
    def test_a_key_of_the_original_is_of_no_use_in_a_copy(self):
        self.service.will_issue()
        self.run_cron()
        self.env.cr.execute(
            "UPDATE ir_config_parameter SET value = 'other' WHERE key = 'database.secret'"
        )
        self.env.registry.clear_cache('stable')
        self.env.invalidate_all()
        self.assertEqual(self.ask().code, 'being_made')
        self.service.will_issue()
        self.run_cron()
        self.assertIn('x509_pem', self.ask())

    def test_certificates_of_former_settings_are_forgotten_with_their_keys(self):
        self.service.will_issue()
        self.run_cron()
        self.env['iot.wildcard']._gc_former_certificates()
        self.set_params({const.CERTIFICATE_AUTHORITY_PARAMETER: False})
        self.env['iot.wildcard']._gc_former_certificates()
        self.assertTrue(self.wildcard)
        self.env.cr.execute("UPDATE iot_wildcard SET write_date = %s", [NOW - timedelta(days=2)])
        self.env['iot.wildcard']._gc_former_certificates()
        self.assertFalse(self.wildcard)
        self.assertFalse(self.env['iot.secret'].search([]))

    @mute_logger('odoo.models')
    def test_nobody_reads_or_writes_certificates_and_secrets(self):
        self.service.will_issue()
        self.run_cron()
        secrets = self.env['iot.secret'].search([])
        self.assertTrue(secrets)
        for user in (self.user, self.manager, self.env.ref('base.user_admin'), self.public_user):
            for records in (self.wildcard.with_user(user), secrets.with_user(user)):
                for operation in (
                    records.read,
                    records.unlink,
                    partial(records.search, []),
                    partial(records.write, {'write_date': NOW}),
                    partial(records.create, {}),
                ):
                    with self.assertRaises(AccessError):
                        operation()
        with self.assertRaises(AccessError):
            secrets.with_user(self.env.ref('base.user_admin')).read(['sealed'])

    def test_a_neutralized_copy_has_neither_certificate_nor_secret(self):
        self.service.will_issue()
        self.run_cron()
        with file_open('iot/data/neutralize.sql') as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertFalse(self.wildcard or self.env['iot.secret'].search([]))
