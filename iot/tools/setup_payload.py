"""Body of ``POST /iot/setup`` (contract section 3.2): untrusted wire values in, checked ones out.

What decides something (identifiers, token) is refused when it breaks a rule. What is only shown
(names, makers) is cleaned and shortened: a printer with an odd name must not keep a box away.
"""

import re
import unicodedata
from dataclasses import dataclass

from ..const import (
    MAX_DEVICE_IDENTIFIER_LENGTH,
    MAX_DEVICES,
    MAX_IDENTIFIER_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_TOKEN_LENGTH,
)
from ..exceptions import MalformedPayload

# ``iot_drivers/controllers/driver.py``; anything newer is shown, but is no device we know to use.
DEVICE_TYPES = frozenset({
    'printer', 'scale', 'display', 'scanner', 'keyboard', 'camera', 'device', 'payment',
    'fiscal_data_module',
})  # fmt: skip
CONNECTIONS = frozenset({'direct', 'network', 'serial', 'hdmi', 'bluetooth'})
SUBTYPES = frozenset({'receipt_printer', 'label_printer', 'office_printer'})

# Serial numbers, UUIDs, MAC addresses, and the literal of a test system (contract section 2.1).
_BOX_IDENTIFIER = re.compile(r'[A-Za-z0-9][A-Za-z0-9_.:-]*')
_MAC = re.compile(r'[0-9a-f]{2}(?::[0-9a-f]{2}){5}')


@dataclass(frozen=True, slots=True)
class AnnouncedDevice:
    """One device of a setup, with the meaning of each text as in contract section 3.2."""

    identifier: str
    name: str
    type: str
    manufacturer: str
    connection: str
    subtype: str


@dataclass(frozen=True, slots=True)
class SetupPayload:
    """A checked setup. ``token`` is empty when the box has none, ``mac`` when it is unknown."""

    identifier: str
    mac: str
    ip: str
    token: str
    version: str
    name: str
    devices: tuple[AnnouncedDevice, ...]

    @classmethod
    def parse(cls, iot_box, devices):
        """Check the two parameters of a setup.

        :param iot_box: anything a stranger may post
        :param devices: anything a stranger may post
        :rtype: SetupPayload
        :raise MalformedPayload: naming the first value that breaks a rule
        """
        if not isinstance(iot_box, dict):
            raise MalformedPayload("iot_box must be an object.")
        if devices is None:
            devices = {}
        if not isinstance(devices, dict):
            raise MalformedPayload("devices must be an object.")
        if len(devices) > MAX_DEVICES:
            raise MalformedPayload(f"devices must not have more than {MAX_DEVICES} entries.")
        identifier = parse_box_identifier(iot_box.get('identifier'), 'iot_box.identifier')
        # before 19.0 the identifier is the MAC address (contract section 15)
        macs = (_text(iot_box, 'mac', 'iot_box').lower(), identifier.lower())
        return cls(
            identifier=identifier,
            mac=next(filter(_MAC.fullmatch, macs), ''),
            ip=_text(iot_box, 'ip', 'iot_box'),
            token=_token(iot_box.get('token')),
            version=_text(iot_box, 'version', 'iot_box'),
            name=_text(iot_box, 'name', 'iot_box'),
            devices=tuple(_device(*item) for item in devices.items()),
        )


def parse_box_identifier(value, label):
    """Check the identifier of a box.

    :param value: anything a stranger may post
    :param str label: what to call it in an error
    :rtype: str
    :raise MalformedPayload: when no box has such an identifier
    """
    identifier = _identifier(value, label, MAX_IDENTIFIER_LENGTH)
    if not _BOX_IDENTIFIER.fullmatch(identifier):
        raise MalformedPayload(
            f"{label} must have letters, digits and . _ : - only, and start with a letter or digit."
        )
    return identifier


def _device(identifier, values):
    identifier = _identifier(identifier, 'A device identifier', MAX_DEVICE_IDENTIFIER_LENGTH)
    where = 'A device'
    if not isinstance(values, dict):
        raise MalformedPayload(f"{where} must be an object.")
    device_type = _text(values, 'type', where)
    connection = _text(values, 'connection', where)
    subtype = _text(values, 'subtype', where)
    return AnnouncedDevice(
        identifier=identifier,
        name=_text(values, 'name', where) or identifier,
        type=device_type if device_type in DEVICE_TYPES else 'unsupported',
        manufacturer=_text(values, 'manufacturer', where),
        connection=connection if connection in CONNECTIONS else 'other',
        subtype=subtype if subtype in SUBTYPES else '',
    )


def _identifier(value, label, limit):
    """Return an identifier unchanged: it is compared and sent back to the box as it came."""
    if not isinstance(value, str) or not 0 < len(value) <= limit or not value.strip():
        raise MalformedPayload(f"{label} must be a text of 1 to {limit} characters.")
    if any(is_unprintable(character) for character in value):
        raise MalformedPayload(f"{label} must not have control characters.")
    return value


def _token(value):
    if value is None:
        return ''
    fits = isinstance(value, str) and len(value) <= MAX_TOKEN_LENGTH
    if not fits or not (value.isascii() and value.isprintable()):
        raise MalformedPayload(
            f"iot_box.token must be null or at most {MAX_TOKEN_LENGTH} printable ASCII characters."
        )
    return value


def _text(values, key, where):
    """Return a text for people: without what breaks a line, a table or the reading direction."""
    value = values.get(key)
    if value is None or value is False:
        return ''
    if not isinstance(value, str):
        raise MalformedPayload(f"{where}: {key} must be a text.")
    cleaned = ''.join(' ' if is_unprintable(character) else character for character in value)
    return ' '.join(cleaned.split())[:MAX_TEXT_LENGTH]


def is_unprintable(character):
    """Control characters, half surrogates (PostgreSQL refuses them) and direction marks."""
    return unicodedata.category(character) in {'Cc', 'Cf', 'Cs'}
