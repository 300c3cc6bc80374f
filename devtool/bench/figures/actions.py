"""From the call of a user by the bus to a box, and back; beside messages that mean nothing."""

import itertools
from contextlib import closing

from box.waiting import wait_until

from ..comparison import compare
from ..listener import Listener
from ..row import Row
from ..wire import Post

_DISPLAY = 2  # number of a device
_SECONDS = 60


class _Trip:
    """What goes to one box and back to the user that has asked."""

    def __init__(self, server, box, to_box, to_user):
        self._server, self._box, self._to_box, self._to_user = server, box, to_box, to_user
        self._numbers = itertools.count()
        [found] = server.call_kw(
            "iot.device",
            "search_read",
            [["box_id.identifier", "=", box.identifier], ["type", "=", "display"]],
            ["box_id"],
        )
        self._device_id, self._box_id = found["id"], found["box_id"][0]
        [[self._partner_id]] = server.sql("select partner_id from res_users where login = 'admin'")

    def message(self):
        """A bare message to the box, and a no-op as its answer."""
        self._send_message()
        self._server.nothing()

    def message_and_back(self):
        """A bare message to the box, and one back to the user."""
        number = self._send_message()
        answer = {"partner_id": self._partner_id, "number": number}
        Post.json(self._server.http_address, "/iot_bench/answer", answer)()
        self._to_user.wait_for("iot_bench/answered", number=number)

    def action(self):
        """An action, until the server has the answer of the box."""
        self._act()

    def action_and_back(self):
        """An action, until the user hears that it is done."""
        ended = self._to_user.wait_for("iot.request/ended", uid=self._act())
        if ended["state"] != "done":
            raise RuntimeError(f"the action has ended as {ended}")

    def _send_message(self):
        number = next(self._numbers)
        self._call("iot.bench.bus", "send", self._box_id, number)
        self._to_box.wait_for("iot_bench/asked", number=number)
        return number

    def _act(self):
        uid = self._call("iot.device", "request_action", self._device_id, "display_refresh")["uid"]
        self._to_box.wait_for("iot_action", session_id=uid)
        event = self._box.event(
            _DISPLAY, value="", result=None, owner=uid, session_id=uid, status="success"
        )
        Post.json(self._server.http_address, "/iot/box/send_websocket", event)()
        return uid

    def _call(self, model, method, *arguments):
        params = {"model": model, "method": method, "args": arguments, "kwargs": {}}
        cookie = f"Cookie: session_id={self._server.session_id()}"
        path = f"/web/dataset/call_kw/{model}/{method}"
        return Post.json(self._server.http_address, path, params, headers=[cookie]).result()


def measure_actions(bench):
    server = bench.server
    [box] = server.add_boxes("actions", 1)
    with (
        closing(Listener(server, session=server.session_id())) as to_user,
        closing(Listener.of_box(server, box)) as to_box,
    ):
        trip = _Trip(server, box, to_box, to_user)
        listening = "select 1 from iot_box where identifier = %s and websocket_key is not null"
        wait_until(lambda: server.sql(listening, [box.identifier]), _SECONDS, "the box listens")
        yield Row.of(
            "action of a device, until the box's answer is taken in",
            compare(trip.message, trip.action, bench.times),
            "message to the box, no-op as its answer",
            goal=1.2,
            note=_count(server, trip.message, trip.action),
        )
        yield Row.of(
            "action of a device, until the user hears that it is done",
            compare(trip.message_and_back, trip.action_and_back, bench.times),
            "message to the box, message to the user",
            goal=1.2,
            note=_count(server, trip.message_and_back, trip.action_and_back),
        )


def _count(server, floor, action):
    counts = [server.count_queries(work, posts=2) for work in (action, floor)]
    return "{} queries (messages: {})".format(*counts)
