"""A web server before another one, that spoils what a test tells it to, or what chance chooses."""

import socket
import ssl
import threading
from contextlib import closing, contextmanager, suppress

import requests
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from .faults import ConnectionBroken
from .tunnel import hang_up, join

_HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "date"}
_BAD_GATEWAY = 502


class FaultyFront:
    """A reverse proxy; it passes on websockets as they are.

    :ivar url: ``https://host:port``, or ``http://`` if the server has no certificate
    :ivar faults: path to the ``faults`` of its next requests; None for none
    :ivar chance: chooses the faults of all others: takes a path and returns a fault, or None
    :ivar requests: paths that were asked for
    :ivar pending: those that have no answer yet, each with a number of its own
    """

    def __init__(self, server):
        self._certificate = getattr(server, "certificate", None)
        self._place = (server.address, server.port)
        self._base_url = f"{self._scheme}://{server.address}:{server.port}"
        self._websockets = set()
        self.url = ""  # once it listens
        self.faults = {}
        self.chance = lambda _path: None
        self.requests = []
        self.pending = set()

    @property
    def _scheme(self):
        return "https" if self._certificate else "http"

    def listen(self):
        """:return: the server to run"""
        context = None
        if self._certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._certificate)
        listener = make_server(
            self._place[0], 0, self._serve, True, request_handler=_Handler, ssl_context=context
        )
        self.url = f"{self._scheme}://{self._place[0]}:{listener.server_port}"
        return listener

    def cut_websockets(self):
        """Break all that are open; boxes open others.

        :return: how many
        """
        cut = list(self._websockets)
        hang_up(*cut)
        return len(cut)

    def _serve(self, environ, start_response):
        request = Request(environ)
        if request.headers.get("Upgrade"):
            self._tunnel(environ, request)
        path = environ["RAW_URI"].partition("?")[0]
        self.requests.append(path)
        number = (path, len(self.requests))
        self.pending.add(number)
        try:
            return self._answer(environ, request, path)(environ, start_response)
        finally:
            self.pending.discard(number)

    def _answer(self, environ, request, path):
        body = request.get_data()
        planned = self.faults.get(path)
        fault = planned.pop(0) if planned else self.chance(path)

        def pass_on():
            return self._pass_on(request, environ["RAW_URI"], body)

        try:
            code, headers, content = fault(pass_on) if fault else pass_on()
        except ConnectionBroken:
            hang_up(environ["werkzeug.socket"])
            raise
        return Response(content, code, headers)

    def _pass_on(self, request, path, body):
        try:
            response = requests.request(
                request.method,
                f"{self._base_url}{path}",
                # with Host: the server behind makes its links of it
                headers=_without_hops(request.headers),
                data=body,
                verify=self._certificate,
                timeout=30,
                allow_redirects=False,
            )
        except requests.ConnectionError:
            return _BAD_GATEWAY, {}, b""
        return response.status_code, _without_hops(response.headers), response.content

    def _tunnel(self, environ, request):
        """:raise ConnectionBroken: at the end, or when there is no server: nobody is answered"""
        client = environ["werkzeug.socket"]
        head = [f"{request.method} {environ['RAW_URI']} HTTP/1.1"]
        head += [f"{name}: {value}" for name, value in request.headers.items()]
        with suppress(OSError), closing(socket.create_connection(self._place)) as server:
            server.sendall("\r\n".join([*head, "", ""]).encode("latin-1"))
            self._websockets.add(client)
            join(client, server)
            self._websockets.discard(client)
        hang_up(client)  # or it waits for ever
        raise ConnectionBroken


class _Handler(WSGIRequestHandler):
    def log(self, *_arguments):
        pass


def _without_hops(headers):
    return {name: value for name, value in headers.items() if name.lower() not in _HOP_BY_HOP}


@contextmanager
def faulty_front(server):
    """
    :param server: has ``address``, ``port`` and perhaps ``certificate``, a file with its key
    :return: a ``FaultyFront`` with the same certificate, as long as the context lasts
    """
    front = FaultyFront(server)
    listener = front.listen()
    thread = threading.Thread(target=listener.serve_forever, args=(0.1,))
    thread.start()
    try:
        yield front
    finally:
        front.cut_websockets()
        listener.shutdown()
        thread.join()
        listener.server_close()
