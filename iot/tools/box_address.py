"""The address that a box announces, and the link to its homepage.

A box can announce anything: what is not a plain address or a name of the form that the box
software itself builds never becomes a link.
"""

import ipaddress
import re

# Odoo listens there on every box; ports 80 and 443 are a front of it (contract section 7).
HOMEPAGE_PORT = 8069
MAX_NAME_LENGTH = 253
# ``192-168-1-20.<domain of the certificate>`` (contract section 10.1)
_CERTIFIED_NAME = re.compile(
    r'(?P<address>\d{1,3}(?:-\d{1,3}){3})(?P<domain>(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+)',
    re.ASCII | re.IGNORECASE,
)


def announced_address(announced):
    """Return the IP address that a box announces, or None.

    :param str announced: ``iot_box.ip`` of the setup: the address, or a name that tells it
    :return: in normal form
    :rtype: str | None
    """
    announced = announced or ''
    name = _CERTIFIED_NAME.fullmatch(announced)
    address = _ip_address(name['address'].replace('-', '.') if name else announced)
    return address and str(address)


def https_host(announced, certified_address=None):
    """Return the host by which a box is reached over HTTPS, or None.

    :param str announced: ``iot_box.ip`` of the setup: an IP address, or the name for which the box
        owns a certificate
    :param str certified_address: IP address for which the box owns a certificate, if known
    :rtype: str | None
    """
    announced = announced or ''
    if _CERTIFIED_NAME.fullmatch(announced) and len(announced) <= MAX_NAME_LENGTH:
        return announced.lower() if announced_address(announced) else None
    address = announced_address(announced)
    return address and _in_url(address) if address == certified_address else None


def homepage_url(announced, certified_address=None):
    """Return the URL of the homepage of a box, or None; parameters as of `https_host`.

    :rtype: str | None
    """
    host = https_host(announced, certified_address)
    if host:
        return f'https://{host}'
    address = _ip_address(announced or '')
    return address and f'http://{_in_url(str(address))}:{HOMEPAGE_PORT}'


def _in_url(address):
    return f'[{address}]' if ':' in address else address


def _ip_address(text):
    """Return the address of a host written as ``text``, or None."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if address.is_unspecified or address.is_multicast or getattr(address, 'scope_id', None):
        return None
    return address
