"""What is true of boxes, tokens and actions whatever has gone wrong meanwhile."""

from contextlib import suppress

from box.waiting import wait_until
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from .addon import boxes
from .device_requests import pass_time
from .server_log import errors

CERTIFICATE = "rootfs/etc/ssl/certs/nginx-cert.crt"  # below the home of a box
SECONDS = 90  # Odoo's bus notices after a minute that a websocket is dead
OUTSTANDING = ("queued", "direct", "sent")
NOT_EXECUTED = ("offline", "expired_in_queue")  # reasons that say so

# requests that nobody will be woken up for within two minutes after their end
_FORGOTTEN = """
    select r.id, r.state, r.expires_at from iot_request r
     where r.state in %s and not exists (
        select from ir_cron_trigger t
          join ir_model_data d on d.model = 'ir.cron' and d.res_id = t.cron_id
         where (d.module, d.name) = ('iot', 'ir_cron_expire_requests')
           and t.call_at between r.expires_at and r.expires_at + interval '2 minutes')
"""


class Invariants:
    """Keeps account of what was asked for, to compare it with what happened.

    :param server: whose administrator is logged in
    :param connected: the boxes that the database has to have, and no others
    """

    def __init__(self, server, *connected):
        self._server, self._boxes = server, list(connected)
        self._jobs = []  # [(box, what it leaves behind, id of the request)]
        self._known = self._records()  # boxes and devices that were there once
        self._judged = 0  # characters of the log of the server

    def printing(self, box, text, request):
        """Remember that somebody asked a box to print this text, which is like no other.

        :return: the request
        """
        self._jobs.append((box, text, request["uid"]))
        return request

    def doing(self, box, trace, request):
        """Remember that somebody asked a box for something else.

        :param trace: bytes that each of its kind leaves among prints or commands of the system
        """
        self._jobs.append((box, trace, request["uid"]))

    def connect(self, box):
        """The database has to have one more."""
        self._boxes.append(box)

    def delete(self, box):
        """Somebody deletes it: it has to be gone, with all that it had."""
        self._boxes.remove(box)
        self._known.clear()
        self._jobs = [job for job in self._jobs if job[0] is not box]

    def check(self, explained=None):
        """All of them, once nothing goes wrong any more and boxes are online.

        :param explained: pattern of errors in the log that a kill explains
        """
        self.check_errors(explained)
        self._no_box_is_lost_or_doubled()
        self._no_token_is_used_twice()
        self._all_requests_end_in_time()
        self._no_action_is_executed_twice()
        self._no_certificate_is_of_unknown_origin()
        self.check_shown()

    def check_errors(self, explained=None):
        """Nothing went wrong in the server, and who came too often was never sent away."""
        log = self._server.log()
        news, self._judged = log[self._judged :], len(log)
        assert not (found := errors(news, explained)), "\n".join(found)

    def _no_box_is_lost_or_doubled(self):
        known = self._server.sql("select identifier from iot_box order by identifier")
        assert known == sorted((box.identifier,) for box in self._boxes)
        query = "select box_id, identifier from iot_device group by 1, 2 having count(*) > 1"
        assert self._server.sql(query) == []
        records = self._records()
        assert self._known <= records, f"gone, or made again: {self._known - records}"
        self._known = records

    def _records(self):
        """:return: what tells that a box or a device is the same one, not made anew"""
        query = "select id, 0, identifier from iot_box union select id, box_id, identifier"
        return set(self._server.sql(f"{query} from iot_device"))

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
        assert self._server.sql(_FORGOTTEN, (OUTSTANDING,)) == []
        pass_time(self._server)
        self._server.run_cron("iot.ir_cron_expire_requests")
        query = "select uid, state from iot_request where state in %s"
        assert self._server.sql(query, (OUTSTANDING,)) == []

    def _no_action_is_executed_twice(self):
        """:raise AssertionError: also when one that was answered was not executed, and when one was
        executed of which it is told that it was not"""
        query = "select uid, state, reason from iot_request"
        outcomes = {uid: (state, reason) for uid, state, reason in self._server.sql(query)}
        for box, text in {(box, text) for box, text, _uid in self._jobs}:
            uids = [uid for *place, uid in self._jobs if place == [box, text]]
            told = [outcomes.get(uid, ("unknown", None)) for uid in uids]
            most = sum(state != "unknown" and reason not in NOT_EXECUTED for state, reason in told)
            # a drawer is opened by the second of three commands, the first is answered
            least = isinstance(text, str) and told[0][0] == "done"
            trace = text.encode() if isinstance(text, str) else text
            times = sum(left.count(trace) for left in _left_behind(box))
            assert least <= times <= most, (text, times, told)

    def _no_certificate_is_of_unknown_origin(self):
        for box in self._boxes:
            wait_until(lambda box=box: _has_whole_certificate(box), SECONDS, "a whole certificate")
        installed = {box.url: fingerprint(box) for box in self._boxes}  # before others are issued
        issued = self._server.sql("select fingerprint from iot_certificate")
        assert len(issued) == len(set(issued))
        for url, found in installed.items():
            assert not found or (found,) in issued, f"{url} has another certificate"

    def check_shown(self):
        """What is shown is true within its time, of boxes that are there and of dead ones."""
        compared = []

        def is_true():
            compared[:] = self._shown(), self._truth()
            return compared[0] == compared[1]

        with suppress(TimeoutError):
            wait_until(is_true, SECONDS, "the truth")
        shown, truth = compared
        assert shown == truth

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


def _left_behind(box):
    return [*(job.read_bytes() for job in box.printed()), "\n".join(box.commands()).encode()]


def _has_whole_certificate(box):
    return bool(fingerprint(box)) or not (box.home / CERTIFICATE).exists()


def fingerprint(box):
    """:return: of the certificate that a box has installed; empty if it has none, or half of it"""
    try:
        leaf = x509.load_pem_x509_certificate((box.home / CERTIFICATE).read_bytes())
    except (FileNotFoundError, ValueError):
        return ""
    return leaf.fingerprint(hashes.SHA256()).hex()
