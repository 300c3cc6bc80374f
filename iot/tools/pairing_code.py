"""Pairing codes: short enough to type, hard enough to guess (RFC 8628, sections 5.1 and 6.1)."""

import secrets

# No vowels, so no words; no digits, so nothing to confuse with a letter.
ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ'
# 20 ** 9 codes. The limits of ``models/iot_broker_guesser.py`` leave strangers 100 wrong tries in
# the life of a code: 100 / 20 ** 9 is less than 2 ** -32.
LENGTH = 9
GROUP = 3
MAX_TYPED_LENGTH = 64


def new_code():
    """Return a fresh code in its normal form.

    :rtype: str
    """
    return ''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def written(code):
    """Return a code as people read it, in groups.

    :param str code: in normal form
    :rtype: str
    """
    return '-'.join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normalized(typed):
    """Return the normal form of a typed code: case, spaces and punctuation do not matter.

    :param str typed: what a person typed
    :return: the code, or an empty text when no code of ours can be meant
    :rtype: str
    """
    if not isinstance(typed, str) or len(typed) > MAX_TYPED_LENGTH:
        return ''
    code = ''.join(character for character in typed.upper() if character.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ''
