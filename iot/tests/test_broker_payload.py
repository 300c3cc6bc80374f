from odoo.tests import BaseCase, tagged

from ..exceptions import MalformedPayload
from ..tools.broker_payload import PairingClaim, PairingPoll

CLAIM = {
    'pairing_code': 'BCD-FGH-JKL',
    'url': 'https://odoo.example.com/',
    'token': 't',
    'db_uuid': 'u',
    'enterprise_code': '',
}


@tagged('at_install')
class TestBrokerPayload(BaseCase):
    def test_the_first_question_of_the_stock_client_is_read(self):
        self.assertEqual(
            PairingPoll.parse('test_identifier', False, False),
            PairingPoll('test_identifier', '', ''),
        )

    def test_the_later_questions_of_the_stock_client_are_read(self):
        self.assertEqual(
            PairingPoll.parse('b1', '12345', '5b0e'), PairingPoll('b1', '12345', '5b0e')
        )

    def test_a_malformed_question_is_refused(self):
        for values in (
            (None, False, False),
            ('', False, False),
            ('a b', False, False),
            ('b1', 12345, '5b0e'),
            ('b1', True, '5b0e'),
            ('b1', ['x'], '5b0e'),
            ('b1', '12345', {}),
            ('b1', '12345', 'x' * 65),
            ('b1', '1\x002', 'x'),
            ('b1', 'é', 'x'),
        ):
            with self.subTest(values=values), self.assertRaises(MalformedPayload):
                PairingPoll.parse(*values)

    def test_a_claim_is_read_and_its_url_reduced(self):
        self.assertEqual(
            PairingClaim.parse(**CLAIM),
            PairingClaim('BCD-FGH-JKL', 'https://odoo.example.com', 't', 'u', ''),
        )

    def test_a_malformed_code_is_left_to_the_limits_on_guessing(self):
        for code in (None, 12, [], {}):
            self.assertEqual(PairingClaim.parse(**{**CLAIM, 'pairing_code': code}).code, '')

    def test_a_malformed_claim_is_refused(self):
        for key, value in [
            ('url', ''),
            ('url', None),
            ('url', 'http://localhost'),
            ('url', 'javascript:alert(1)'),
            ('url', 'https://a' + 'b' * 255),
            ('url', 12),
            ('token', ''),
            ('token', None),
            ('token', 12),
            ('token', 'x' * 513),
            ('db_uuid', []),
            ('enterprise_code', 'x' * 129),
        ]:
            with self.subTest(key=key, value=value), self.assertRaises(MalformedPayload):
                PairingClaim.parse(**{**CLAIM, key: value})
