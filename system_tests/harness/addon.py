"""What the database knows of boxes, and posts of boxes that are not there."""

import requests
from box.waiting import SECONDS, wait_until

DEVICES = {"printer", "scale", "display"}


def boxes(server):
    """:return: all boxes of the database, as an administrator reads them"""
    fields = ["name", "identifier", "ip", "is_online", "device_count", "connected_device_count"]
    return server.call_kw("iot.box", "search_read", [], fields)


def connected_types(server):
    devices = server.call_kw("iot.device", "search_read", [["connected", "=", True]], ["type"])
    return {device["type"] for device in devices}


def new_token(server):
    """:return: what *Offline pairing* shows"""
    server.login()
    return server.call_kw("iot.token", "create_for_offline_pairing")


def wait_online(server, box, types=frozenset(DEVICES)):
    """Wait until the box listens and has announced devices of all these types."""

    def online():
        found = [record for record in boxes(server) if record["identifier"] == box.identifier]
        return found and found[0]["is_online"] and connected_types(server) >= types

    wait_until(online, SECONDS, f"{box.url} online")


def attempts(server, outcome):
    domain = [["outcome", "=", outcome]]
    return server.call_kw("iot.connection.attempt", "search_read", domain, ["reason", "identifier"])


def post_setup(server, identifier, token):
    body = {
        "params": {
            "iot_box": {
                "identifier": identifier,
                "mac": None,
                "ip": "127.0.0.1",
                "token": token,
                "version": "L2025.10.22-19.0#1a2b3c4",
            },
            "devices": {
                f"printer-{number}": {"name": "Printer", "type": "printer", "connection": "direct"}
                for number in range(10)
            },
        }
    }
    return requests.post(f"{server.url}/iot/setup", json=body, timeout=SECONDS).json()
