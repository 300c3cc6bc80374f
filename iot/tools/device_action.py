"""What a device can be told to do, and with which arguments (contract section 7.5).

Messages to a box are built from what is checked here only, so that nobody slips keys of the
protocol (``iot_identifiers``) into them.
"""

import base64
import binascii
from dataclasses import dataclass, field

from ..const import (
    MAX_ACTION_DATA_LENGTH,
    MAX_DOCUMENT_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_TOKEN_LENGTH,
    MAX_URL_LENGTH,
    PRINT_LIFETIME,
    REQUEST_LIFETIME,
)
from ..exceptions import MalformedAction
from .json_text import json_text

ORIENTATIONS = frozenset({'NORMAL', 'INVERTED', 'LEFT', 'RIGHT'})


def _base64(value):
    if not isinstance(value, str) or not 0 < len(value) <= MAX_DOCUMENT_LENGTH:
        raise ValueError(f"a base64 text of 1 to {MAX_DOCUMENT_LENGTH} characters")
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("a base64 text") from error
    return value


def _text(limit, *, required=True):
    def check(value):
        fits = isinstance(value, str) and len(value) <= limit and (value or not required)
        if not fits or not value.isprintable():
            raise ValueError(f"a text of {1 if required else 0} to {limit} printable characters")
        return value

    return check


def _url(value):
    value = _text(MAX_URL_LENGTH)(value)
    if not value.startswith(('http://', 'https://')):
        raise ValueError("an address that starts with http:// or https://")
    return value


def _number(value):
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise ValueError("a positive whole number")
    return value


def _flag(value):
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _orientation(value):
    if not isinstance(value, str) or value.upper() not in ORIENTATIONS:
        raise ValueError(f"one of {', '.join(sorted(ORIENTATIONS))}")
    return value.upper()


def _data(value):
    if not isinstance(value, dict) or json_text(value, MAX_ACTION_DATA_LENGTH) is None:
        raise ValueError(f"an object of at most {MAX_ACTION_DATA_LENGTH} characters as JSON")
    return value


@dataclass(frozen=True, slots=True)
class _Rule:
    """One action.

    :param dict arguments: name → function that returns the checked value or raises `ValueError`
    :param optional: names of the arguments that may be missing
    :param bool is_setting: it lasts beyond the moment, so administrators do it
    """

    arguments: dict = field(default_factory=dict)
    optional: frozenset = frozenset()
    is_setting: bool = False


_KEYBOARD = {
    'update_layout': _Rule(
        {
            'layout': _text(MAX_TEXT_LENGTH, required=False),
            'variant': _text(MAX_TEXT_LENGTH, required=False),
        },
        optional=frozenset({'variant'}),
        is_setting=True,
    ),
    'update_is_scanner': _Rule({'is_scanner': _flag}, is_setting=True),
}
_POS = {'pos_id': _number, 'access_token': _text(MAX_TOKEN_LENGTH)}
_RULES = {
    'printer': {
        'print_receipt': _Rule({'receipt': _base64}),
        'print': _Rule({'document': _base64}),
        'cashbox': _Rule(),
        'status': _Rule(),
    },
    'display': {
        'update_url': _Rule({'url': _url}, is_setting=True),
        'display_refresh': _Rule(),
        'open_kiosk': _Rule(_POS),
        'open': _Rule(_POS),
        'close': _Rule(),
        'set': _Rule({'data': _data}),
        'rotate_screen': _Rule({'orientation': _orientation}, is_setting=True),
    },
    'keyboard': _KEYBOARD,
    'scanner': _KEYBOARD,
    'scale': {'read_once': _Rule(), 'start_reading': _Rule(), 'stop_reading': _Rule()},
}
# A box drops an action whose name is the empty text that stands for "print this document" in its
# drivers; without the key it prints (contract section 7.5).
_NAMELESS = 'print'


@dataclass(frozen=True, slots=True)
class DeviceAction:
    """A checked action of a device.

    :param str name: as users of this addon call it
    :param dict arguments: checked values
    :param bool is_print: it occupies the device until it has ended
    :param bool is_setting: it lasts beyond the moment, so administrators do it
    """

    name: str
    arguments: dict
    is_print: bool
    is_setting: bool

    @classmethod
    def parse(cls, device_type, name, arguments):
        """Check an action.

        :param str device_type: `iot.device.type`
        :param name: anything
        :param arguments: anything
        :rtype: DeviceAction
        :raise MalformedAction: when no such device does this, naming the value that is wrong
        """
        rules = _RULES.get(device_type, {})
        rule = rules.get(name) if isinstance(name, str) else None
        if rule is None:
            known = ", ".join(rules) or "none"
            raise MalformedAction(
                f"A device of type {device_type} has no such action; known: {known}."
            )
        if not isinstance(arguments, dict):
            raise MalformedAction(f"{name}: the arguments must be an object.")
        if unknown := arguments.keys() - rule.arguments.keys():
            raise MalformedAction(f"{name} takes no {ascii(min(map(str, unknown)))[1:-1][:50]}.")
        if missing := rule.arguments.keys() - rule.optional - arguments.keys():
            raise MalformedAction(f"{name} needs {min(missing)}.")
        checked = {}
        for key, value in arguments.items():
            try:
                checked[key] = rule.arguments[key](value)
            except ValueError as error:
                raise MalformedAction(f"{name}: {key} must be {error}.") from error
        return cls(name, checked, device_type == 'printer', rule.is_setting)

    @property
    def lifetime(self):
        return PRINT_LIFETIME if self.is_print else REQUEST_LIFETIME

    def wire(self):
        """Return the part of the message to the box that is up to the action.

        :rtype: dict
        """
        return self.arguments | ({} if self.name == _NAMELESS else {'action': self.name})
