"""What a box is told when it starts; kept in its home for the process's own restarts."""

import hashlib
import ipaddress
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

MODES = ("rpi", "windows", "test")
_FILE = "box.json"


@dataclass(frozen=True)
class Settings:
    """One box.

    :param odoo_pkg: folder of the ``odoo`` Python package
    :param home: folder of the box, created when missing
    :param lan: network the box reaches besides loopback
    :param names: what a name server would answer, name → address
    :param redirect: base URL that stands for Odoo's own servers; empty: they are unreachable
    :param clock: seconds by which its clock is ahead, negative: behind
    :param https_port: where the certificate of the box is used, 0: nowhere
    :param release: Odoo release that the box announces; empty: the one it runs
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
    release: str = ""
    lan: str = ""
    names: dict[str, str] = field(default_factory=dict)
    redirect: str = ""
    pairing: bool = False
    poll_interval: float = 0
    device_interval: float = 0
    webrtc: bool = False
    https_port: int = 0
    clock: int = 0

    @property
    def url(self):
        return f"http://{self.address}:{self.port}"

    def save(self):
        Path(self.home, _FILE).write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")

    @classmethod
    def load(cls, home):
        return cls(**json.loads(Path(home, _FILE).read_text(encoding="utf-8")))


def is_within(address, networks):
    """:return: whether one of the networks holds the address; empty ones hold nothing

    :raise ValueError: when something is no address or network
    """
    host = ipaddress.ip_address(address)
    return any(host in ipaddress.ip_network(network) for network in networks if network)


def default_mac(identifier):
    """:return: a Raspberry Pi's MAC address, the same each time for an identifier"""
    tail = hashlib.sha256(identifier.encode()).hexdigest()[:6]
    return f"b8:27:eb:{tail[:2]}:{tail[2:4]}:{tail[4:]}"
