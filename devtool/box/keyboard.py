"""Typing on the keyboard of a box: its events as the kernel of Linux tells them.

They go through ``<home>/dev/event0``, a pipe, which is read by the stand-in for evdev.
"""

import errno
import os
import struct
from pathlib import Path

from .waiting import wait_until

EVENT = struct.Struct("@llHHi")  # time in two parts, type, code, value: linux/input.h
EV_KEY = 1
_SHIFT = 42
_ROWS = {2: "1234567890", 16: "qwertyuiop", 28: "\n", 30: "asdfghjkl", 44: "zxcvbnm"}
_CODES = {key: first + place for first, row in _ROWS.items() for place, key in enumerate(row)}
_PLUG_SECONDS = 30


def event_file(home):
    return Path(home, "dev", "event0")


def make_event_file(home):
    if not event_file(home).exists():
        os.mkfifo(event_file(home))


def press_keys(home, keys):
    """Press and release keys, once somebody reads the keyboard.

    :param keys: what an American keyboard has on them; capitals with the shift key
    """
    pipe = wait_until(lambda: _open(home), _PLUG_SECONDS, "a reader of the keyboard")
    with os.fdopen(pipe, "wb", buffering=0) as stream:
        for key in keys:
            stream.write(b"".join(_events(key)))


def _open(home):
    try:
        return os.open(event_file(home), os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno != errno.ENXIO:  # nobody reads
            raise
        return None


def _events(key):
    codes = [_SHIFT] * key.isupper() + [_CODES[key.lower()]]
    for code in codes:
        yield EVENT.pack(0, 0, EV_KEY, code, 1)
    for code in reversed(codes):
        yield EVENT.pack(0, 0, EV_KEY, code, 0)
