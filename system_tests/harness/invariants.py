"""What is true of boxes, tokens and actions whatever has gone wrong meanwhile."""

from box.waiting import wait_until

from .addon import boxes
from .device_requests import ended, look, pass_time

SECONDS = 90  # Odoo's bus notices after a minute that a websocket is dead

NOT_EXECUTED = ("offline", "expired_in_queue")  # reasons that say so


class Invariants:
    """Keeps account of what was asked for, to compare it with what happened.

    :param server: whose administrator is logged in
    :param connected: the boxes that the database has to have, and no others
    """

    def __init__(self, server, *connected):
        self._server, self._boxes = server, connected
        self._jobs = []  # [(box, text on paper, request)]

    def printing(self, box, text, request):
        """Remember that somebody asked a box to print this text, which is like no other.

        :return: the request
        """
        self._jobs.append((box, text, request))
        return request

    def check(self):
        """All of them, once nothing goes wrong any more and boxes are online."""
        self._no_box_is_lost_or_doubled()
        self._no_token_is_used_twice()
        self._all_requests_end_in_time()
        self._no_action_is_executed_twice()
        self._what_is_shown_is_true()

    def _no_box_is_lost_or_doubled(self):
        known = [identifier for (identifier,) in self._server.sql("select identifier from iot_box")]
        assert sorted(known) == sorted(box.identifier for box in self._boxes)

    def _no_token_is_used_twice(self):
        ledger = self._server.sql(
            "select token_id, count(*) from iot_connection_attempt"
            " where outcome = 'accepted' group by token_id order by token_id"
        )
        used = self._server.sql("select id, 1 from iot_token where used_at is not null order by id")
        assert ledger == used
        valid = self._server.sql(
            "select b.identifier from iot_token t join iot_box b on t.box_id = b.id"
            " where t.used_at is not null and t.revoked_at is null"
        )
        assert sorted(valid) == sorted((box.identifier,) for box in self._boxes)

    def _all_requests_end_in_time(self):
        pass_time(self._server)
        self._server.run_cron("iot.ir_cron_expire_requests")
        for _box, _text, request in self._jobs:
            ended(self._server, request)

    def _no_action_is_executed_twice(self):
        for box, text, request in self._jobs:
            outcome = look(self._server, request)
            printed = sum(job.read_bytes().count(text.encode()) for job in box.printed())
            if outcome["state"] == "done":
                expected = {1}
            elif outcome["state"] == "expired" and outcome["reason"] in NOT_EXECUTED:
                expected = {0}
            else:
                expected = {0, 1}
            assert printed in expected, (text, printed, outcome)

    def _what_is_shown_is_true(self):
        try:
            wait_until(lambda: self._shown() == self._truth(), SECONDS, "the truth")
        except TimeoutError:
            assert self._shown() == self._truth()

    def _shown(self):
        """:return: for each box whether it is there, and its devices, as Odoo says"""
        domain = [["connected", "=", True]]
        devices = self._server.call_kw(
            "iot.device", "search_read", domain, ["box_id", "identifier"]
        )
        return {
            box["identifier"]: (
                box["is_online"],
                {device["identifier"] for device in devices if device["box_id"][0] == box["id"]},
            )
            for box in boxes(self._server)
        }

    def _truth(self):
        return {
            box.identifier: (True, set(box.devices())) if box.processes() else (False, set())
            for box in self._boxes
        }
