"""Client of a pairing broker in another database (``README.md``, section Pairing broker)."""

import json

import requests

from ..exceptions import BrokerError
from .answer_body import read_body
from .deadline import Deadline

CLAIM_PATH = '/odoo-enterprise/iot/connect-db'
TIMEOUT = 5  # seconds, for connecting, and for the whole answer: a person is waiting
MAX_ANSWER_BYTES = 64 * 1024
KNOWN_CODES = frozenset({'unknown_code', 'expired', 'claimed', 'locked', 'disabled', 'malformed'})


class BrokerClient:
    """Calls to one broker.

    :param str base_url: ``scheme://host[:port]`` of the broker
    :param requests.Session session: sends the requests
    :param float timeout: seconds
    """

    def __init__(self, base_url, session=None, timeout=TIMEOUT):
        self._base_url = base_url.rstrip('/')
        self._session = session or requests.Session()
        self._timeout = timeout

    def claim(self, code, *, url, token, db_uuid, enterprise_code):
        """Hand the way to this database to the box that shows a code.

        :param str code: as typed
        :param str url: ``scheme://host[:port]`` of this database
        :return: serial number of the box
        :rtype: str
        :raise BrokerError: with a code of ``KNOWN_CODES``, ``broker_unreachable`` or
            ``broker_invalid``
        """
        answer = self._post(
            CLAIM_PATH,
            {
                'pairing_code': code,
                'url': url,
                'token': token,
                'db_uuid': db_uuid,
                'enterprise_code': enterprise_code,
            },
        )
        match answer:
            case {'result': {'serial_number': str(serial_number)}}:
                return serial_number
            case {'error': {'data': {'code': str(reason)}}} if reason in KNOWN_CODES:
                raise BrokerError(reason)
        raise BrokerError('broker_invalid')

    def _post(self, path, params):
        """Return the decoded answer, whatever its JSON is."""
        try:
            with self._session.post(
                self._base_url + path,
                json={'params': params},
                timeout=self._timeout,
                allow_redirects=False,  # a redirected POST would arrive as GET
                stream=True,
            ) as response:
                body = read_body(response, MAX_ANSWER_BYTES, Deadline(self._timeout))
                status = response.status_code
        except (requests.RequestException, OSError) as error:
            raise BrokerError('broker_unreachable') from error
        if status != 200 or body is None:
            raise BrokerError('broker_invalid')
        try:
            return json.loads(body)
        except ValueError as error:
            raise BrokerError('broker_invalid') from error
