"""A secret text at rest: of no use without the secret of the database it lies in.

Odoo gives copies of a database a secret of their own, so that a copy cannot open what it took
along; neither can anybody who sees one column only.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..exceptions import SealBroken


def seal(text, database_secret, purpose):
    """Encrypt and authenticate a text.

    :param str database_secret: random, such as ``database.secret``
    :param str purpose: what is sealed for one purpose cannot be taken for another
    :rtype: str
    """
    return _fernet(database_secret, purpose).encrypt(text.encode()).decode()


def unseal(sealed, database_secret, purpose):
    """Return the text that was sealed.

    :rtype: str
    :raise SealBroken: when it was sealed with another secret, or was changed
    """
    try:
        return _fernet(database_secret, purpose).decrypt((sealed or '').encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def _fernet(database_secret, purpose):
    key = HKDF(hashes.SHA256(), length=32, salt=None, info=f'iot/{purpose}'.encode())
    return Fernet(base64.urlsafe_b64encode(key.derive(database_secret.encode())))
