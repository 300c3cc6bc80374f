import threading
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import BaseCase

from ..exceptions import AuthorityError
from ..tools.authorities.odoo import MAX_ANSWER_BYTES, OdooAuthority
from ..tools.authorities.own import Root
from ..tools.certificate_request import CertificateRequest, new_key_pem
from ..tools.deadline import Deadline
from .common import NOW
from .odoo_service import ROOT, SUBJECT, ZONE, OdooServiceMixin

UUID = '6f6f0f9e-1d62-11f1-8d5c-0242ac110002'
CODE = 'M26030200000001'


class TestOdooAuthority(OdooServiceMixin, BaseCase):
    def setUp(self):
        super().setUp()
        self.enterContext(freeze_time(NOW))

    def issue(self, seconds=30):
        authority = OdooAuthority(UUID, CODE, url=self.service.url)
        return authority.issue(CertificateRequest(()), Deadline(seconds))

    def assertFails(self, code, words, seconds=30):
        with self.assertRaisesRegex(AuthorityError, words) as failed:
            self.issue(seconds)
        self.assertEqual(failed.exception.code, code)

    def test_the_wildcard_that_odoo_chose_comes_with_its_key_and_issuers(self):
        self.service.will_issue()
        chain = self.issue()
        self.assertEqual((chain.names, chain.subject_cn), ((SUBJECT,), SUBJECT))
        self.assertEqual(chain.chain_pem, ROOT.certificate_pem)
        self.assertIn('PRIVATE KEY', chain.key_pem)
        self.assertEqual(
            self.service.requests, [{'params': {'db_uuid': UUID, 'enterprise_code': CODE}}]
        )

    def test_a_database_without_a_contract_asks_nobody(self):
        for uuid, code in ((UUID, None), (UUID, ''), (None, CODE)):
            with self.assertRaises(AuthorityError) as failed:
                OdooAuthority(uuid, code, url=self.service.url)
            self.assertEqual(failed.exception.code, 'not_configured')
        self.assertFalse(self.service.requests)

    def test_a_refusal_is_told_in_odoos_words(self):
        self.service.will_answer({'error': "no subscription " + "x" * 9999})
        self.assertFails('refused', r"refused: no subscription x{284}\.$")

    def test_empty_and_foreign_answers_are_told_apart(self):
        for status, body, code, words in (
            (200, b'', 'invalid_answer', "makes no sense"),
            (200, b'<html>', 'invalid_answer', "makes no sense"),
            (200, b'\xff\xfe\xfd', 'invalid_answer', "makes no sense"),
            (200, b'[]', 'invalid_answer', "empty"),
            (200, b'{}', 'invalid_answer', "empty"),
            (200, b'{"result": []}', 'invalid_answer', "empty"),
            (200, b'{"error": {"code": 200}}', 'refused', "has a failure"),
            (200, b'x' * (MAX_ANSWER_BYTES + 1), 'invalid_answer', "far too much"),
            (302, b'', 'invalid_answer', "status 302"),
            (404, b'', 'invalid_answer', "status 404"),
            (429, b'', 'unavailable', "status 429"),
            (503, b'', 'unavailable', "status 503"),
        ):
            with self.subTest(status=status, body=body[:20]):
                self.service.answers.append((status, body))
                self.assertFails(code, words)

    def test_a_result_with_a_fault_is_not_used(self):
        other = Root.generate("Other", ZONE, NOW)
        leaf = self.service.result()['x509_pem'].split('-----END CERTIFICATE-----')[0]
        leaf += '-----END CERTIFICATE-----\n'
        for changes, words in (
            ({'x509_pem': ''}, "no certificate"),
            ({'x509_pem': None}, "no certificate"),
            ({'private_key_pem': ''}, "no certificate"),
            ({'subject_cn': 7}, "no certificate"),
            ({'x509_pem': 'nonsense'}, "no certificate"),
            ({'private_key_pem': 'nonsense'}, "no certificate"),
            ({'private_key_pem': new_key_pem()}, "not belong to its key"),
            ({'subject_cn': 'b1946ac9.odoo-iot.com'}, "no such name"),
            ({'subject_cn': '*.'}, "no such name"),
            ({'subject_cn': '*.evil.example.com'}, "lacks a name"),
            ({'x509_pem': leaf}, "not belong to its key"),
        ):
            with self.subTest(**changes):
                self.service.will_answer(self.service.result(**changes))
                self.assertFails('invalid_answer', words)
        result = self.service.result()
        result['x509_pem'] = (
            result['x509_pem'].replace(ROOT.certificate_pem, '') + other.certificate_pem
        )
        self.service.will_answer(result)
        self.assertFails('invalid_answer', "do not belong together")

    def test_an_expired_or_future_certificate_is_not_used(self):
        self.service.will_answer(self.service.result(NOW - timedelta(days=91)))
        self.assertFails('invalid_answer', "expired")
        self.service.will_answer(self.service.result(NOW + timedelta(days=3)))
        self.assertFails('invalid_answer', "not valid yet")

    def test_a_late_answer_is_not_waited_for(self):
        gave_up = threading.Event()

        def late():
            gave_up.wait(30)
            return 200, b'{}'

        self.service.answers.append(late)
        try:
            self.assertFails('timeout', "in time", seconds=1)
        finally:
            gave_up.set()

    def test_a_service_that_is_down_is_unavailable(self):
        authority = OdooAuthority(UUID, CODE, url=self.service.url.replace('127.0.0.1', '[::1]'))
        type(self).allowed = type(self).allowed.replace('127.0.0.1', '[::1]')
        with self.assertRaises(AuthorityError) as failed:
            authority.issue(CertificateRequest(()), Deadline(5))
        self.assertEqual(failed.exception.code, 'unavailable')
