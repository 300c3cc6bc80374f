"""Body of ``POST /iot/setup`` (contract section 3.2): untrusted values in, checked ones out."""

import re
from dataclasses import dataclass

from ..const import MAX_DEVICE_IDENTIFIER_LENGTH, MAX_DEVICES, MAX_TOKEN_LENGTH
from ..exceptions import MalformedPayload
from .box_identifier import parse_box_identifier
from .wire_text import ascii_text, exact_text, shown_text

# ``iot_drivers/controllers/driver.py``; anything newer is shown, but is no device we know to use.
DEVICE_TYPES = frozenset({
    'printer', 'scale', 'display', 'scanner', 'keyboard', 'camera', 'device', 'payment',
    'fiscal_data_module',
})  # fmt: skip
CONNECTIONS = frozenset({'direct', 'network', 'serial', 'hdmi', 'bluetooth'})
SUBTYPES = frozenset({'receipt_printer', 'label_printer', 'office_printer'})

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
            token=ascii_text(iot_box.get('token'), 'iot_box.token', MAX_TOKEN_LENGTH),
            version=_text(iot_box, 'version', 'iot_box'),
            name=_text(iot_box, 'name', 'iot_box'),
            devices=tuple(_device(*item) for item in devices.items()),
        )


def _device(identifier, values):
    identifier = exact_text(identifier, 'A device identifier', MAX_DEVICE_IDENTIFIER_LENGTH)
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


def _text(values, key, where):
    value = values.get(key)
    if value is None or value is False:
        return ''
    if not isinstance(value, str):
        raise MalformedPayload(f"{where}: {key} must be a text.")
    return shown_text(value)
