"""Changes of a DNS zone by RFC 2136, signed by TSIG (RFC 8945), with the library ``dnspython``."""

import binascii
import socket
from dataclasses import dataclass, field

try:
    import dns.exception
    import dns.message
    import dns.name
    import dns.query
    import dns.rcode
    import dns.rdatatype
    import dns.tsig
    import dns.update
except ImportError:
    dns = None

from ..exceptions import DnsUpdateError

EXCHANGE_TIMEOUT = 5  # seconds, for one question or change
POLL_INTERVAL = 0.5  # seconds
CHALLENGE_TTL = 60  # seconds: of no use after some minutes
ADDRESS_TTL = 300  # seconds: a box may get another address
ALGORITHMS = ('hmac-sha256', 'hmac-sha384', 'hmac-sha512')


def check_library():
    """:raise DnsUpdateError: ``missing_library``"""
    if dns is None:
        raise DnsUpdateError(
            'missing_library',
            "The Python library dnspython is not installed on this server: pip install dnspython.",
        )


@dataclass(frozen=True)
class DnsServer:
    """The server that takes changes of a zone, and the key to it.

    :param str host: name or address
    :param str zone: ``iot.example.com``
    :param str key_name: of the TSIG key
    :param str key_secret: base64
    :param str key_algorithm: one of ``ALGORITHMS``
    """

    host: str
    zone: str
    key_name: str
    key_secret: str = field(repr=False)
    key_algorithm: str = 'hmac-sha256'
    port: int = 53


class DnsZone:
    """Records of a zone. Every method raises ``DnsUpdateError`` and takes a ``Deadline``.

    :param DnsServer server:
    """

    def __init__(self, server):
        check_library()
        self._server = server
        try:
            self._zone = dns.name.from_text(server.zone)
            self._key = dns.tsig.Key(server.key_name, server.key_secret, server.key_algorithm)
        except (dns.exception.DNSException, binascii.Error) as error:
            raise DnsUpdateError(
                'not_configured', "The DNS zone, or the name or secret of its key, is malformed."
            ) from error

    def add_text(self, name, value, deadline):
        """Add a TXT record, beside others of that name.

        :param str name: fully qualified
        """
        self._change('add', (name, CHALLENGE_TTL, 'TXT', f'"{value}"'), deadline)

    def remove_text(self, name, value, deadline):
        """Remove that TXT record, if it is there."""
        self._change('delete', (name, 'TXT', f'"{value}"'), deadline)

    def set_address(self, name, address, deadline):
        """Give that name this one IPv4 address."""
        self._change('replace', (name, ADDRESS_TTL, 'A', address), deadline)

    def remove_address(self, name, deadline):
        """Remove the IPv4 addresses of that name, if it has any."""
        self._change('delete', (name, 'A'), deadline)

    def wait_for_text(self, name, value, deadline):
        """Wait until every name server of the zone shows the record: any of them may be asked.

        :raise DnsUpdateError: ``timeout``: one of them did not in time
        """
        waiting = self._name_servers(deadline)
        while waiting := [host for host in waiting if not self._shows(host, name, value, deadline)]:
            if deadline.is_over():
                raise DnsUpdateError(
                    'timeout', f"The name server {min(waiting)} does not show the new record."
                )
            deadline.pause(POLL_INTERVAL)

    def _change(self, method, arguments, deadline):
        name, *rest = arguments
        name = self._qualified(name)
        message = dns.update.UpdateMessage(self._zone)
        getattr(message, method)(name, *rest)
        message.use_tsig(self._key)
        answer = self._exchange(message, self._server.host, self._server.port, deadline)
        if (rcode := answer.rcode()) == dns.rcode.SERVFAIL:
            raise DnsUpdateError('unavailable', "The DNS server has a failure of its own.")
        if rcode != dns.rcode.NOERROR:
            raise DnsUpdateError(
                'refused',
                f"The DNS server refused to change {self._server.zone} "
                f"({dns.rcode.to_text(rcode)}). May this key change this zone there?",
            )

    def _qualified(self, name):
        try:
            qualified = dns.name.from_text(name)
        except dns.exception.DNSException as error:
            raise DnsUpdateError('not_configured', f"{name[:80]} is no DNS name.") from error
        if not qualified.is_subdomain(self._zone):
            raise DnsUpdateError('not_configured', f"{name} is not in the zone {self._zone}.")
        return qualified

    def _name_servers(self, deadline):
        """:return: name and port of each server of the zone, those of the registered names"""
        answer = self._ask(self._server.host, self._server.port, self._zone, 'NS', deadline)
        names = {str(record.target) for record in _records(answer, self._zone, 'NS')}
        if not names:
            raise DnsUpdateError('refused', f"The DNS server has no zone {self._server.zone}.")
        return sorted(names)

    def _shows(self, host, name, value, deadline):
        """Whether one of the addresses of that name server shows the record."""
        name = self._qualified(name)
        try:
            addresses = self._addresses(host, deadline)
        except DnsUpdateError:  # as below
            return False
        for address in addresses:
            try:
                answer = self._ask(address, 53, name, 'TXT', deadline)
            except DnsUpdateError:  # down now, may be up in a moment
                continue
            for record in _records(answer, name, 'TXT'):
                if b''.join(record.strings).decode(errors='replace') == value:
                    return True
        return False

    def _addresses(self, host, deadline):
        """The zone itself knows its own name servers; the world may not know them yet."""
        name = dns.name.from_text(host)
        if name.is_subdomain(self._zone):
            found = []
            for kind in ('A', 'AAAA'):
                answer = self._ask(self._server.host, self._server.port, name, kind, deadline)
                found += [record.address for record in _records(answer, name, kind)]
            return found
        return [host]

    def _ask(self, host, port, name, kind, deadline):
        return self._exchange(dns.message.make_query(name, kind), host, port, deadline)

    def _exchange(self, message, host, port, deadline):
        timeout = min(EXCHANGE_TIMEOUT, max(deadline.left(), 0.1))
        try:
            address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0]
            return dns.query.tcp(message, address, timeout=timeout, port=port)
        except (dns.tsig.BadTime, dns.tsig.PeerBadTime) as error:
            raise DnsUpdateError(
                'refused', "The clocks of this server and of the DNS server differ."
            ) from error
        except (dns.tsig.PeerError, dns.tsig.BadSignature, dns.tsig.BadKey) as error:
            raise DnsUpdateError(
                'refused', "The DNS server does not accept the name or the secret of the key."
            ) from error
        except (dns.exception.Timeout, TimeoutError) as error:
            raise DnsUpdateError('timeout', f"The DNS server {host} does not answer.") from error
        except (OSError, EOFError) as error:
            raise DnsUpdateError(
                'unavailable', f"The DNS server {host} cannot be reached."
            ) from error
        except (dns.exception.DNSException, ValueError) as error:
            raise DnsUpdateError(
                'invalid_answer', f"The DNS server {host} answers nonsense."
            ) from error


def _records(answer, name, kind):
    """The records of that kind, wherever the answer has them."""
    kind = dns.rdatatype.from_text(kind)
    return [
        record
        for rrset in (*answer.answer, *answer.authority)
        if rrset.name == name and rrset.rdtype == kind
        for record in rrset
    ]
