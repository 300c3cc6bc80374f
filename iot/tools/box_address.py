"""The address that a box announces, and the link to its homepage.

A box can announce anything: what is not a plain address or a name of the form that the box
software itself builds never becomes a link.
"""

import ipaddress
import re

# Odoo listens there on every box; ports 80 and 443 are a front of it (contract section 7).
HOMEPAGE_PORT = 8069
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


def homepage_url(announced):
    """Return the URL of the homepage of a box, or None.

    :param str announced: ``iot_box.ip`` of the setup: an IP address, or the name for which the box
        owns a certificate
    :rtype: str | None
    """
    announced = announced or ''
    address = _ip_address(announced)
    if address is not None:
        host = f'[{address}]' if address.version == 6 else str(address)
        return f'http://{host}:{HOMEPAGE_PORT}'
    name = _CERTIFIED_NAME.fullmatch(announced)
    if name and len(announced) <= 253 and _ip_address(name['address'].replace('-', '.')):
        return f'https://{announced.lower()}'
    return None


def _ip_address(text):
    """Return the address of a host written as ``text``, or None."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if address.is_unspecified or address.is_multicast or getattr(address, 'scope_id', None):
        return None
    return address
