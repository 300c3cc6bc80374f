"""Websockets: of a user's browser, of one box, of thousands."""

import json
import selectors
import threading
from contextlib import suppress

from websocket import WebSocketException, create_connection

_SECONDS = 60


class Listener:
    """A websocket that listens.

    :param channels: those of a box; a user has his own without naming them
    :param identifier: of a box
    :param session: cookie of a user
    """

    def __init__(self, server, channels=(), identifier=None, session=None):
        host, port = server.websocket_address
        self._socket = create_connection(
            f"ws://{host}:{port}/websocket",
            origin=f"http://{host}:{port}",
            cookie=session and f"session_id={session}",
            timeout=_SECONDS,
        )
        data = {"channels": list(channels), "last": 0}
        if identifier:
            data["identifier"] = identifier
        self._socket.send(json.dumps({"event_name": "subscribe", "data": data}))

    @classmethod
    def of_box(cls, server, box):
        channel = box.setup_post(server).result()
        return cls(server, [channel], box.identifier)

    def wait_for(self, message_type, **payload):
        """Wait until this message has come.

        :return: its payload
        """
        while True:
            for notification in json.loads(self._socket.recv()):
                message = notification["message"]
                if (
                    message["type"] == message_type
                    and message["payload"].items() >= payload.items()
                ):
                    return message["payload"]

    def close(self):
        self._socket.close()

    def fileno(self):
        return self._socket.fileno()

    def receive(self):
        """Take in what has come; a ping of the server is answered."""
        self._socket.recv_data(control_frame=True)


class Crowd:
    """Many listeners that answer the server's pings, which would drop them otherwise."""

    def __init__(self):
        self.box_count = 0
        self.lost = 0
        self._listeners = []
        self._selector = selectors.DefaultSelector()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def add(self, listener, is_box=False):
        self._listeners.append(listener)
        self.box_count += is_box
        self._selector.register(listener, selectors.EVENT_READ)

    def close(self):
        self._ended.set()
        self._thread.join()
        for listener in self._listeners:
            with suppress(OSError, WebSocketException):
                listener.close()
        self._selector.close()

    def _run(self):
        while not self._ended.is_set():
            for key, _events in self._selector.select(0.2):
                try:
                    key.fileobj.receive()
                except (OSError, WebSocketException):
                    self._selector.unregister(key.fileobj)
                    self.lost += 1
