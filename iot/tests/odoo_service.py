"""A web server that answers as Odoo's certificate service, in this process."""

import json
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from odoo.tests.common import _super_send

from ..tools.authorities.own import OwnAuthority, Root
from ..tools.certificate_request import CertificateRequest
from .common import NOW

ZONE = 'odoo-iot.com'
SUBJECT = f'*.b1946ac9.{ZONE}'
# Made before any clock is frozen: the library keeps the class of dates that it meets first.
ROOT = Root.generate("Odoo", ZONE, NOW)


class OdooService:
    """
    :ivar answers: what is sent next: ``(status, body)``, or a function that returns that
    :ivar requests: bodies of the requests so far
    """

    def __init__(self):
        self.answers = []
        self.requests = []
        self.url = None

    def result(self, now=NOW, **changes):
        """:return: a proper result, but for the changes"""
        chain = OwnAuthority(ROOT, now).issue(CertificateRequest((SUBJECT,)))
        return {
            'subject_cn': SUBJECT,
            'x509_pem': chain.leaf_pem + ROOT.certificate_pem,
            'private_key_pem': chain.key_pem,
            **changes,
        }

    def will_answer(self, result, status=200):
        """Send a result, in the envelope of JSON-RPC, to the next request."""
        self.answers.append((status, json.dumps({'jsonrpc': '2.0', 'result': result}).encode()))

    def will_issue(self, lifetime=None):
        """Answer the next request with a certificate, of another life if wanted."""
        self.will_answer(self.result(NOW if lifetime is None else NOW - timedelta(90) + lifetime))

    def answer(self, body):
        self.requests.append(json.loads(body))
        answer = self.answers.pop(0)
        return answer() if callable(answer) else answer


@contextmanager
def odoo_service(test):
    """Serve while the context lasts. Requests to others are refused, and each answer is to be used.

    :return: an ``OdooService``
    """
    service = OdooService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            status, body = service.answer(self.rfile.read(int(self.headers['Content-Length'])))
            self.send_response(status)
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    service.url = f'http://127.0.0.1:{server.server_port}/odoo-enterprise/iot/x509'
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    test.assertEqual(len(service.answers), 0, "answers that nobody asked for")


class OdooServiceMixin:
    """Tests with that service; a request to any other address fails."""

    def setUp(self):
        super().setUp()
        self.service = self.enterContext(odoo_service(self))
        type(self).allowed = urlsplit(self.service.url).netloc

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        """Override: one address is allowed, and timeouts stay as they are."""
        if urlsplit(request.url).netloc != cls.allowed:
            raise AssertionError(f"a request to {request.url}")
        return _super_send(session, request, **options)
