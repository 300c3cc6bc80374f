from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user
from odoo.tools import mute_logger

from .. import const
from ..exceptions import AuthorityError, DnsUpdateError
from ..models.iot_acme import KEY_SECRET, STATE, AcmeStore
from ..tools import dns_update
from ..tools.authorities import acme
from .certificate_common import CertificateCommon

ZONE = 'iot.example.com'
SETTINGS = {
    'iot_certificate_authority': const.ACME_AUTHORITY,
    'iot_domain': ZONE,
    'iot_acme_directory_url': 'https://acme.example.com/directory',
    'iot_acme_email': 'admin@example.com',
    'iot_acme_terms_accepted': True,
    'iot_dns_server': 'ns1.example.com',
    'iot_dns_key_name': 'iot-key',
    'iot_dns_key_algorithm': 'hmac-sha512',
    'iot_dns_key_secret': 'c2VjcmV0',
}


class TestAcmeSettings(CertificateCommon):
    def settings(self, **values):
        return self.env['res.config.settings'].create(values)

    def configure(self, **values):
        settings = self.settings(**{**SETTINGS, **values})
        settings.set_values()
        self.env.flush_all()
        return settings

    def test_settings_are_kept_and_make_an_authority(self):
        self.configure()
        settings = self.settings()
        for field, value in SETTINGS.items():
            expected = False if field == 'iot_dns_key_secret' else value
            self.assertEqual(settings[field], expected, field)
        authority = self.env['iot.certificate.authority']._build(const.ACME_AUTHORITY)
        self.assertEqual(authority._settings.directory_url, SETTINGS['iot_acme_directory_url'])
        server = self.env['iot.acme']._get_dns_zone()._server
        self.assertEqual(
            (server.host, server.zone, server.key_name, server.key_secret, server.key_algorithm),
            ('ns1.example.com', ZONE, 'iot-key', 'c2VjcmV0', 'hmac-sha512'),
        )

    def test_the_secret_is_written_and_never_read_back(self):
        settings = self.configure()
        self.assertTrue(settings.iot_has_dns_key_secret)
        settings.invalidate_recordset()
        self.assertFalse(settings.iot_dns_key_secret)
        self.env.cr.execute("SELECT to_jsonb(t)::text FROM res_config_settings t")
        rows = str(self.env.cr.fetchall())
        self.env.cr.execute("SELECT to_jsonb(t)::text FROM iot_secret t")
        rows += str(self.env.cr.fetchall())
        self.env.cr.execute("SELECT key || value FROM ir_config_parameter")
        rows += str(self.env.cr.fetchall())
        self.assertNotIn('c2VjcmV0', rows)

    def test_an_empty_secret_keeps_the_one_that_is_there(self):
        self.configure()
        self.configure(iot_dns_key_secret=False)
        self.assertEqual(self.env['iot.secret']._get(KEY_SECRET), 'c2VjcmV0')
        self.configure(iot_dns_key_secret=' b3RoZXI= ')
        self.assertEqual(self.env['iot.secret']._get(KEY_SECRET), 'b3RoZXI=')

    def test_what_is_missing_is_said(self):
        self.configure()
        authorities = self.env['iot.certificate.authority']
        for parameter in ('iot.dns_server', 'iot.dns_key_name', const.IOT_DOMAIN_PARAMETER):
            value = self.env['ir.config_parameter'].get_param(parameter)
            self.set_params({parameter: False})
            with self.subTest(parameter), self.assertRaises(AuthorityError) as failed:
                authorities._build(const.ACME_AUTHORITY)
            self.assertEqual(failed.exception.code, 'not_configured')
            self.set_params({parameter: value})
        self.env['iot.secret']._set(KEY_SECRET, None)
        with self.assertRaisesRegex(AuthorityError, "secret of its key, is missing"):
            authorities._build(const.ACME_AUTHORITY)

    def test_settings_that_cannot_work_are_refused(self):
        for values, words in (
            ({'iot_acme_directory_url': 'http://acme.example.com/'}, "begins with https://"),
            ({'iot_acme_directory_url': 'https://'}, "begins with https://"),
            ({'iot_dns_zone': 'example.org'}, "IoT domain, or a domain above it"),
            ({'iot_dns_zone': 'x.iot.example.com'}, "IoT domain, or a domain above it"),
            ({'iot_dns_zone': 'nonsense'}, "IoT domain, or a domain above it"),
        ):
            with self.subTest(**values), self.assertRaisesRegex(ValidationError, words):
                self.settings(**{**SETTINGS, **values})
        self.configure(iot_dns_zone='example.com')
        self.assertEqual(self.env['iot.acme']._get_dns_zone()._server.zone, 'example.com')

    def test_choosing_acme_without_its_libraries_says_what_to_install(self):
        with (
            patch.object(acme, 'AcmeSession', None),
            self.assertRaisesRegex(ValidationError, "pip install acme dnspython"),
        ):
            self.settings(**SETTINGS)
        with (
            patch.object(dns_update, 'dns', None),
            self.assertRaisesRegex(ValidationError, "pip install acme dnspython"),
        ):
            self.settings(**SETTINGS)
            self.settings(iot_certificate_authority=const.ODOO_AUTHORITY)

    def test_terms_are_those_of_one_authority(self):
        self.configure()
        form = Form(self.env['res.config.settings'], view='iot.res_config_settings_view_form')
        self.assertTrue(form.iot_acme_terms_accepted)
        form.iot_acme_directory_url = const.DEFAULT_ACME_DIRECTORY
        self.assertFalse(form.iot_acme_terms_accepted)

    def test_account_and_order_are_sealed_and_outlast_the_transaction(self):
        state = {'key': 'PRIVATE', 'order': {'names': ['*.x'], 'key': 'PRIVATE'}}
        with self.enter_registry_test_mode():
            store = AcmeStore(self.env.registry)
            self.assertEqual(store.load(), {})
            store.save(state)
            store.save({**state, 'account': 'https://acme.example.com/1'})
        self.env.cr.execute("SELECT to_jsonb(t)::text FROM iot_secret t")
        self.assertNotIn('PRIVATE', str(self.env.cr.fetchall()))
        with self.enter_registry_test_mode():
            account = AcmeStore(self.env.registry).load()
        self.assertEqual(account, {**state, 'account': 'https://acme.example.com/1'})
        self.assertEqual(self.env['iot.secret'].search_count([('name', '=', STATE)]), 1)

    @mute_logger('odoo.addons.iot.models.iot_secret')
    def test_a_copy_does_not_use_the_account_of_the_original(self):
        self.configure()
        self.env['iot.secret']._set(STATE, '{"key": "x"}')
        self.env.cr.execute(
            "UPDATE ir_config_parameter SET value = 'other' WHERE key = 'database.secret'"
        )
        self.env.registry.clear_cache('stable')
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.assertEqual(AcmeStore(self.env.registry).load(), {})
        with self.assertRaises(DnsUpdateError):
            self.env['iot.acme']._get_dns_zone()

    @mute_logger('odoo.models')
    def test_only_administrators_of_odoo_and_iot_use_the_buttons(self):
        self.configure()
        system = new_test_user(self.env, 'system', 'base.group_system')
        for user in (self.user, self.manager, self.outsider, self.public_user, system):
            for settings in (
                self.env['res.config.settings'].with_user(user),
                self.settings().with_user(user),
            ):
                for action in ('action_test_iot_acme', 'action_get_iot_certificate'):
                    with (
                        self.subTest(user=user.login, action=action),
                        self.assertRaises(AccessError),
                    ):
                        getattr(settings, action)()
        self.assertFalse(self.env['iot.wildcard'].search([]))

    def test_the_test_says_in_words_what_is_wrong(self):
        self.configure()
        self.env['iot.secret']._set(KEY_SECRET, None)
        with self.assertRaisesRegex(
            UserError, "failed: .* \\(The DNS server, or the name or secret"
        ):
            self.settings().action_test_iot_acme()
        self.env['iot.secret']._set(KEY_SECRET, 'not base64')
        with self.assertRaisesRegex(UserError, "is malformed"):
            self.settings().action_test_iot_acme()

    def test_a_certificate_can_be_asked_for_at_once(self):
        self.configure()
        action = self.settings().action_get_iot_certificate()
        self.assertIn("is being made", action['params']['message'])
        certificate = self.env['iot.wildcard'].search([])
        self.assertEqual(certificate.asked_by_id, self.env.user)
        cron = self.env.ref('iot.iot_wildcard_cron_issue')
        self.assertTrue(self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)]))

    def test_what_became_of_the_certificate_is_shown(self):
        self.configure()
        self.env['iot.wildcard']._make().write(
            {'failure': "No.", 'retry_at': self.box.connected_at + timedelta(hours=1)}
        )
        settings = self.settings()
        self.assertEqual(settings.iot_wildcard_failure, "No.")
        self.assertTrue(settings.iot_wildcard_retry_at)
        self.assertFalse(settings.iot_wildcard_not_after)
