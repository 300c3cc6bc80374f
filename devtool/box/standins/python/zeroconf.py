"""Stand-in for zeroconf: nobody announces a printer on this network, and nothing is sent to it."""

from enum import Enum


class IPVersion(Enum):
    V4Only = 1


class ServiceStateChange(Enum):
    Added = 1
    Removed = 2
    Updated = 3


class Zeroconf:
    def __init__(self, ip_version=None):
        pass


class ServiceBrowser:
    def __init__(self, zeroconf, types, handlers):
        pass
