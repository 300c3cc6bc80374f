"""What is asked of a certificate authority, and what it gives."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ..exceptions import AuthorityError


@dataclass(frozen=True)
class CertificateRequest:
    """A certificate for one box, or the wildcard of a database.

    :param tuple[str, ...] dns_names: the first one becomes the common name
    :param tuple[str, ...] ip_addresses: of the box; an authority that cannot name any refuses them
    :param timedelta lifetime: None: as the authority has it
    """

    dns_names: tuple[str, ...]
    ip_addresses: tuple[str, ...] = ()
    lifetime: timedelta | None = None


@dataclass(frozen=True)
class CertificateChain:
    """A certificate with its key. Its key does not show itself in logs.

    :param str leaf_pem: the certificate
    :param str chain_pem: its issuers, without the root; may be empty
    :param str key_pem: its private key, PKCS#8
    :param tuple[str, ...] names: domains, then addresses, of the certificate
    :param datetime not_before: in UTC, naive, as ``not_after``
    :param str fingerprint: SHA-256 in lower-case hexadecimal
    :param str serial: in lower-case hexadecimal
    """

    leaf_pem: str
    chain_pem: str
    key_pem: str = field(repr=False)
    names: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    fingerprint: str
    serial: str

    @property
    def subject_cn(self):
        """The wildcard of a database, empty in a certificate without (contract section 6.2)."""
        return next((name for name in self.names if name.startswith('*.')), '')

    @property
    def fullchain_pem(self):
        """The certificate and its issuers, as web servers want them."""
        return self.leaf_pem + self.chain_pem


def new_key_pem():
    """:return: a new P-256 private key, PKCS#8
    :rtype: str
    """
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def read_chain(fullchain_pem, key_pem, request, now):
    """Check what an authority sent: whole, for this key, these names and this moment.

    :param str fullchain_pem: certificate first, then its issuers
    :param str key_pem: of the certificate
    :param CertificateRequest request: what was asked for
    :param datetime now: in UTC, naive
    :rtype: CertificateChain
    :raise AuthorityError: ``invalid_answer``
    """
    try:
        leaf, *issuers = x509.load_pem_x509_certificates(fullchain_pem.encode())
        key = serialization.load_pem_private_key(key_pem.encode(), password=None)
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, x509.ExtensionNotFound) as error:
        raise AuthorityError('invalid_answer', "The authority sent no certificate.") from error
    if leaf.public_key() != key.public_key():
        raise AuthorityError('invalid_answer', "The certificate does not belong to its key.")
    not_before = leaf.not_valid_before_utc.replace(tzinfo=None)
    not_after = leaf.not_valid_after_utc.replace(tzinfo=None)
    if not_after <= now:
        raise AuthorityError('invalid_answer', "The authority sent an expired certificate.")
    if not_before > now:
        raise AuthorityError(
            'invalid_answer',
            "The authority sent a certificate that is not valid yet. Is this server's clock right?",
        )
    if not (
        set(request.dns_names) <= set(names.get_values_for_type(x509.DNSName))
        and {ip_address(address) for address in request.ip_addresses}
        <= set(names.get_values_for_type(x509.IPAddress))
    ):
        raise AuthorityError('invalid_answer', "The certificate lacks a name that was asked for.")
    return CertificateChain(
        leaf_pem=_pem(leaf),
        chain_pem=''.join(_pem(issuer) for issuer in issuers),
        key_pem=key_pem,
        names=(
            *names.get_values_for_type(x509.DNSName),
            *map(str, names.get_values_for_type(x509.IPAddress)),
        ),
        not_before=not_before,
        not_after=not_after,
        fingerprint=leaf.fingerprint(hashes.SHA256()).hex(),
        serial=f'{leaf.serial_number:x}',
    )


def _pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
