import ipaddress
from datetime import UTC, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from odoo.tests import BaseCase

from ..exceptions import AuthorityError, SealBroken
from ..tools.authorities.own import LEAF_LIFETIME, OwnAuthority, Root
from ..tools.certificate_names import box_name, database_domain, parse_zone, wildcard
from ..tools.certificate_request import CertificateRequest
from ..tools.sealed_text import seal, unseal
from .common import NOW

ZONE = 'iot.example.com'
DOMAIN = database_domain('6f6f0f9e-1d62-11f1-8d5c-0242ac110002', ZONE)
SECOND = timedelta(seconds=1)


class TestOwnAuthority(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = Root.generate("IoT boxes of odoo.example.com", ZONE, NOW)

    def issue(self, *names, root=None, now=NOW, **options):
        request = CertificateRequest(
            tuple(name for name in names if name[0] == '*' or not name[0].isdigit()),
            tuple(name for name in names if name[0].isdigit()),
            **options,
        )
        return OwnAuthority(root or self.root, now).issue(request)

    def verify(self, chain, name, root=None, now=NOW):
        """Verify a certificate as a browser does that trusts the root only."""
        store = Store(
            [x509.load_pem_x509_certificate((root or self.root).certificate_pem.encode())]
        )
        subject = (
            x509.IPAddress(ipaddress.ip_address(name))
            if name[0].isdigit() and '-' not in name
            else x509.DNSName(name)
        )
        verifier = PolicyBuilder().store(store).time(now).build_server_verifier(subject)
        verifier.verify(x509.load_pem_x509_certificate(chain.leaf_pem.encode()), [])

    def test_who_trusts_the_root_accepts_a_box_by_address_and_by_name(self):
        chain = self.issue('192.168.1.20', wildcard(DOMAIN))
        for name in ('192.168.1.20', box_name('192.168.1.20', DOMAIN)):
            self.verify(chain, name)

    def test_it_is_refused_for_another_box_by_another_root_and_at_another_time(self):
        chain = self.issue('192.168.1.20', wildcard(DOMAIN))
        stranger = Root.generate("IoT boxes of odoo.example.com", ZONE, NOW)
        for options in (
            {'name': '192.168.1.21'},
            {'name': f'a.{ZONE}'},
            {'name': '192.168.1.20', 'root': stranger},
            {'name': '192.168.1.20', 'now': NOW + LEAF_LIFETIME + SECOND},
        ):
            with self.subTest(options=options), self.assertRaises(VerificationError):
                self.verify(chain, **options)

    def test_a_certificate_lives_ninety_days_and_suits_clocks_that_are_late(self):
        chain = self.issue('192.168.1.20')
        self.assertEqual(chain.not_after, NOW + LEAF_LIFETIME)
        self.verify(chain, '192.168.1.20', now=NOW - timedelta(hours=14))
        shorter = self.issue('192.168.1.20', lifetime=timedelta(days=30))
        self.assertEqual(shorter.not_after, NOW + timedelta(days=30))
        longer = self.issue('192.168.1.20', lifetime=timedelta(days=900))
        self.assertEqual(longer.not_after, NOW + LEAF_LIFETIME)

    def test_each_certificate_has_a_key_of_its_own(self):
        first, second = self.issue('192.168.1.20'), self.issue('192.168.1.20')
        self.assertNotEqual(first.key_pem, second.key_pem)
        self.assertNotEqual(first.serial, second.serial)
        for chain in (first, second):
            leaf = x509.load_pem_x509_certificate(chain.leaf_pem.encode())
            key = serialization.load_pem_private_key(chain.key_pem.encode(), None)
            self.assertEqual(leaf.public_key(), key.public_key())
            self.assertNotIn('PRIVATE', repr(chain))
        self.assertNotIn('PRIVATE', repr(self.root))

    def test_it_signs_for_the_own_network_only(self):
        for names in (
            ('8.8.8.8',), ('172.32.0.1',), ('192.169.0.1',), ('2001:db8::1',), ('300.1.1.1',),
            ('www.example.org',), (ZONE,), (f'*.evil{ZONE}',), (),
            ('192.168.1.20', 'a.example.com'),
        ):  # fmt: skip
            with self.subTest(names=names), self.assertRaises(AuthorityError) as caught:
                self.issue(*names)
            self.assertEqual(caught.exception.code, 'refused')

    def test_without_an_iot_domain_it_signs_for_addresses_only(self):
        root = Root.generate("IoT", None, NOW)
        self.verify(self.issue('192.168.1.20', root=root), '192.168.1.20', root=root)
        with self.assertRaises(AuthorityError):
            self.issue(wildcard(DOMAIN), root=root)

    def test_the_root_itself_binds_who_gets_hold_of_its_key(self):
        root = x509.load_pem_x509_certificate(self.root.certificate_pem.encode())
        constraints = root.extensions.get_extension_for_class(x509.NameConstraints)
        self.assertTrue(constraints.critical)
        permitted = constraints.value.permitted_subtrees
        self.assertEqual([s.value for s in permitted if isinstance(s, x509.DNSName)], [ZONE])
        self.assertTrue(all(s.value.is_private for s in permitted if isinstance(s, x509.IPAddress)))
        basic = root.extensions.get_extension_for_class(x509.BasicConstraints).value
        self.assertEqual((basic.ca, basic.path_length), (True, 0))

    def test_a_root_signs_nothing_that_outlives_it(self):
        root = x509.load_pem_x509_certificate(self.root.certificate_pem.encode())
        end = root.not_valid_after_utc.astimezone(UTC).replace(tzinfo=None)
        self.assertTrue(self.issue('10.0.0.1', now=end - LEAF_LIFETIME))
        with self.assertRaisesRegex(AuthorityError, "ends too soon"):
            self.issue('10.0.0.1', now=end - LEAF_LIFETIME + SECOND)


class TestCertificateNames(BaseCase):
    def test_a_domain_is_brought_into_normal_form(self):
        self.assertEqual(parse_zone(' IoT.Example.com. '), ZONE)

    def test_what_is_no_domain_is_none(self):
        for text in (
            None, '', 'example', '.', 'a..b', '-a.example.com', 'a-.com', '*.example.com',
            'é.example.com', 'a b.com', 'example.com/', '192.168.1.20',
            'a.' * 120 + 'com', 'x' * 64 + '.com',
        ):  # fmt: skip
            with self.subTest(text=text):
                self.assertIsNone(parse_zone(text))

    def test_a_box_is_named_by_its_address_as_it_does_itself(self):
        self.assertEqual(box_name('192.168.1.20', 'h.example.com'), '192-168-1-20.h.example.com')
        for address in ('fe80::1', 'name', '', None):
            self.assertIsNone(box_name(address, 'h.example.com'))

    def test_databases_have_different_domains_that_do_not_tell_their_uuid(self):
        self.assertNotEqual(database_domain('u1', ZONE), database_domain('u2', ZONE))
        self.assertEqual(database_domain('u1', ZONE), database_domain('u1', ZONE))


class TestSealedText(BaseCase):
    def test_what_is_sealed_is_opened_with_the_same_secret_for_the_same_purpose_only(self):
        sealed = seal("private", 'secret', 'root')
        self.assertNotIn("private", sealed)
        self.assertEqual(unseal(sealed, 'secret', 'root'), "private")
        for arguments in (
            (sealed, 'another', 'root'), (sealed, 'secret', 'leaf'),
            (sealed[:-5] + 'AAAA=', 'secret', 'root'),
            ('', 'secret', 'root'), (False, 'secret', 'root'), ('é', 'secret', 'root'),
        ):  # fmt: skip
            with self.subTest(arguments=arguments), self.assertRaises(SealBroken):
                unseal(*arguments)
