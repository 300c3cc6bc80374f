from odoo.tests import BaseCase

from ..exceptions import MalformedPayload
from ..tools.certificate_payload import BoxCertificatePayload, ContractCertificatePayload
from .certificate_common import HOME
from .common import NOW


class TestCertificatePayload(BaseCase):
    def test_a_request_of_a_box_is_checked(self):
        params = {'identifier': 'b1', 'token': 't', 'addresses': ['FE80::1']}
        payload = BoxCertificatePayload.parse(params)
        self.assertEqual(payload.address, 'fe80::1')
        self.assertNotIn("'t'", repr(payload))
        self.assertIsNone(payload.time)
        payload = BoxCertificatePayload.parse({**params, 'time': 1772442000})
        self.assertEqual(payload.time, NOW)
        for wrong in (
            {'identifier': None}, {'token': 7}, {'token': 'x' * 999}, {'token': 'é'},
            {'token': 't\0'},
            {'addresses': None}, {'addresses': HOME}, {'addresses': []}, {'addresses': [7]},
            {'time': 'noon'}, {'time': True}, {'time': 1e9},
            {'time': 10**30}, {'time': -(10**30)},
            {'addresses': ['192.168.1']}, {'addresses': [HOME, HOME]}, {'addresses': ['*']},
        ):  # fmt: skip
            with self.subTest(wrong=wrong), self.assertRaises(MalformedPayload):
                BoxCertificatePayload.parse({**params, **wrong})

    def test_a_request_by_contract_is_checked(self):
        payload = ContractCertificatePayload.parse({'db_uuid': 'u', 'enterprise_code': None})
        self.assertEqual((payload.db_uuid, payload.enterprise_code), ('u', ''))
        for wrong in (
            {'db_uuid': 7},
            {'enterprise_code': []},
            {'db_uuid': 'x' * 999},
            {'db_uuid': '\0'},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(MalformedPayload):
                ContractCertificatePayload.parse(wrong)
