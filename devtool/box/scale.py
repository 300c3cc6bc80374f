"""A Mettler-Toledo 8217 scale on a pseudo-terminal.

It answers the protocol's commands: ``E`` echo on (used for probing), ``F`` echo off, ``W`` weight.
"""

import os
import threading
import tty
from pathlib import Path

_STX, _CR = b"\x02", b"\r"
_IN_MOTION = b"?A"  # status byte with bit 0


class Scale:
    """The scale number ``number``; its port is the link ``<home>/dev/ttyUSB<number - 1>``.

    It lives in the launcher, so that a restart of the box does not switch it off.
    """

    def __init__(self, number, home, controls):
        self._number = number
        self._controls = controls
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        link = Path(home, "dev", f"ttyUSB{number - 1}")
        link.unlink(missing_ok=True)
        link.symlink_to(os.ttyname(self._slave))
        threading.Thread(target=self._serve, name=f"scale{number}", daemon=True).start()

    def _serve(self):
        # the slave stays open here: the master never sees a hang-up between two users
        pending = b""
        while True:
            pending += os.read(self._master, 64)
            pending, answers = self._answer(pending)
            if answers and ("scale", self._number) in self._controls.devices():
                os.write(self._master, answers)

    def _answer(self, received):
        """:return: (bytes not understood yet, the answers to the others)"""
        answers = b""
        while received:
            command, rest = received[:1], received[1:]
            if command == b"W":
                answers += _STX + self._weight() + _CR
            elif command == b"E":
                if len(rest) < len(b"hello"):
                    return received, answers
                answers += _STX + b"E" + _CR + rest[:5]
                rest = rest[5:]
            received = rest
        return received, answers

    def _weight(self):
        weight = self._controls.weight()
        return _IN_MOTION if weight is None else f"{weight:6.3f}".encode()
