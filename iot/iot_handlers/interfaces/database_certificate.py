"""This box gets its HTTPS certificate from the database that it is connected to.

This file does not run in Odoo but on boxes, which take it with the drivers of the database. The
stock software asks Odoo's own server for certificates, by a name that is fixed in it; with this
file its functions ask the database before. Where that gives none, they go on as ever, and what is
installed stays.
"""

import logging
import time
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path

import requests
import schedule
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from odoo.addons.iot_drivers.tools import certificate, helpers
from odoo.addons.iot_drivers.tools.system import IS_TEST, IS_WINDOWS

_logger = logging.getLogger(__name__)

STOCK_ROUTE = '/odoo-enterprise/iot/x509'
ROUTE = '/iot/box/certificate'
TIMEOUT = 15  # seconds; the loop that looks for new devices waits meanwhile
CHECK_INTERVAL = 10  # seconds; a look at what is installed here
RETRY_INTERVAL = 3600  # seconds between two questions, unless the box is elsewhere
STOCK_MARGIN = timedelta(days=10)  # the stock software replaces what has less left
# whatever a server may answer, it does not stop the stock software
UNUSABLE = (
    requests.exceptions.RequestException,
    ValueError,
    TypeError,
    AttributeError,
    x509.ExtensionNotFound,
    UnsupportedAlgorithm,
)
# what is known of the certificate that a database has given, in ``odoo.conf``
SECTION = 'iot.certificate'


class DatabaseCertificates:
    """Takes the place of the module ``requests`` in the stock functions for certificates."""

    def __init__(self):
        self._answer = None
        self._asked_as = None
        self._next_question = 0

    def __getattr__(self, name):
        return getattr(requests, name)

    def post(self, url, **options):
        """Answer the stock question for a certificate with one of the database, if it has any."""
        if url.endswith(STOCK_ROUTE):
            answer, self._answer = self._answer or self._ask(), None
            if answer:
                return answer
        return requests.post(url, **options)  # noqa: S113 (the stock functions set it)

    def check(self):
        """Replace the certificate when it is time to. Called every few seconds, never raises."""
        try:
            address, database = helpers.get_ip(), helpers.get_conf('db_uuid')
            if address and database and is_due(address, database):
                self._answer = self._ask()
                if self._answer:
                    certificate.inform_database(certificate.download_odoo_certificate())
        except Exception:  # the loop that calls this has other work
            _logger.exception("The certificate of this box could not be replaced")

    def _ask(self):
        """Ask the database, unless it was asked lately by the same box in the same place."""
        place = helpers.get_ip(), helpers.get_conf('db_uuid')
        if place == self._asked_as and time.monotonic() < self._next_question:
            return None
        self._asked_as, self._next_question = place, time.monotonic() + RETRY_INTERVAL
        return ask_database()


def is_due(address, database):
    """Tell whether this box needs another certificate.

    One that no database has given, such as Odoo's, is good until the stock software replaces it.

    :param str address: of this box
    :param str database: uuid
    """
    if not certificate.get_certificate_end_date():
        return True
    leaf = x509.load_pem_x509_certificate(_installed_path().read_bytes())
    if _fingerprint(leaf) != _known('fingerprint'):
        return False
    return (
        database != _known('database')
        or not _is_for(leaf, address)
        or _now() >= datetime.fromisoformat(_known('renew_at'))
    )


@helpers.require_db
def ask_database(server_url=None):
    """Ask the database for a certificate, and remember which one it gave.

    :param str server_url: of the database (provided by decorator)
    :return: its answer, in the words of the stock server; None if there is none that can be used
    :rtype: requests.Response | None
    """
    address = helpers.get_ip()
    question = {
        'identifier': helpers.get_identifier(),
        'token': helpers.get_token(),
        'addresses': [address],
        'time': int(time.time()),
    }
    try:
        answer = requests.post(server_url + ROUTE, json={'params': question}, timeout=TIMEOUT)
        answer.raise_for_status()
        known = _check(answer.json(), address)
    except UNUSABLE as error:
        _logger.warning("The database has given no certificate: %s", error)
        return None
    helpers.update_conf({**known, 'database': helpers.get_conf('db_uuid')}, section=SECTION)
    return answer


def _check(body, address):
    """Return what is to be remembered of a certificate.

    :raise ValueError: for anything that would make this box worse
    """
    result = body.get('result') if isinstance(body, dict) else None
    if not isinstance(result, dict):
        raise ValueError("its answer makes no sense")
    if result.get('error'):
        raise ValueError(result['error'])
    keys = ('x509_pem', 'private_key_pem', 'renew_at')
    if not (all(isinstance(result.get(key), str) for key in keys) and 'subject_cn' in result):
        raise ValueError("its answer is not complete")
    leaf = x509.load_pem_x509_certificate(result['x509_pem'].encode())
    key = load_pem_private_key(result['private_key_pem'].encode(), password=None)
    if leaf.public_key().public_numbers() != key.public_key().public_numbers():
        raise ValueError("its key belongs to another certificate")
    if not _is_for(leaf, address):
        raise ValueError("it is for another address")
    # a Windows box restarts with each new certificate: it must not be due at once
    renew_at = datetime.fromisoformat(result['renew_at'])
    if not _date(leaf, 'not_valid_before') <= _now() < renew_at:
        raise ValueError("it is not for today. Is the clock of this box right?")
    if _date(leaf, 'not_valid_after') - _now() <= STOCK_MARGIN:
        raise ValueError("it ends too soon")
    return {'fingerprint': _fingerprint(leaf), 'renew_at': str(renew_at)}


def _is_for(leaf, address):
    """Tell whether a certificate is for an address, or for the names of all boxes."""
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return ip_address(address) in names.get_values_for_type(x509.IPAddress) or any(
        name.startswith('*.') for name in names.get_values_for_type(x509.DNSName)
    )


def _installed_path():
    folder = Path(helpers.get_path_nginx(), 'conf') if IS_WINDOWS else Path('/etc/ssl/certs')
    return folder / 'nginx-cert.crt'


def _known(key):
    return helpers.get_conf(key, section=SECTION)


def _fingerprint(leaf):
    return leaf.fingerprint(hashes.SHA256()).hex()


def _date(leaf, name):
    """Return a date of a certificate, naive UTC; ``cryptography`` of older images has no other."""
    aware = getattr(leaf, f'{name}_utc', None)
    return aware.replace(tzinfo=None) if aware else getattr(leaf, name)


def _now():
    # boxes may have Python 3.10, which knows it by no other name
    return datetime.now(timezone.utc).replace(tzinfo=None)  # noqa: UP017


if not IS_TEST:
    certificate.requests = certificates = DatabaseCertificates()
    schedule.every(CHECK_INTERVAL).seconds.do(certificates.check)
