"""The database's own certificate authority: one root, and leaves that it signs itself.

Its root is to be trusted by people's browsers, so it can sign nothing but servers in their own
network: private addresses, and names below their own IoT domain (RFC 5280, section 4.2.1.10).
"""

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ...exceptions import AuthorityError
from ..certificate_request import new_key_pem, read_chain

ROOT_LIFETIME = timedelta(days=3653)
LEAF_LIFETIME = timedelta(days=90)
# Clocks of tablets and boxes differ, many by the hours of their time zone.
BACKDATED = timedelta(days=1)
# RFC 1918, 3927, 4193, 4291, and the addresses of the box itself.
PRIVATE_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '127.0.0.0/8',
        'fc00::/7', 'fe80::/10', '::1/128',
    )
)  # fmt: skip
# Where there is no IoT domain: a constraint that names no domain would allow all.
NO_DOMAIN = 'iot.invalid'
MAX_COMMON_NAME_LENGTH = 64


@dataclass(frozen=True)
class Root:
    """:param str key_pem: does not show itself in logs"""

    certificate_pem: str
    key_pem: str = field(repr=False)

    @classmethod
    def generate(cls, name, zone, now):
        """Make a root.

        :param str name: what people read in the certificate list of their system
        :param str zone: IoT domain, or nothing
        :param datetime now: in UTC, naive
        :rtype: Root
        """
        key_pem = new_key_pem()
        key = _load_key(key_pem)
        subject = _name(name)
        certificate = (
            _builder(subject, subject, key.public_key(), now, now + ROOT_LIFETIME)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(is_root=True), critical=True)
            .add_extension(
                x509.NameConstraints(
                    [
                        x509.DNSName(zone or NO_DOMAIN),
                        *(x509.IPAddress(network) for network in PRIVATE_NETWORKS),
                    ],
                    None,
                ),
                critical=True,
            )
            .sign(key, hashes.SHA256())
        )
        return cls(certificate.public_bytes(serialization.Encoding.PEM).decode(), key_pem)


class OwnAuthority:
    """:param Root root:
    :param datetime now: in UTC, naive
    """

    def __init__(self, root, now):
        self._root = root
        self._now = now

    def issue(self, request, deadline=None):
        """Sign a certificate; the deadline is for authorities that are far away.

        :param CertificateRequest request:
        :rtype: CertificateChain
        :raise AuthorityError: ``refused`` for what the root must not sign, or when it has ended
        """
        root = x509.load_pem_x509_certificate(self._root.certificate_pem.encode())
        names = _checked_names(request, _permitted_domain(root))
        end = self._now + min(request.lifetime or LEAF_LIFETIME, LEAF_LIFETIME)
        if end.replace(tzinfo=UTC) > root.not_valid_after_utc:
            raise AuthorityError('refused', "The root certificate of this database ends too soon.")
        key_pem = new_key_pem()
        root_key, key = _load_key(self._root.key_pem), _load_key(key_pem)
        common_name = next(iter((*request.dns_names, *request.ip_addresses)))
        leaf = (
            _builder(_name(common_name), root.subject, key.public_key(), self._now, end)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(is_root=False), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
                critical=False,
            )
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(root_key, hashes.SHA256())
        )
        leaf_pem = leaf.public_bytes(serialization.Encoding.PEM).decode()
        return read_chain(leaf_pem, key_pem, request, self._now)


def is_private(address):
    """Whether the own authority may sign for an address.

    :param ipaddress.IPv4Address | ipaddress.IPv6Address address:
    :rtype: bool
    """
    return any(
        address.version == network.version and address in network for network in PRIVATE_NETWORKS
    )


def _checked_names(request, domain):
    names = []
    for dns_name in request.dns_names:
        if not dns_name.endswith(f'.{domain}'):
            raise AuthorityError('refused', "A name does not belong to the IoT domain.")
        names.append(x509.DNSName(dns_name))
    for text in request.ip_addresses:
        try:
            address = ipaddress.ip_address(text)
        except ValueError as error:
            raise AuthorityError('refused', "An IP address is malformed.") from error
        if not is_private(address):
            raise AuthorityError('refused', "An IP address is not in a private network.")
        names.append(x509.IPAddress(address))
    if not names:
        raise AuthorityError('refused', "A certificate needs a name or an address.")
    return names


def _permitted_domain(root):
    constraints = root.extensions.get_extension_for_class(x509.NameConstraints).value
    return next(
        subtree.value
        for subtree in constraints.permitted_subtrees
        if isinstance(subtree, x509.DNSName)
    )


def _builder(subject, issuer, public_key, now, end):
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )


def _key_usage(*, is_root):
    return x509.KeyUsage(
        digital_signature=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:MAX_COMMON_NAME_LENGTH])])


def _load_key(key_pem):
    return serialization.load_pem_private_key(key_pem.encode(), password=None)
