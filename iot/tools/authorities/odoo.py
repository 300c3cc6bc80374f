"""The certificates that Odoo gives to databases with a subscription (contract section 6.2).

Odoo decides on the names, ``*.<hash>.odoo-iot.com``, and makes the key; its DNS has the addresses.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import requests
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from ...exceptions import AuthorityError
from ..answer_body import read_body
from ..certificate_names import parse_zone, wildcard
from ..certificate_request import CertificateRequest, read_chain

URL = 'https://www.odoo.com/odoo-enterprise/iot/x509'
# Odoo makes a certificate while it is asked; the box waits that long, too.
REQUEST_TIMEOUT = 95  # seconds
# Three certificates and a key have some 10 kB.
MAX_ANSWER_BYTES = 256 * 1024
MAX_DETAIL_LENGTH = 300


class OdooAuthority:
    """
    :param str db_uuid: of this database
    :param str enterprise_code: of its contract with Odoo
    :param requests.Session session: for tests
    """

    def __init__(self, db_uuid, enterprise_code, url=URL, session=None):
        if not db_uuid or not enterprise_code:
            raise AuthorityError(
                'not_configured', "This database is not registered with a subscription at Odoo."
            )
        self._params = {'db_uuid': db_uuid, 'enterprise_code': enterprise_code}
        self._url = url
        self._session = session or requests.Session()

    def issue(self, request, deadline):
        """Ask once: Odoo limits how often it is asked.

        :param CertificateRequest request: its names are not asked for, Odoo has its own
        :param Deadline deadline:
        :rtype: CertificateChain
        :raise AuthorityError: nothing of an answer with a fault is used
        """
        result = self._read_result(self._post(deadline))
        values = [result.get(key) for key in ('subject_cn', 'x509_pem', 'private_key_pem')]
        if not all(isinstance(value, str) and value for value in values):
            raise AuthorityError('invalid_answer', "Odoo's service sent no certificate.")
        subject_cn, x509_pem, key_pem = values
        if subject_cn != wildcard(parse_zone(subject_cn.removeprefix('*.'))):
            raise AuthorityError(
                'invalid_answer', "Odoo's service sent a certificate for no such name."
            )
        now = datetime.now(UTC).replace(tzinfo=None)
        # a service whose clock is a little ahead sends nothing invalid
        moment = now + timedelta(minutes=1)
        chain = read_chain(x509_pem, key_pem, CertificateRequest((subject_cn,)), moment)
        _check_order(chain)
        return chain

    def forget_order(self):
        """Nothing is kept of what was asked."""

    def renewal_time(self, leaf_pem, deadline):
        """:return: None, for Odoo has no wish"""

    def _post(self, deadline):
        timeout = max(1, min(REQUEST_TIMEOUT, deadline.left()))
        try:
            with self._session.post(
                self._url,
                json={'params': self._params},
                timeout=timeout,
                # a POST that is sent elsewhere becomes a GET, and the code is for Odoo only
                allow_redirects=False,
                stream=True,
            ) as response:
                return response.status_code, read_body(response, MAX_ANSWER_BYTES, deadline)
        except requests.Timeout as error:
            raise AuthorityError('timeout', "Odoo's service did not answer in time.") from error
        except requests.RequestException as error:
            raise AuthorityError('unavailable', "Odoo's service cannot be reached.") from error

    def _read_result(self, answer):
        status, body = answer
        if status != 200:
            code = 'unavailable' if status >= 500 or status == 429 else 'invalid_answer'
            raise AuthorityError(code, f"Odoo's service answered with status {status}.")
        if body is None:
            raise AuthorityError('invalid_answer', "Odoo's service sent far too much.")
        try:
            answer = requests.compat.json.loads(body)
        except ValueError as error:
            raise AuthorityError(
                'invalid_answer', "Odoo's service sent an answer that makes no sense."
            ) from error
        result = answer.get('result') if isinstance(answer, dict) else None
        if isinstance(answer, dict) and answer.get('error'):
            raise AuthorityError('refused', "Odoo's service has a failure, or does not know us.")
        if not isinstance(result, dict):
            raise AuthorityError('invalid_answer', "Odoo's service sent an empty answer.")
        if result.get('error'):
            words = str(result['error'])[:MAX_DETAIL_LENGTH].rstrip('.')
            raise AuthorityError('refused', f"Odoo's service refused: {words}.")
        return result


def _check_order(chain):
    """Make sure that each certificate is signed by the next one, as web servers send them."""
    certificates = x509.load_pem_x509_certificates(chain.fullchain_pem.encode())
    for certificate, issuer in pairwise(certificates):
        try:
            certificate.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature) as error:
            raise AuthorityError(
                'invalid_answer', "Odoo's service sent certificates that do not belong together."
            ) from error
