"""Connection tokens as text: made, hashed, compared, written out for a box.

Contract section 9 tells the two forms a box accepts and the traps of each.
"""

import hashlib
import hmac
import secrets
from urllib.parse import urlencode

# 192 random bits in hexadecimal: no character that a URL, an ini file or the pipe form gives a
# meaning to, and a double click selects it whole.
TOKEN_BYTES = 24
INDEX_LENGTH = 8  # characters stored in clear to find the row; 160 secret bits remain
CHANNEL_PREFIX = 'iot_channel_'


def new_token():
    """Return a fresh token.

    :rtype: str
    """
    return secrets.token_hex(TOKEN_BYTES)


def token_index(token):
    """Return the part of ``token`` that may be stored in clear.

    :param str token: what a box presents, possibly anything
    :rtype: str
    """
    return token[:INDEX_LENGTH]


def digest(secret):
    """Return what is stored in place of a secret.

    A plain SHA-256 is enough: the secrets are random and long, there is no dictionary to try.

    :param str secret: a token or the name of a channel
    :return: 64 hexadecimal characters
    :rtype: str
    """
    # half surrogates, which no secret has, come as JSON from whoever guesses
    return hashlib.sha256(secret.encode(errors='surrogatepass')).hexdigest()


def matches(secret, expected_digest):
    """Tell in constant time whether ``secret`` is the one behind ``expected_digest``.

    :param str secret: what was presented
    :param str expected_digest: what was stored
    :rtype: bool
    """
    return hmac.compare_digest(digest(secret), expected_digest or '')


def channel_name(database_secret, token):
    """Derive the bus channel of the pairing that ``token`` made.

    It is the same at each setup of a pairing (a box listens for ever to the first one it got,
    contract section 1.2) although nobody stores it: the token is known to the box alone.

    :param str database_secret: system parameter ``database.secret``
    :param str token: the token that the box presents
    :return: an unguessable channel name
    :rtype: str
    """
    message = b'iot.channel:' + token.encode()
    return CHANNEL_PREFIX + hmac.new(database_secret.encode(), message, 'sha256').hexdigest()


def url_form(base_url, token, *, db_uuid, enterprise_code, db_name):
    """Write a token for boxes of Odoo 18.4 and later (contract section 9, form B).

    Exactly these four keys: a box refuses the token when one more or less is there.

    :param str base_url: ``scheme://host[:port]``
    :rtype: str
    """
    query = {
        'token': token,
        'db_uuid': db_uuid,
        'enterprise_code': enterprise_code,
        'db_name': db_name,
    }
    return f'{base_url}?{urlencode(query)}'


def pipe_form(base_url, token, *, db_uuid, enterprise_code):
    """Write a token for older boxes (contract section 9, form A): it cannot name the database.

    :param str base_url: ``scheme://host[:port]``
    :rtype: str
    """
    return '|'.join((base_url, token, db_uuid, enterprise_code))
