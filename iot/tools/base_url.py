"""Can an IoT box use this base URL? It keeps ``scheme://host[:port]`` (contract sections 2, 9)."""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from ..exceptions import UnusableBaseUrl

WARNING_LOOPBACK = 'base_url_loopback'


def box_server_url(base_url):
    """Return the server URL to write into a token.

    :param str base_url: value of the system parameter ``web.base.url``
    :return: ``scheme://host[:port]``, and a warning code or None
    :rtype: tuple[str, str | None]
    :raise UnusableBaseUrl: with the reason as code
    """
    text = (base_url or '').strip()
    if not text:
        raise UnusableBaseUrl('base_url_missing')
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:  # a port that is no number, a broken IPv6 address
        raise UnusableBaseUrl('base_url_invalid') from error
    if parts.scheme not in ('http', 'https'):
        raise UnusableBaseUrl('base_url_scheme')
    if not host or port == 0 or re.search(r'[\s|?#]', text) or not text.isprintable():
        raise UnusableBaseUrl('base_url_invalid')
    if parts.username is not None or parts.password is not None:
        raise UnusableBaseUrl('base_url_credentials')
    name = host.removesuffix('.')  # with the dot it means the same
    if name in ('localhost', 'localhost.localdomain') or name.endswith('.localhost'):
        raise UnusableBaseUrl('base_url_localhost')
    if parts.path.strip('/'):
        raise UnusableBaseUrl('base_url_path')
    return f'{parts.scheme}://{parts.netloc}', _warning(host)


def is_loopback(server_url):
    """Tell whether a box that is sent there would look for the database on itself.

    :param str server_url: as `box_server_url` returns it
    :rtype: bool
    """
    address = _address(host_of(server_url))
    return bool(address and address.is_loopback)


def host_of(base_url):
    """Return the host of a base URL, for people to read; empty when it has none.

    :rtype: str
    """
    try:
        return urlsplit(base_url or '').hostname or ''
    except ValueError:
        return ''


def _warning(host):
    """Return a warning code for a host that few boxes can reach, or None.

    :raise UnusableBaseUrl: for an address that means "any address"
    """
    address = _address(host)
    if address is None:
        return None
    if address.is_unspecified:
        raise UnusableBaseUrl('base_url_invalid')
    return WARNING_LOOPBACK if address.is_loopback else None


def _address(host):
    """Return the IP address that a host is, in whichever way it is written, or None."""
    host = host.removesuffix('.')
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        try:
            return ipaddress.ip_address(socket.inet_aton(host))  # 127.1, 2130706433
        except (OSError, ValueError):
            return None
    return getattr(address, 'ipv4_mapped', None) or address
