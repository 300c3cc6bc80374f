"""What the database has of one box among others, and what a user asks of its devices."""

from box.waiting import wait_until

from .addon import SECONDS
from .device_requests import ended


class BoxRecord:
    """
    :param server: an ``OdooServer`` with a user who may see the box
    :param identifier: of the box
    """

    def __init__(self, server, identifier):
        self._server = server
        self._domain = [["identifier", "=", identifier]]
        self._of_box = [["box_id.identifier", "=", identifier]]

    def read(self, *fields):
        """:return: these fields; None if there is no such box"""
        found = self._server.call_kw("iot.box", "search_read", self._domain, fields)
        return found[0] if found else None

    def devices(self):
        """:return: ``{identifier: type}`` of what is connected"""
        domain = [*self._of_box, ["connected", "=", True]]
        found = self._server.call_kw("iot.device", "search_read", domain, ["identifier", "type"])
        return {device["identifier"]: device["type"] for device in found}

    def wait_online(self, types):
        """Wait until it listens and has announced devices of all these types."""

        def online():
            box = self.read("is_online")
            return box and box["is_online"] and set(self.devices().values()) >= set(types)

        wait_until(online, SECONDS, f"online, it is {self.read('is_online')}, {self.devices()}")

    def ask(self, device_type, action, arguments=None):
        """:return: the request as it stands just after it was made"""
        domain = [*self._of_box, ["type", "=", device_type]]
        [device] = self._server.call_kw("iot.device", "search", domain)
        return self._server.call_kw("iot.device", "request_action", [device], action, arguments)

    def ended(self, request):
        """:return: the request once it has ended"""
        return ended(self._server, request)

    def logged(self):
        """:return: the messages of the box, kept in the database"""
        found = self._server.call_kw("iot.log", "search_read", self._of_box, ["message"])
        return [record["message"] for record in found]
