"""A box as the server sees it: what it posts, without the stock software around it.

A thousand stock boxes have no room on one machine, and what theirs take to answer is not the
server's cost. That the stock software gets along with the server is for the system tests to show.
"""

from dataclasses import dataclass
from hashlib import sha256

from .wire import Post

TYPES = ("printer", "scale", "display", "keyboard", "scanner")
VERSION = "L2025.10.22-19.0#1a2b3c4"


@dataclass(frozen=True)
class Box:
    """
    :param identifier: its serial number
    :param device_count: of its devices
    """

    identifier: str
    device_count: int = len(TYPES)

    @property
    def token(self):
        return sha256(self.identifier.encode()).hexdigest()[:48]

    def setup(self, device_count=None, name="Device"):
        """:return: ``params`` of its setup"""
        count = self.device_count if device_count is None else device_count
        digits = sha256(self.identifier.encode()).hexdigest()
        return {
            "iot_box": {
                "identifier": self.identifier,
                "mac": ":".join(["02", *(digits[place : place + 2] for place in range(0, 10, 2))]),
                "ip": "192.168.1.20",
                "token": self.token,
                "version": VERSION,
            },
            "devices": {
                f"device-{number}": {
                    "name": f"{name} {number}",
                    "type": TYPES[number % len(TYPES)],
                    "manufacturer": "Maker",
                    "connection": "direct",
                    "subtype": "",
                }
                for number in range(count)
            },
        }

    def setup_post(self, server, **changes):
        """:param changes: of ``setup``"""
        return Post.json(server.http_address, "/iot/setup", self.setup(**changes))

    def event(self, device_number=0, **values):
        """:return: ``params`` of an event of a device"""
        return {
            "iot_box_identifier": self.identifier,
            "device_identifier": f"device-{device_number}",
            "time": 1795216921.9,
            **values,
        }
