from datetime import timedelta

from cryptography import x509

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_open, mute_logger

from .. import const
from ..tools.authorities.own import LEAF_LIFETIME
from .certificate_common import HOME, CertificateCommon, names_of
from .common import NOW


class TestIotCertificate(CertificateCommon):
    def test_a_box_gets_a_certificate_for_its_address(self):
        answer = self.ask()
        self.assertEqual(names_of(answer), [HOME])
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
                    'state': 'valid',
                }
            ],
        )
        self.assertEqual(self.last_event().certificate_id, certificate)

    def test_renewal_is_due_after_two_thirds_of_its_life_and_not_for_all_at_once(self):
        days = []
        for _time in range(5):
            renew_at = fields.Datetime.to_datetime(self.ask()['renew_at'])
            self.assertEqual(self.certificates.search([], limit=1).renew_at, renew_at)
            days.append((renew_at - NOW) / timedelta(days=1))
        self.assertGreaterEqual(min(days), 60)
        self.assertLess(max(days), 65)
        self.assertEqual(len(set(days)), 5)

    def test_with_an_iot_domain_it_is_for_the_name_of_this_box_and_of_no_other(self):
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        answer = self.ask()
        self.assertRegex(answer['subject_cn'], r'^\*\.[0-9a-f]{12}\.iot\.example\.com$')
        name = answer['subject_cn'].replace('*', '192-168-1-20')
        self.assertEqual(names_of(answer), [name, HOME])
        self.assertEqual(self.certificates.search([]).names, f"{name}, {HOME}")

    def test_a_box_that_announces_a_name_gets_one_for_the_address_in_it(self):
        self.set_up(self.box.identifier, self.secret, ip='192-168-1-20.ab12.odoo-iot.com')
        self.assertEqual(names_of(self.ask()), [HOME])

    def test_the_address_of_another_box_is_refused_and_noted(self):
        other = '192.168.1.21'
        self.connect('30000000abcd1234', ip=other)
        before = self.snapshot()
        for address in (other, 'fd00::1'):
            with self.subTest(address=address):
                self.assertRefused(self.ask(address=address), 'foreign_address')
        changed = {table for table, rows in self.snapshot().items() if rows != before[table]}
        self.assertEqual(changed, {'iot_certificate_event'})
        self.assertEqual(self.last_event().box_id, self.box)
        self.assertEqual(self.last_event().code, 'foreign_address')
        self.assertIn("not announced. (Not announced: fd00::1)", self.last_event().message)
        self.assertFalse(self.env['iot.certificate.root'].search([]))

    def test_a_box_gets_one_for_its_new_address_when_it_has_announced_it(self):
        moved = '192.168.1.77'
        self.assertRefused(self.ask(address=moved), 'foreign_address')
        self.set_up(self.box.identifier, self.secret, ip=moved)
        self.assertEqual(names_of(self.ask(address=moved)), [moved])

    def test_a_box_without_address_gets_none(self):
        self.set_up(self.box.identifier, self.secret, ip='')
        self.assertRefused(self.ask(), 'foreign_address')

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
        self.set_up(self.box.identifier, self.secret, ip='8.8.8.8')
        self.assertRefused(self.ask(address='8.8.8.8'), 'refused')
        self.assertIn("not in a private network", self.last_event().detail)
        self.assertIn("The certificate authority refused. (An IP", self.last_event().message)

    def test_a_broken_box_is_stopped_for_a_week(self):
        for _time in range(const.MAX_BOX_CERTIFICATES_PER_WEEK):
            self.assertIn('x509_pem', self.ask())
        answer = self.ask()
        self.assertEqual(answer.code, 'too_many')
        self.assertIn('More than 10 certificates a week', answer.message)
        other, secret, _channel = self.connect('30000000abcd1234')
        self.assertIn('x509_pem', self.ask(other.identifier, secret))
        self.clock.move_to(NOW + const.WEEK)
        self.assertIn('x509_pem', self.ask())

    def test_a_box_that_gives_ever_new_reasons_cannot_fill_the_database(self):
        events = self.env['iot.certificate.event']
        for number in range(const.MAX_BOX_CERTIFICATE_REFUSALS + 5):
            self.assertRefused(self.ask(address=f'10.0.0.{number}'), 'foreign_address')
        self.assertEqual(events.search_count([]), const.MAX_BOX_CERTIFICATE_REFUSALS)
        other, secret, _channel = self.connect('30000000abcd1234')
        self.ask(other.identifier, secret, '10.0.0.1')
        self.assertEqual(self.last_event().box_id, other)
        self.clock.move_to(NOW + const.CERTIFICATE_EVENT_PRECISION)
        self.ask(address='10.0.0.1')
        self.assertEqual(self.last_event().box_id, self.box)

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
        self.assertEqual(names_of(answer), [answer['subject_cn']])
        self.assertFalse(self.certificates.search([]).box_id)

    def test_the_boxes_of_the_plain_contract_share_a_limit(self):
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        self.patch(const, 'MAX_DATABASE_CERTIFICATES_PER_WEEK', 2)
        for _time in range(2):
            self.assertIn('x509_pem', self.ask_by_contract())
        self.assertEqual(self.ask_by_contract().code, 'too_many_by_contract')
        self.assertEqual(self.last_event().code, 'too_many_by_contract')
        self.assertIn("all of them together", self.last_event().message)
        self.assertIn('x509_pem', self.ask())

    def test_the_plain_contract_needs_an_iot_domain(self):
        self.assertRefused(self.ask_by_contract(), 'not_configured')

    def test_strangers_get_one_answer_whatever_they_know(self):
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        answers = [
            self.ask_by_contract(uuid='other'),
            self.ask_by_contract(code='other'),
            self.ask_by_contract(uuid='', code=''),
            self.ask_by_contract(source='192.0.2.7'),
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
