"""Killing Odoo, PostgreSQL or a box just when one request to Odoo is being handled."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from copy import copy

import requests
from box.waiting import wait_until

from .addon import SECONDS, boxes
from .box_record import BoxRecord
from .faults import ConnectionBroken, around
from .held import held
from .invariants import SECONDS as SHOWN_SECONDS
from .people import GIVEN_UP

# in this order: Odoo hears of no new messages for most of a minute after it lost its database
VICTIMS = ("box", "odoo", "postgres")
BEFORE, AMID, AFTER = MOMENTS = ("before", "amid", "after")
DEVICES = {"printer", "scale", "display"}
_MANY = 1000


class Scene:
    """A server with a cluster of its own, a connected box, and a proxy between them.

    :param front: a ``FaultyFront``
    """

    def __init__(self, server, front, box):
        self.server, self.front, self.box = server, front, box
        self._record = BoxRecord(server, box.identifier)
        self._is_deaf = False
        self._former, self._given_up = None, 0

    def kill(self, victim):
        self._former = self._websocket()  # a server that died is taken for alive for a minute
        kills = {"odoo": self.server.kill, "postgres": self.server.cluster.crash}
        kills.get(victim, self.box.kill)()
        self._is_deaf |= victim == "postgres"

    def listen(self):
        """Let Odoo hear of new messages at once, should it have lost its database."""
        if self._is_deaf:
            self.server.restart()
            self.server.login()
            self._record.wait_online(())
            self._is_deaf = False

    def restart_box(self, change=lambda: None):
        """Pull its plug, perhaps change something, and plug it in; it may be killed meanwhile."""
        self.box.kill()
        change()
        with suppress(RuntimeError):
            self.box.start()

    def kill_at(self, victim, moment, path, table):
        """Kill when somebody asks for this path next: before the server has got it, amid its
        transaction, or after its end, when who asked has no answer yet.

        :param table: that the transaction writes, not first of all
        :return: a ``threading.Event``: it is done
        """
        done, one_at_a_time = threading.Event(), threading.Lock()
        self._given_up = self._times_given_up()

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

        def strike_after(pass_on):
            pass_on()
            strike()
            raise ConnectionBroken

        faults = {BEFORE: around(before=strike), AMID: strike_amid, AFTER: strike_after}

        def fault(pass_on):
            with one_at_a_time:  # the first that writes, perhaps not the first that comes
                return pass_on() if done.is_set() else faults[moment](pass_on)

        self.front.faults[path] = [fault] * _MANY
        return done

    def revive(self, victim):
        """Start it again; a box whose server died is left alone."""
        self.front.faults.clear()
        if victim == "odoo":
            self.server.start()
            self.server.login()
        elif victim == "postgres":
            self.server.cluster.start()
            wait_until(self._is_served, SECONDS, "an answer of the database")
        else:
            self.restart_box()

    def wait_healed(self, victim, types):
        """Let the box find its way back, and help it only if its software has given up, by a
        restart as people do.

        :param types: of its devices
        :raise TimeoutError: when what is shown of the box meanwhile is wrong for too long
        """
        listens = self._listens_anew if victim == "odoo" else self._is_online  # it may go on
        wait_until(
            lambda: listens() or self._has_given_up(),
            SHOWN_SECONDS,
            "the box online, unless its software has given up",
        )
        if self._has_given_up():
            self.restart_box()
        self._record.wait_online(types)

    def _is_online(self):
        return self._record.read("is_online")["is_online"]

    def _listens_anew(self):
        return self._websocket() not in (self._former, None)

    def _websocket(self):
        query = "select websocket_key from iot_box where identifier = %s"
        found = self.server.sql(query, (self.box.identifier,))
        return found[0][0] if found else None

    def _has_given_up(self):
        return self._times_given_up() > self._given_up

    def _times_given_up(self):
        return self.box.log().count(GIVEN_UP)

    def _is_served(self):
        try:
            return boxes(self.server)
        except (requests.RequestException, KeyError):
            return False


def through_front(scene):
    """:return: the administrator, who goes by the proxy"""
    person = copy(scene.server)
    person.port = int(scene.front.url.rpartition(":")[2])
    return person


@contextmanager
def told(*case):
    """Say which case it was, should it fail."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"when killed: {case}")
        raise
