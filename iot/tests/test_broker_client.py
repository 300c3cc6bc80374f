import http.client
import io
import json

import requests
from freezegun import freeze_time

from odoo.tests import BaseCase, tagged

from ..exceptions import BrokerError
from ..tools.broker_client import MAX_ANSWER_BYTES, BrokerClient

WAY = {'url': 'https://db.example.com', 'token': 't', 'db_uuid': 'u', 'enterprise_code': ''}


class Drip(io.RawIOBase):
    """A byte a second."""

    def __init__(self, clock, body):
        super().__init__()
        self.clock, self.body, self.bytes_read = clock, body, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self.clock.tick(1)
        byte = self.body[self.bytes_read : self.bytes_read + 1]
        buffer[: len(byte)] = byte
        self.bytes_read += len(byte)
        return len(byte)


class BrokenOff(io.RawIOBase):
    def readable(self):
        return True

    def readinto(self, _buffer):
        raise http.client.IncompleteRead(b'{')


class OneAnswer(requests.adapters.BaseAdapter):
    """A network with one answer, for one request: another one fails, and so does none."""

    def __init__(self, body=b'', status=200, error=None, headers=None):
        super().__init__()
        self.answer = (body, status, error, headers)
        self.requests = []

    def send(self, request, **kwargs):
        self.requests.append((request, kwargs))
        assert len(self.requests) == 1, "a second request"
        body, status, error, headers = self.answer
        if error:
            raise error
        response = requests.Response()
        response.status_code = status
        response.url = request.url
        response.raw = requests.packages.urllib3.HTTPResponse(
            io.BytesIO(body) if isinstance(body, bytes) else body,
            headers=headers,
            preload_content=False,
            status=status,
        )
        return response

    def close(self):
        pass


@tagged('at_install')
class TestBrokerClient(BaseCase):
    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        """Override: nothing but the adapter of the test answers."""
        return session.get_adapter(request.url).send(request, **kwargs)

    def claim(self, **answer):
        network = OneAnswer(**answer)
        session = requests.Session()
        session.mount('https://', network)
        try:
            return BrokerClient('https://broker.example.com/', session).claim('BCDFGHJKL', **WAY)
        finally:
            [(self.request, self.options)] = network.requests

    def assertBrokerError(self, code, **answer):
        with self.assertRaises(BrokerError) as failed:
            self.claim(**answer)
        self.assertEqual(failed.exception.code, code)

    def test_a_claim_is_posted_and_the_serial_number_read(self):
        serial_number = self.claim(body=b'{"result": {"serial_number": "10000000abcd1234"}}')
        self.assertEqual(serial_number, '10000000abcd1234')
        self.assertEqual(self.request.method, 'POST')
        self.assertEqual(
            self.request.url, 'https://broker.example.com/odoo-enterprise/iot/connect-db'
        )
        self.assertEqual(
            json.loads(self.request.body), {'params': {'pairing_code': 'BCDFGHJKL', **WAY}}
        )
        self.assertEqual(self.options['timeout'], 5)

    def test_the_reason_of_a_refusal_is_kept(self):
        for code in ('unknown_code', 'expired', 'claimed', 'locked', 'disabled', 'malformed'):
            body = {'error': {'code': 403, 'message': "No.", 'data': {'code': code}}}
            self.assertBrokerError(code, body=json.dumps(body).encode())

    def test_a_broker_that_cannot_be_reached_is_told_apart(self):
        for error in (
            requests.ConnectionError("refused"),
            requests.Timeout("slow"),
            requests.exceptions.SSLError("certificate"),
            ConnectionResetError("reset"),
        ):
            self.assertBrokerError('broker_unreachable', error=error)

    def test_a_body_that_breaks_off_or_cannot_be_decoded_is_no_answer(self):
        self.assertBrokerError('broker_unreachable', body=BrokenOff())
        self.assertBrokerError(
            'broker_unreachable', body=b'no gzip', headers={'Content-Encoding': 'gzip'}
        )

    def test_an_answer_that_drips_is_not_waited_for(self):
        with freeze_time() as clock:
            drip = Drip(clock, b'{"result": {"serial_number": "10000000abcd1234"}}')
            self.assertBrokerError('broker_unreachable', body=io.BufferedReader(drip))
        self.assertEqual(drip.bytes_read, 5)

    def test_any_other_answer_is_invalid(self):
        for answer in (
            {'body': b''},
            {'body': b'<html>'},
            {'body': b'[]'},
            {'body': b'null'},
            {'body': b'{"result": null}'},
            {'body': b'{"result": {"serial_number": 5}}'},
            {'body': b'{"error": "expired"}'},
            {'body': b'{"error": {"data": {"code": "made_up"}}}'},
            {'body': b'{"result": {"serial_number": "b1"}}', 'status': 500},
            {'body': b'{"result": {"serial_number": "b1"}}', 'status': 404},
            {'body': b'', 'status': 302},
            {'body': b'{"result": "' + b'x' * MAX_ANSWER_BYTES + b'"}'},
        ):
            with self.subTest(answer=str(answer)[:60]):
                self.assertBrokerError('broker_invalid', **answer)
