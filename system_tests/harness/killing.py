"""Killing Odoo, PostgreSQL or a box just when one request of the box is being handled."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import requests
from box.waiting import wait_until

from .addon import SECONDS, boxes, wait_online
from .faults import around
from .held import held

# in this order: Odoo hears of no new messages for most of a minute after it lost its database
VICTIMS = ("box", "odoo", "postgres")
BEFORE, AMID, AFTER = MOMENTS = ("before", "amid", "after")
DEVICES = {"printer", "scale"}
_MANY = 1000


class Scene:
    """A server with a cluster of its own, a connected box, and a proxy between them.

    :param front: a ``FaultyFront``
    """

    def __init__(self, server, front, box):
        self.server, self.front, self.box = server, front, box
        self._is_deaf = False

    def kill(self, victim):
        kills = {"odoo": self.server.kill, "postgres": self.server.cluster.crash}
        kills.get(victim, self.box.kill)()
        self._is_deaf |= victim == "postgres"

    def listen(self):
        """Let Odoo hear of new messages at once, should it have lost its database."""
        if self._is_deaf:
            self.server.restart()
            self.server.login()
            wait_online(self.server, self.box, DEVICES)
            self._is_deaf = False

    def restart_box(self, change=lambda: None):
        """Pull its plug, perhaps change something, and plug it in; it may be killed meanwhile."""
        self.box.kill()
        change()
        with suppress(RuntimeError):
            self.box.start()

    def kill_at(self, victim, moment, path, table):
        """Kill when the box asks for this path next: before the server has got it, amid its
        transaction, or after its end, when the box has no answer yet.

        :param table: that the transaction writes, not first of all
        :return: a ``threading.Event``: it is done
        """
        done, one_at_a_time = threading.Event(), threading.Lock()

        def strike():
            self.kill(victim)
            done.set()

        def strike_amid(pass_on):
            with ThreadPoolExecutor(1) as thread, held(self.server, table) as count_waiting:
                answer = thread.submit(pass_on)
                wait_until(lambda: answer.done() or count_waiting(), SECONDS, "the middle")
                if not answer.done():
                    strike()
            return answer.result()

        faults = {BEFORE: around(before=strike), AMID: strike_amid, AFTER: around(after=strike)}

        def fault(pass_on):
            with one_at_a_time:  # the first that writes, perhaps not the first that comes
                return pass_on() if done.is_set() else faults[moment](pass_on)

        self.front.faults[path] = [fault] * _MANY
        return done

    def revive(self, victim):
        """Start it again, and the box, which may have given up meanwhile, as people do."""
        self.front.faults.clear()
        if victim == "odoo":
            self.server.start()
            self.server.login()
        elif victim == "postgres":
            self.server.cluster.start()
            wait_until(self._is_served, SECONDS, "an answer of the database")
        self.restart_box()
        wait_online(self.server, self.box, DEVICES)

    def _is_served(self):
        try:
            return boxes(self.server)
        except (requests.RequestException, KeyError):
            return False
