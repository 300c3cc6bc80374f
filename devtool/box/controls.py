"""The switches of a running box: small text files in its home, read at each use.

``ip``       the box's address; empty: the network cable is out
``devices``  what is plugged in, e.g. ``printer scale display``; a number makes another one of the
             kind (``printer2``). Kinds: printer (for receipts), office-printer, label-printer,
             scale, display
``weight``   kilograms on the scale, e.g. ``1.250``; ``motion``: the pan does not settle
``faults``   one fault a line:
             ``http refuse``       connections of outgoing HTTP requests are refused
             ``http delay 2.5``    each outgoing HTTP request waits that many seconds first
             ``printer offline``   cover open or not reachable
             ``printer no-paper``, ``printer low-paper``
"""

import re
from pathlib import Path

DEVICE_KINDS = ("printer", "office-printer", "label-printer", "scale", "display")
FAULTS = ("http refuse", "http delay", "printer offline", "printer no-paper", "printer low-paper")


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
        found = [parse_device(word) for word in re.split(r"[\s,]+", self._read("devices")) if word]
        return [device for device in found if not kinds or device[0] in kinds]

    def weight(self):
        return self._read("weight")

    def fault(self, name):
        """:return: None, or the fault's argument ('' if it has none), e.g. of ``http delay``"""
        for line in self._read("faults").splitlines():
            if line == name or line.startswith(f"{name} "):
                return line[len(name) :].strip()
        return None


def parse_device(word):
    """``printer2`` -> ``("printer", 2)``.

    :raise ValueError: when the kind is unknown
    """
    match = re.fullmatch(r"([a-z-]+?)([1-9]?)", word)
    if not match or match[1] not in DEVICE_KINDS:
        raise ValueError(f"unknown device {word!r}; known: {', '.join(DEVICE_KINDS)}")
    return match[1], int(match[2] or 1)
