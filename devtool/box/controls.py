"""The switches of a running box: small text files in its home, read at each use.

What is written there and makes no sense is as if it were not there.

``ip``       the box's address; empty: the network cable is out
``devices``  what is plugged in, e.g. ``printer scale display``; a number makes another one of the
             kind (``printer2``). Kinds: printer (for receipts), office-printer, label-printer,
             scale, display, keyboard
``weight``   kilograms on the scale, e.g. ``1.250``; other text, e.g. ``motion``: the pan does not
             come to rest
``faults``   one fault a line:
             ``http refuse``       connections of outgoing HTTP requests are refused
             ``http delay 2.5``    each outgoing HTTP request waits that many seconds first, or
                                   until this line is gone
             ``http drop 0.1 7``   that share of them fails by chance, the same ones for the same
                                   second number, half of them when the server has answered;
                                   ``dropped.log`` tells which
             ``printer offline``   cover open or not reachable
             ``printer no-paper``, ``printer low-paper``
"""

import re
from pathlib import Path

DEVICE_KINDS = ("printer", "office-printer", "label-printer", "scale", "display", "keyboard")


class Controls:
    """Read and write the switches of the box that lives in ``home``."""

    def __init__(self, home):
        self._home = Path(home)

    def _read(self, name):
        try:
            return (self._home / name).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""

    def write(self, name, text):
        """Set a switch; readers see the old or the new content, never half of it."""
        new = self._home / f".{name}.new"
        new.write_text(f"{text}\n", encoding="utf-8")
        new.replace(self._home / name)

    def write_default(self, name, text):
        if not (self._home / name).exists():
            self.write(name, text)

    def ip(self):
        """:return: the box's address, None when the cable is out"""
        return self._read("ip") or None

    def devices(self, *kinds):
        """:return: ``[(kind, number)]`` of what is plugged in, of these kinds if any is given"""
        words = re.split(r"[\s,]+", self._read("devices"))
        found = [_match_device(word) for word in words]
        return [device for device in found if device and (not kinds or device[0] in kinds)]

    def weight(self):
        """:return: kilograms, None while the pan moves"""
        return _number(self._read("weight"))

    def has_fault(self, name):
        return name in self._faults()

    def http_delay(self):
        """:return: seconds each outgoing HTTP request waits, 0 usually"""
        delays = [line.removeprefix("http delay") for line in self._faults()]
        return max((_number(delay) or 0 for delay in delays), default=0)

    def http_drops(self):
        """:return: share of outgoing HTTP requests that fail, and what chance depends on"""
        drops = [line.split()[2:] for line in self._faults() if line.startswith("http drop ")]
        rate, seed = ([*drops[-1], "0"] if drops else ["", "0"])[:2]
        return _number(rate) or 0, seed

    def note_drop(self, words):
        with Path(self._home, "dropped.log").open("a", encoding="utf-8") as log:
            log.write(f"{words}\n")

    def drops(self):
        """:return: what was dropped so far: ``unreached /iot/log``, or ``lost`` with its path"""
        return self._read("dropped.log").splitlines()

    def _faults(self):
        return [line.strip() for line in self._read("faults").splitlines()]


def _number(text):
    try:
        return float(text)
    except ValueError:
        return None


def _match_device(word):
    match = re.fullmatch(r"([a-z-]+?)([1-9]?)", word)
    return (match[1], int(match[2] or 1)) if match and match[1] in DEVICE_KINDS else None


def parse_device(word):
    """``printer2`` -> ``("printer", 2)``.

    :raise ValueError: when the kind is unknown
    """
    device = _match_device(word)
    if not device:
        raise ValueError(f"unknown device {word!r}; known: {', '.join(DEVICE_KINDS)}")
    return device
