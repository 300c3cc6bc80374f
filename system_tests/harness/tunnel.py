"""Passing on the bytes of a connection, whatever they mean."""

import socket
import threading
from contextlib import suppress


def join(one, other):
    """Pass on everything between two connected sockets until both have ended."""
    back = threading.Thread(target=_pass_on, args=(other, one), daemon=True)
    back.start()
    _pass_on(one, other)
    back.join()


def _pass_on(source, target):
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    hang_up(source, target)


def hang_up(*connections):
    """End connections, as a cable that is cut does."""
    for end in connections:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
