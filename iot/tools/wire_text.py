"""Texts that anybody may have sent.

What decides something (identifiers, tokens) is refused when it breaks a rule. What is only shown
(names, makers) is cleaned and shortened: a printer with an odd name must not keep a box away.
"""

import unicodedata

from ..const import MAX_TEXT_LENGTH
from ..exceptions import MalformedPayload


def is_unprintable(character):
    """Control characters, half surrogates (PostgreSQL refuses them) and direction marks."""
    return unicodedata.category(character) in {'Cc', 'Cf', 'Cs'}


def shown_text(text):
    """Return a text for people: without what breaks a line, a table or the reading direction.

    :param str text:
    :rtype: str
    """
    cleaned = ''.join(' ' if is_unprintable(character) else character for character in text)
    return ' '.join(cleaned.split())[:MAX_TEXT_LENGTH]


def exact_text(value, label, limit):
    """Return a text unchanged: it is compared, and sent back as it came.

    :param value: anything
    :param str label: what to call it in an error
    :param int limit: characters
    :rtype: str
    :raise MalformedPayload: when it is empty, too long or not printable
    """
    if not isinstance(value, str) or not 0 < len(value) <= limit or not value.strip():
        raise MalformedPayload(f"{label} must be a text of 1 to {limit} characters.")
    if any(is_unprintable(character) for character in value):
        raise MalformedPayload(f"{label} must not have control characters.")
    return value


def ascii_text(value, label, limit):
    """Return what programs have made, say a token; empty where there is none.

    :param value: anything; boxes say None or False where they have none
    :param str label: what to call it in an error
    :param int limit: characters
    :rtype: str
    :raise MalformedPayload: when it is too long, not ASCII or not printable
    """
    if value is None or value is False:
        return ''
    fits = isinstance(value, str) and len(value) <= limit
    if not fits or not (value.isascii() and value.isprintable()):
        raise MalformedPayload(f"{label} must be at most {limit} printable ASCII characters.")
    return value
