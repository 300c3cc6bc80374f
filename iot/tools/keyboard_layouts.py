"""Keyboard layouts as a box tells them (contract section 3.8): anybody may have sent them."""

import json
import re
from dataclasses import dataclass

from ..const import MAX_KEYBOARD_LAYOUTS
from ..exceptions import MalformedPayload
from .wire_text import shown_text

# Names of X keyboard layouts and variants: ``be``, ``us(intl)``'s ``intl``, ``iso-alternate``.
_CODE = re.compile(r'[A-Za-z0-9_.+-]{1,64}')


@dataclass(frozen=True, slots=True)
class KeyboardLayout:
    """A layout of X. ``variant`` is empty for the usual form of it."""

    name: str
    layout: str
    variant: str


def parse_keyboard_layouts(text):
    """Check a list of layouts.

    :param text: anything a stranger may post in the field ``available_layouts``
    :return: each layout once
    :rtype: list[KeyboardLayout]
    :raise MalformedPayload: naming the first value that breaks a rule
    """
    try:
        entries = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise MalformedPayload("available_layouts must be JSON.") from error
    if not isinstance(entries, list) or len(entries) > MAX_KEYBOARD_LAYOUTS:
        raise MalformedPayload(
            f"available_layouts must be a list of at most {MAX_KEYBOARD_LAYOUTS} layouts."
        )
    layouts = {}
    for entry in entries:
        if not isinstance(entry, dict):
            raise MalformedPayload("A layout must be an object.")
        layout = _code(entry, 'layout')
        variant = _code(entry, 'variant') if entry.get('variant') else ''
        name = _name(entry) or f'{layout} {variant}'.strip()
        layouts.setdefault((layout, variant), KeyboardLayout(name, layout, variant))
    return list(layouts.values())


def _code(entry, key):
    value = entry.get(key)
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise MalformedPayload(f"A layout's {key} must have 1 to 64 letters, digits and _ . + -")
    return value


def _name(entry):
    value = entry.get('name')
    return shown_text(value) if isinstance(value, str) else ''
