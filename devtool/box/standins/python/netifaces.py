"""Stand-in for netifaces: the box's one network card, with the address of the switch ``ip``."""

import os

from box.controls import Controls
from box.settings import Settings

AF_LINK, AF_INET, AF_INET6 = 17, 2, 10

_home = os.environ["IOT_BOX_HOME"]


def interfaces():
    return ["lo", "eth0"]


def ifaddresses(interface):
    if interface == "lo":
        return {AF_LINK: [{"addr": "00:00:00:00:00:00"}], AF_INET: [{"addr": "127.0.0.1"}]}
    addresses = {AF_LINK: [{"addr": Settings.load(_home).mac}]}
    if ip := Controls(_home).ip():
        addresses[AF_INET] = [{"addr": ip, "netmask": "255.0.0.0"}]
    return addresses


def gateways():
    return {"default": {}}
