"""A key and its certificate in one file, as servers take them."""

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def write_pem(path, key, certificate):
    """:return: the path"""
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return path
