"""A web server before another one, that spoils the answers a test tells it to."""

import json
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

_HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "date"}


class FaultyFront:
    """
    :ivar url: ``https://host:port``
    :ivar faults: path to the answers it gives next; each a function that takes the handler and
        returns ``(status, headers, body)``, or None for what the server behind says
    :ivar requests: paths that were asked for
    """

    def __init__(self, url):
        self.url = url
        self.faults = {}
        self.requests = []


@contextmanager
def faulty_front(server):
    """
    :param server: has ``address``, ``port`` and ``certificate``, a file with its key as well
    :return: a ``FaultyFront`` with the same certificate, as long as the context lasts
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            front.requests.append(self.path)
            faults = front.faults.get(self.path, [])
            answer = faults.pop(0)() if faults else None
            status, headers, content = answer or self._pass_on(body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_HEAD = _answer

        def _pass_on(self, body):
            response = requests.request(
                self.command,
                f"https://{server.address}:{server.port}{self.path}",
                headers=dict(self.headers),  # with Host: the server behind makes its links of it
                data=body,
                verify=server.certificate,
                timeout=30,
            )
            headers = {
                name: value
                for name, value in response.headers.items()
                if name.lower() not in _HOP_BY_HOP
            }
            return response.status_code, headers, response.content

        def log_message(self, *_arguments):
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server.certificate)
    listener = ThreadingHTTPServer((server.address, 0), Handler)
    listener.socket = context.wrap_socket(listener.socket, server_side=True)
    front = FaultyFront(f"https://{server.address}:{listener.server_port}")
    thread = threading.Thread(target=listener.serve_forever, args=(0.1,))
    thread.start()
    try:
        yield front
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


def status(code, **headers):
    """A fault: an error page of something on the way."""
    return lambda: (code, headers, b"<html>no</html>")


def empty():
    """A fault: 200 with nothing."""
    return 200, {}, b""


def late(seconds):
    """A fault: the true answer, after whoever asked has given up."""
    return lambda: time.sleep(seconds)


def problem(code, kind, **headers):
    """A fault: an ACME error (RFC 8555, section 6.7)."""
    body = f'{{"type": "urn:ietf:params:acme:error:{kind}", "detail": "by the test"}}'
    return lambda: (code, {"Content-Type": "application/problem+json", **headers}, body.encode())


def json_answer(content):
    """An answer of a server that can more than the one behind."""
    return lambda: (200, {"Content-Type": "application/json"}, json.dumps(content).encode())
