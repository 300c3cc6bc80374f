"""Odoo with worker processes, as in production: websockets live in a process of their own."""

import socket
import threading
from contextlib import closing, suppress
from pathlib import Path

from .addresses import free_port
from .odoo_server import OdooServer
from .tunnel import join

_WORKERS = 2


class PreforkServer(OdooServer):
    """``port`` is that of the reverse proxy, which tells websockets from the rest."""

    def __init__(self, environment, cluster, database, log, **options):
        super().__init__(environment, cluster, database, log, **options)
        self._http_port = free_port(self.address)
        self._websocket_port = free_port(self.address)
        self._front = None

    def _port_options(self):
        options = ["--workers", str(_WORKERS), "--http-port", str(self._http_port)]
        return [*options, "--gevent-port", str(self._websocket_port)]

    def start(self):
        if self._front is None:
            self._front = socket.create_server((self.address, self.port))
            threading.Thread(target=self._accept, daemon=True).start()
        return super().start()

    def stop(self):
        super().stop()
        if self._front:
            self._front.shutdown(socket.SHUT_RDWR)
            self._front.close()
            self._front = None

    def websocket_process(self):
        """:return: the number of the process that holds all websockets, None while there is none"""
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(FileNotFoundError, ProcessLookupError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if b"gevent" in words and str(self._websocket_port).encode() in words:
                    return int(entry.name)
        return None

    # Reverse proxy

    def _accept(self):
        front = self._front
        with suppress(OSError):  # closed
            while True:
                client, _address = front.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        """Choose a process by the first request of a connection and pass on everything."""
        with closing(client):
            head = client.recv(65536)
            is_websocket = head.split(b"?")[0].startswith(b"GET /websocket")
            port = self._websocket_port if is_websocket else self._http_port
            with suppress(OSError), socket.create_connection((self.address, port)) as server:
                server.sendall(head)
                join(client, server)
