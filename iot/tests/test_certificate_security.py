from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import file_open, mute_logger

from .. import const
from .certificate_common import HOME, CertificateCommon

MODELS = ('iot.certificate', 'iot.certificate.event', 'iot.certificate.root')


class TestCertificateSecurity(CertificateCommon):
    """What nobody gets to see of certificates, or may do with them."""

    def test_a_token_that_was_replaced_gets_nothing(self):
        former = self.secret
        _token, secret = self.mint()
        self.set_up(self.box.identifier, secret)
        self.assertRefused(self.ask(token=former), 'refused')
        self.assertIn('x509_pem', self.ask(token=secret))

    def test_a_box_of_another_company_is_no_other_box(self):
        other, secret, _channel = self.connect(
            '30000000abcd1234', user=self.other_manager, ip='192.168.1.21'
        )
        self.assertRefused(self.ask(other.identifier, self.secret), 'refused')
        self.assertRefused(self.ask(other.identifier, secret), 'foreign_address')
        self.assertIn('x509_pem', self.ask(other.identifier, secret, '192.168.1.21'))
        certificate = self.certificates.search([])
        self.assertEqual(certificate.with_user(self.other_manager).names, '192.168.1.21')
        with self.assertRaises(AccessError):
            certificate.with_user(self.manager).read(['names'])

    def test_no_key_is_logged_for_a_box_that_asks_by_contract(self):
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        with self.assertLogs('odoo', 'DEBUG') as logs:
            answer = self.ask_by_contract()
        key = answer['private_key_pem'].split('\n')[1]
        self.assertNotIn(key, str(logs.output))
        self.assertNotIn('PRIVATE', str(logs.output))
        self.env.cr.execute("SELECT jsonb_agg(to_jsonb(c)) FROM iot_certificate c")
        self.assertNotIn(key, str(self.env.cr.fetchall()))

    @mute_logger('odoo.models')
    def test_nobody_writes_or_makes_certificates_by_hand(self):
        self.ask()
        everything = new_test_user(
            self.env, 'everything', 'iot.group_iot_manager,base.group_system'
        )
        everything.write({'company_ids': [Command.link(self.other_company.id)]})
        for model in MODELS:
            records = self.env[model].search([]).with_user(everything)
            self.assertTrue(records)
            with self.subTest(model=model):
                for call in (
                    lambda records=records: records.write({'display_name': "x"}),
                    lambda records=records: records.create({}),
                    lambda records=records: records.copy(),
                    lambda records=records: records.unlink(),
                ):
                    with self.assertRaises(AccessError):
                        call()
        self.assertEqual(len(self.certificates.search([])), 1)

    def test_a_copy_of_a_box_and_its_export_have_nothing_of_its_certificate(self):
        self.ask()
        names = ('certificate_end_date', 'certified_address', 'clock_offset')
        self.box.write({'certified_address': HOME, 'clock_offset': 7})
        self.assertFalse(set(names) & set(self.box.copy_data()[0]))
        for user in (self.user, self.manager, self.env.ref('base.user_admin')):
            with self.assertRaises(AccessError):
                self.box.with_user(user).read(['certified_address'])

    def test_a_neutralized_copy_gives_no_certificate_to_any_box(self):
        self.ask()
        before = self.certificates.search([])
        for addon in ('base', 'iot'):
            with file_open(f'{addon}/data/neutralize.sql') as script:
                self.env.cr.execute(script.read())
        self.env.registry.clear_cache('stable')
        self.env.invalidate_all()
        self.assertEqual(self.ask().code, 'refused')
        self.assertEqual(self.ask_by_contract().code, 'not_eligible')
        self.assertEqual(self.certificates.search([]), before)
        self.assertFalse(self.env['iot.certificate.root'].search([]))
