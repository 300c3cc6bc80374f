from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from odoo.tests import BaseCase, tagged

from ..exceptions import AuthorityError
from ..tools.certificate_request import CertificateRequest, new_key_pem, read_chain

NOW = datetime(2026, 5, 1, 12)
DAY = timedelta(days=1)
REQUEST = CertificateRequest(('*.b1946ac9.iot.example.com',), ('192.168.1.20',))


def certificate(key_pem, request=REQUEST, start=NOW - DAY, end=NOW + 90 * DAY):
    """:return: a self-signed certificate as PEM"""
    key = serialization.load_pem_private_key(key_pem.encode(), None)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, 'test')])
    names = [
        *map(x509.DNSName, request.dns_names),
        *(x509.IPAddress(ip_address(address)) for address in request.ip_addresses),
    ]
    return (
        x509.CertificateBuilder(name, name, key.public_key(), 0xABC, start, end)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
        .decode()
    )


@tagged('at_install')
class TestCertificateRequest(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key_pem = new_key_pem()

    def assertInvalid(self, sentence, *arguments):
        with self.assertRaises(AuthorityError) as caught:
            read_chain(*arguments)
        self.assertEqual(caught.exception.code, 'invalid_answer')
        self.assertIn(sentence, caught.exception.message)

    def test_certificate_and_issuers_are_told_apart(self):
        leaf, issuer = certificate(self.key_pem), certificate(new_key_pem())
        chain = read_chain(f'{leaf}\n{issuer}', self.key_pem, REQUEST, NOW)
        self.assertEqual((chain.leaf_pem, chain.chain_pem), (leaf, issuer))
        self.assertEqual(chain.fullchain_pem, leaf + issuer)
        self.assertEqual(chain.not_after, NOW + 90 * DAY)
        self.assertEqual(chain.serial, 'abc')

    def test_key_does_not_show_itself(self):
        chain = read_chain(certificate(self.key_pem), self.key_pem, REQUEST, NOW)
        self.assertNotIn('PRIVATE', repr(chain))

    def test_no_certificate_is_refused(self):
        text = certificate(self.key_pem)
        for wrong in ('', 'nothing', text[:200], text.replace('\n', '', 3)[:-40], '{"a": 1}'):
            with self.subTest(wrong[:20]):
                self.assertInvalid('no certificate', wrong, self.key_pem, REQUEST, NOW)

    def test_key_of_another_certificate_is_refused(self):
        self.assertInvalid('key', certificate(self.key_pem), new_key_pem(), REQUEST, NOW)

    def test_time_is_checked(self):
        pem = certificate(self.key_pem)
        self.assertInvalid('expired', pem, self.key_pem, REQUEST, NOW + 90 * DAY)
        self.assertInvalid('not valid yet', pem, self.key_pem, REQUEST, NOW - 2 * DAY)

    def test_names_and_addresses_are_checked(self):
        pem = certificate(self.key_pem)
        for wanted in (
            CertificateRequest(('*.other.iot.example.com',)),
            CertificateRequest((), ('192.168.1.21',)),
        ):
            with self.subTest(wanted):
                self.assertInvalid('lacks a name', pem, self.key_pem, wanted, NOW)
