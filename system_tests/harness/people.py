"""Who does to boxes what people do: wait, enter codes, and restart those that are stuck."""

from collections import Counter
from contextlib import suppress

import requests
from box.waiting import wait_until

from . import broker
from .addon import boxes

# what the stock software says when it has announced itself in vain five times
GIVEN_UP = "Could not reach configured server to send all IoT devices after"
# a box that is not there after that many seconds is taken to be stuck
PATIENCE = 90


class People:
    """
    :param server: whose administrator is logged in
    :param count_reasons: takes a box, and counts what could have made boxes stuck so far; its
        software does not try everything again
    """

    def __init__(self, server, count_reasons):
        self._server, self._count_reasons = server, count_reasons
        self._restarts = 0
        self._given_up = Counter()  # how often each box had before its last restart here

    def wait_online(self, box):
        """:raise AssertionError: when a restart is needed that nothing explains"""
        self._wait(box, lambda: self._is_online(box))

    def connect_by_code(self, box):
        """Enter the code that a box shows, and the next one if that was in vain."""
        entered = set()

        def is_connected():
            with suppress(requests.RequestException):  # it restarts
                code = box.data()["pairing_code"]
                if code and code not in entered:
                    entered.add(code)
                    broker.hand_over(self._server, code)
            return self._is_online(box)

        self._wait(box, is_connected)

    def _wait(self, box, condition):
        while True:
            with suppress(TimeoutError):
                wait_until(lambda: condition() or self._has_given_up(box), PATIENCE, "")
            if condition():
                return
            self._restarts += 1
            self._given_up[box.address] = box.log().count(GIVEN_UP)
            reasons = self._count_reasons(box)
            assert self._restarts <= reasons, f"{box.url} is stuck, and nothing explains it"
            box.kill()
            box.start()

    def _has_given_up(self, box):
        return box.log().count(GIVEN_UP) > self._given_up[box.address]

    def _is_online(self, box):
        return any(
            found["is_online"]
            for found in boxes(self._server)
            if found["identifier"] == box.identifier
        )
