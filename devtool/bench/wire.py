"""HTTP as plain as it gets, so that a measured request is the server's work and not the client's.

Odoo's worker processes answer in HTTP 1.0 and close each connection, so nothing is kept alive,
neither for the floor nor for what is compared with it.
"""

import json
import re
import socket

_SECONDS = 60
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Failed(Exception):
    """An answer that was not the expected one."""


class Post:
    """A request that is sent again and again, and what its answer must be.

    :param address: host and port
    :param body: bytes
    :param headers: more than those that it needs
    :param status: of the answer
    :param holds: bytes that the body of the answer has
    """

    def __init__(self, address, path, body, kind, headers=(), status=200, holds=b""):
        self._address, self._status, self._holds = address, f" {status} ".encode(), holds
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: {address[0]}:{address[1]}",
            f"Content-Type: {kind}",
            f"Content-Length: {len(body)}",
            "User-Agent: OdooIoTBox/1.0",
            *headers,
        ]
        self._request = "\r\n".join([*lines, "", ""]).encode() + body

    @classmethod
    def json(cls, address, path, params, **options):
        """:param params: those of a JSON-RPC route; its answer must have a result"""
        body = json.dumps({"params": params}).encode()
        return cls(address, path, body, "application/json", **{"holds": b'"result"', **options})

    def __call__(self):
        """:return: head and body of the answer
        :raise Failed: when it is another than expected
        """
        with socket.create_connection(self._address, timeout=_SECONDS) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(self._request)
            head, body = _read_answer(connection)
        if self._status not in head.split(b"\r\n")[0] or self._holds not in body:
            raise Failed(f"{self._request[:60]!r}: {head[:40]!r} {body[:300]!r}")
        return head, body

    def result(self):
        """:return: what a JSON-RPC route answers"""
        return json.loads(self()[1])["result"]


def _read_answer(connection):
    """Read no more than the answer. Its end is not that of the connection: after it, Werkzeug waits
    ten milliseconds for more requests, unless the client closes at once.

    :return: head and body
    """
    head, mark, body = b"", b"", b""
    while not mark:
        head, mark, body = (head + _receive(connection)).partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    while length and len(body) < int(length[1]):
        body += _receive(connection)
    return head, body


def _receive(connection):
    if not (piece := connection.recv(65536)):
        raise Failed("the connection was closed within an answer")
    return piece
