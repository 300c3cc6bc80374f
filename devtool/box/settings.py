"""What a box is told when it starts; kept in its home for the process's own restarts."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

MODES = ("rpi", "windows", "test")
_FILE = "box.json"


@dataclass(frozen=True)
class Settings:
    """One box.

    :param odoo_pkg: folder of the ``odoo`` Python package
    :param home: folder of the box, created when missing
    :param redirect: base URL that stands for Odoo's own servers; empty: they are unreachable
    :param poll_interval: seconds between two pairing questions, 0: as stock
    :param device_interval: seconds between two searches for devices, 0: as stock
    """

    odoo_pkg: str
    home: str
    address: str
    port: int
    identifier: str
    mac: str
    mode: str = "rpi"
    redirect: str = ""
    pairing: bool = False
    poll_interval: float = 0
    device_interval: float = 0
    webrtc: bool = False

    @property
    def url(self):
        return f"http://{self.address}:{self.port}"

    def save(self):
        Path(self.home, _FILE).write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")

    @classmethod
    def load(cls, home):
        return cls(**json.loads(Path(home, _FILE).read_text(encoding="utf-8")))


def default_mac(identifier):
    """A Raspberry Pi's MAC address that is this identifier's own (last three bytes of it)."""
    tail = (identifier.encode().hex() if not _is_hex(identifier) else identifier)[-6:].rjust(6, "0")
    return "b8:27:eb:" + ":".join(tail[i : i + 2] for i in (0, 2, 4)).lower()


def _is_hex(text):
    return bool(text) and all(c in "0123456789abcdefABCDEF" for c in text)
