from datetime import timedelta

from cryptography import x509

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase
from odoo.tools import file_open, mute_logger

from .. import const
from ..exceptions import IotError, MalformedPayload
from ..tools.authorities.own import LEAF_LIFETIME
from ..tools.certificate_payload import BoxCertificatePayload, ContractCertificatePayload
from .common import NOW
from .eligibility_common import EligibilityCommon

HOME = '192.168.1.20'
CODE = 'M26030200000001'


class TestCertificatePayload(BaseCase):
    def test_a_request_of_a_box_is_checked(self):
        params = {'identifier': 'b1', 'token': 't', 'addresses': [HOME, HOME, 'FE80::1']}
        payload = BoxCertificatePayload.parse(params)
        self.assertEqual(payload.addresses, (HOME, 'fe80::1'))
        self.assertNotIn("'t'", repr(payload))
        for wrong in (
            {'identifier': None}, {'token': 7}, {'token': 'x' * 999}, {'token': 'é'},
            {'addresses': None}, {'addresses': HOME}, {'addresses': []}, {'addresses': [7]},
            {'addresses': ['192.168.1']}, {'addresses': [HOME] * 9}, {'addresses': ['*']},
        ):  # fmt: skip
            with self.subTest(wrong=wrong), self.assertRaises(MalformedPayload):
                BoxCertificatePayload.parse({**params, **wrong})

    def test_a_request_by_contract_is_checked(self):
        payload = ContractCertificatePayload.parse({'db_uuid': 'u', 'enterprise_code': None})
        self.assertEqual((payload.db_uuid, payload.enterprise_code), ('u', ''))
        for wrong in ({'db_uuid': 7}, {'enterprise_code': []}, {'db_uuid': 'x' * 999}):
            with self.subTest(wrong=wrong), self.assertRaises(MalformedPayload):
                ContractCertificatePayload.parse(wrong)


class CertificateCommon(EligibilityCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect('20000000abcd1234')
        self.set_params({const.IOT_DOMAIN_PARAMETER: False})
        self.certificates = self.env['iot.certificate']

    def ask(self, identifier=None, token=None, addresses=(HOME,)):
        """Ask as the anonymous user of the route."""
        payload = BoxCertificatePayload(
            identifier or self.box.identifier, token or self.secret, tuple(addresses)
        )
        answer = self.certificates.with_user(self.public_user)._issue_for_box(payload)
        self.env.flush_all()
        return answer

    def ask_by_contract(self, uuid=None, code=CODE):
        payload = ContractCertificatePayload(
            self.env['iot.box']._get_database_uuid() if uuid is None else uuid, code
        )
        return self.certificates.with_user(self.public_user)._issue_by_contract(payload)

    def assertRefused(self, answer, code):
        self.assertIsInstance(answer, IotError)
        self.assertEqual(answer.code, code)
        self.assertFalse(self.certificates.search([]))

    def last_event(self):
        return self.env['iot.certificate.event'].search([], limit=1)


class TestIotCertificate(CertificateCommon):
    def test_a_box_gets_a_certificate_for_its_address(self):
        answer = self.ask()
        leaf = x509.load_pem_x509_certificate(answer['x509_pem'].encode())
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        self.assertEqual([str(name.value) for name in names], [HOME])
        self.assertIn('PRIVATE KEY', answer['private_key_pem'])
        self.assertEqual(answer['subject_cn'], '')
        certificate = self.certificates.search([])
        self.assertRecordValues(
            certificate,
            [
                {
                    'box_id': self.box.id,
                    'names': HOME,
                    'not_after': NOW + LEAF_LIFETIME,
                    'renew_at': NOW + timedelta(days=60),
                    'state': 'valid',
                }
            ],
        )
        self.assertEqual(self.last_event().certificate_id, certificate)

    def test_with_an_iot_domain_it_also_gets_the_name_of_its_database(self):
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        answer = self.ask()
        self.assertRegex(answer['subject_cn'], r'^\*\.[0-9a-f]{12}\.iot\.example\.com$')
        self.assertEqual(self.certificates.search([]).names, f"{answer['subject_cn']}, {HOME}")

    def test_all_certificates_come_from_one_root(self):
        first, second = self.ask(), self.ask()
        self.assertNotEqual(first['private_key_pem'], second['private_key_pem'])
        root = self.env['iot.certificate.root'].search([])
        self.assertEqual(len(root), 1)
        issuer = x509.load_pem_x509_certificate(root.certificate_pem.encode())
        for answer in (first, second):
            leaf = x509.load_pem_x509_certificate(answer['x509_pem'].encode())
            leaf.verify_directly_issued_by(issuer)

    def test_keys_of_boxes_are_kept_nowhere_and_that_of_the_root_is_sealed(self):
        with self.assertLogs('odoo', 'DEBUG') as logs:
            answer = self.ask()
        key = answer['private_key_pem'].split('\n')[1]
        rows = str(self.certificates.search_read([])) + str(
            self.env['iot.certificate.event'].search_read([])
        )
        for text in (rows, str(logs.output)):
            self.assertNotIn(key, text)
            self.assertNotIn('PRIVATE', text)
        self.env.cr.execute("SELECT sealed_key FROM iot_certificate_root")
        (sealed,) = self.env.cr.fetchone()
        self.assertTrue(sealed)
        self.assertNotIn('PRIVATE', sealed)

    def test_a_box_has_to_show_its_own_token(self):
        other, other_secret, _channel = self.connect('30000000abcd1234')
        _unused, unused_secret = self.mint()
        for identifier, token in (
            (None, 'wrong'), ('unknown', 'wrong'), (None, other_secret), (None, unused_secret),
            ('unknown', self.secret), (other.identifier, self.secret), ('new', unused_secret),
        ):  # fmt: skip
            with self.subTest(identifier=identifier):
                self.assertRefused(self.ask(identifier, token), 'refused')
        self.assertFalse(self.last_event())
        self.box.unlink()
        self.assertRefused(self.ask(token=self.secret, identifier='20000000abcd1234'), 'refused')

    def test_a_database_that_is_not_eligible_issues_nothing_and_says_why(self):
        self.set_params({'database.expiration_date': '2026-03-01 00:00:00'})
        answer = self.ask()
        self.assertRefused(answer, 'not_eligible')
        self.assertIn('subscription', answer.message)
        self.assertEqual(self.last_event().message, answer.message)
        self.assertFalse(self.env['iot.certificate.root'].search([]))
        self.ask()
        self.assertEqual(self.env['iot.certificate.event'].search_count([]), 1)
        self.clock.move_to(NOW + const.CERTIFICATE_EVENT_PRECISION)
        self.ask()
        self.assertEqual(self.env['iot.certificate.event'].search_count([]), 2)

    def test_a_box_outside_private_networks_gets_none(self):
        self.assertRefused(self.ask(addresses=['8.8.8.8']), 'refused')
        self.assertIn("needs a name or an address", self.last_event().message)

    def test_a_broken_box_is_stopped_for_a_week(self):
        for _time in range(const.MAX_BOX_CERTIFICATES_PER_WEEK):
            self.assertIn('x509_pem', self.ask())
        answer = self.ask()
        self.assertEqual(answer.code, 'refused')
        self.assertIn('a week', answer.message)
        other, secret, _channel = self.connect('30000000abcd1234')
        self.assertIn('x509_pem', self.ask(other.identifier, secret))
        self.clock.move_to(NOW + const.WEEK)
        self.assertIn('x509_pem', self.ask())

    def test_another_iot_domain_needs_another_root(self):
        self.ask()
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        self.ask()
        roots = self.env['iot.certificate.root'].search([])
        self.assertEqual(roots.mapped('zone'), ['iot.example.com', False])
        self.assertEqual(roots.mapped(lambda root: bool(root.sealed_key)), [True, False])

    @mute_logger('odoo.addons.iot.models.iot_certificate_root')
    def test_a_root_that_was_copied_or_ends_is_replaced(self):
        self.ask()
        roots = self.env['iot.certificate.root']
        first = roots._get_current()
        # ``set_param`` refuses to change it, as Odoo's own copying does it
        self.env.cr.execute(
            "UPDATE ir_config_parameter SET value = 'other' WHERE key = 'database.secret'"
        )
        self.env.registry.clear_cache('stable')
        self.env.invalidate_all()
        self.ask()
        second = roots._get_current()
        self.assertNotEqual(first, second)
        self.assertFalse(first.sealed_key)
        self.clock.move_to(second.not_after - LEAF_LIFETIME)
        self.set_params({'database.expiration_date': '2099-01-01 00:00:00'})
        self.ask()
        self.assertNotEqual(roots._get_current(), second)

    def test_the_plain_contract_gives_the_wildcard_of_the_database(self):
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        answer = self.ask_by_contract()
        leaf = x509.load_pem_x509_certificate(answer['x509_pem'].encode())
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        self.assertEqual([name.value for name in names], [answer['subject_cn']])
        self.assertFalse(self.certificates.search([]).box_id)

    def test_the_plain_contract_needs_an_iot_domain(self):
        self.assertRefused(self.ask_by_contract(), 'not_configured')

    def test_strangers_get_one_answer_whatever_they_know(self):
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        answers = [
            self.ask_by_contract(uuid='other'),
            self.ask_by_contract(code='other'),
            self.ask_by_contract(uuid='', code=''),
            self.ask(token='wrong'),
        ]
        self.set_params({'database.enterprise_code': False})
        answers.append(self.ask_by_contract(code=''))
        self.assertEqual({(answer.code, answer.message) for answer in answers}, {
            ('refused', "No certificate is available."),
        })  # fmt: skip
        self.assertFalse(self.certificates.search([]))
        self.assertFalse(self.last_event())

    @mute_logger('odoo.models')
    def test_administrators_see_certificates_of_their_companies_and_no_key(self):
        self.ask()
        for model in ('iot.certificate', 'iot.certificate.event'):
            self.assertEqual(len(self.env[model].with_user(self.manager).search([])), 1)
            self.assertFalse(self.env[model].with_user(self.other_manager).search([]))
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.user).search([])
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.manager).search([]).unlink()
        roots = self.env['iot.certificate.root'].search([])
        for user in (self.manager, self.env.ref('base.user_admin')):
            with self.assertRaises(AccessError):
                roots.with_user(user).read(['sealed_key'])
            with self.assertRaises(UserError):
                roots.with_user(user).export_data(['sealed_key'])

    def test_a_neutralized_copy_has_no_root(self):
        self.ask()
        with file_open('iot/data/neutralize.sql') as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertFalse(self.env['iot.certificate.root'].search([]))
