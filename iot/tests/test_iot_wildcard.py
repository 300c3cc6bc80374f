from datetime import timedelta
from functools import partial
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tools import file_open, mute_logger

from .. import const
from ..tools.authorities import odoo
from .certificate_common import CertificateCommon
from .common import NOW
from .odoo_service import SUBJECT, OdooServiceMixin

CRON = 'iot.iot_wildcard_cron_issue'


class WildcardCommon(OdooServiceMixin, CertificateCommon):
    """Certificates come from Odoo's service, which runs in this process."""

    def setUp(self):
        super().setUp()
        self.set_params({const.CERTIFICATE_AUTHORITY_PARAMETER: const.ODOO_AUTHORITY})
        init = odoo.OdooAuthority.__init__
        url = self.service.url
        self.enterContext(
            patch.object(
                odoo.OdooAuthority,
                '__init__',
                lambda self, uuid, code: init(self, uuid, code, url=url),
            )
        )
        self.env['ir.cron.trigger'].search([]).unlink()

    @mute_logger('odoo.addons.iot.models.iot_wildcard')
    def run_cron(self, name=CRON):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()

    def triggers(self, name=CRON):
        cron = self.env.ref(name)
        return self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)]).mapped('call_at')

    @property
    def wildcard(self):
        return self.env['iot.wildcard'].search([])

    def events(self):
        return self.env['iot.certificate.event'].search([]).mapped('code')


class TestIotWildcard(WildcardCommon):
    def test_the_first_box_that_asks_has_the_certificate_made(self):
        answer = self.ask()
        self.assertEqual(answer.code, 'being_made')
        self.assertFalse(self.service.requests, "no box waits for an authority")
        self.assertEqual(self.triggers(), [NOW])
        self.service.will_issue()
        self.run_cron()
        answer = self.ask()
        self.assertEqual(answer['subject_cn'], SUBJECT)
        self.assertIn('PRIVATE KEY', answer['private_key_pem'])
        self.assertEqual(answer['x509_pem'].count('BEGIN CERTIFICATE'), 2)
        self.assertEqual(self.ask()['private_key_pem'], answer['private_key_pem'])
        self.assertEqual(len(self.service.requests), 1)
        self.assertEqual(self.certificates.search([], limit=1).names, SUBJECT)
        self.assertEqual(self.events()[-2:], ['made', 'being_made'])

    def test_the_plain_contract_gets_it_without_an_iot_domain(self):
        self.service.will_issue()
        self.run_cron()
        self.assertEqual(self.ask_by_contract()['subject_cn'], SUBJECT)

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

    def test_it_is_renewed_in_time_and_boxes_get_the_new_one(self):
        self.service.will_issue()
        self.run_cron()
        first = self.ask()
        renew_at = self.wildcard.renew_at
        self.assertIn(renew_at, self.triggers())
        self.assertTrue(timedelta(days=55) < renew_at - NOW < timedelta(days=60))
        self.clock.move_to(renew_at - timedelta(seconds=1))
        self.run_cron()
        self.assertEqual(len(self.service.requests), 1)
        self.clock.move_to(renew_at)
        self.service.will_answer(self.service.result(now=renew_at))
        self.run_cron()
        self.assertEqual(self.wildcard.not_after, renew_at + timedelta(days=90))
        self.assertNotEqual(self.ask()['private_key_pem'], first['private_key_pem'])

    def test_a_renewal_that_fails_keeps_what_there_is_and_is_tried_again(self):
        self.service.will_issue()
        self.run_cron()
        first = self.ask()
        self.clock.move_to(self.wildcard.renew_at)
        self.service.answers.append((503, b''))
        self.run_cron()
        certificate = self.wildcard
        self.assertEqual(certificate.failure, "Odoo's service answered with status 503.")
        self.assertEqual((certificate.failure_count, self.events()[0]), (1, 'unavailable'))
        self.assertEqual(self.ask()['private_key_pem'], first['private_key_pem'])
        retry_at = certificate.retry_at
        self.assertIn(retry_at, self.triggers())
        self.clock.move_to(retry_at - timedelta(seconds=1))
        self.run_cron()
        self.assertEqual(len(self.service.requests), 2)
        self.clock.move_to(retry_at)
        self.service.will_answer(self.service.result(now=retry_at))
        self.run_cron()
        self.assertFalse(self.wildcard.failure or self.wildcard.retry_at)

    def test_an_ended_certificate_is_not_handed_out(self):
        self.service.will_issue()
        self.run_cron()
        self.clock.move_to(self.wildcard.not_after)
        self.set_params({'database.expiration_date': '2099-01-01 00:00:00'})
        self.assertEqual(self.ask().code, 'being_made')

    def test_boxes_that_ask_in_a_pause_do_not_end_it(self):
        self.service.answers.append((503, b''))
        self.run_cron()
        triggers = self.triggers()
        self.assertEqual(self.ask().code, 'being_made')
        self.assertEqual(self.triggers(), triggers)
        self.run_cron()
        self.assertEqual(len(self.service.requests), 1)

    def test_people_end_a_pause_unless_the_authority_asked_for_it(self):
        self.service.answers.append((503, b''))
        self.run_cron()
        settings = self.env['res.config.settings'].create({})
        settings.action_get_iot_certificate()
        self.service.will_issue()
        self.run_cron()
        self.assertTrue(self.wildcard.not_after)
        self.wildcard.write({'is_pause_wanted': True, 'retry_at': NOW + timedelta(hours=1)})
        with self.assertRaisesRegex(Exception, "asked not to be asked again before 2026-03-02"):
            settings.action_get_iot_certificate()
        self.assertTrue(self.wildcard.retry_at)

    def test_a_database_that_is_not_eligible_asks_nobody(self):
        self.set_params({'database.expiration_date': '2026-03-01 00:00:00'})
        self.run_cron()
        self.assertFalse(self.service.requests)
        self.assertEqual(self.events(), ['not_eligible'])
        self.assertIn("subscription", self.wildcard.failure)
        with self.assertRaisesRegex(Exception, "subscription of this database has ended"):
            self.env['res.config.settings'].create({}).action_get_iot_certificate()

    def test_the_own_authority_needs_no_wildcard(self):
        self.set_params({const.CERTIFICATE_AUTHORITY_PARAMETER: False})
        self.run_cron()
        self.assertFalse(self.wildcard)
        self.assertIn('x509_pem', self.ask())

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
