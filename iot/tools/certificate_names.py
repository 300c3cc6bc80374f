"""The names in certificates of boxes (contract sections 6.2 and 10.1).

A database has a domain of its own below the *IoT domain*, and the boxes have names in it that tell
their address: ``192-168-1-20.<hash>.<zone>``. One wildcard covers them all.
"""

import hashlib
import ipaddress
import re

_LABEL = re.compile(r'(?!-)[a-z0-9-]{1,63}(?<!-)')
# a dashed address and the hash have 24 characters with their dots; a name has 253 at most
MAX_ZONE_LENGTH = 200


def parse_zone(text):
    """Return the normal form of an IoT domain, or None for what is no domain.

    :param str text: such as ``iot.example.com``
    :rtype: str | None
    """
    zone = (text or '').strip().rstrip('.').lower()
    labels = zone.split('.')
    if len(zone) > MAX_ZONE_LENGTH or len(labels) < 2 or labels[-1].isdigit():
        return None
    return zone if all(_LABEL.fullmatch(label) for label in labels) else None


def database_domain(db_uuid, zone):
    """Return the domain of a database: its hash is as unique as its uuid, and does not tell it.

    :rtype: str
    """
    return f'{hashlib.sha256(db_uuid.encode()).hexdigest()[:12]}.{zone}'


def wildcard(domain):
    """:rtype: str"""
    return f'*.{domain}'


def box_name(address, domain):
    """Return the name under which a box announces itself, or None if it has no IPv4 address.

    :param str address: dotted
    :rtype: str | None
    """
    try:
        return f'{str(ipaddress.IPv4Address(address)).replace(".", "-")}.{domain}'
    except ValueError:
        return None
