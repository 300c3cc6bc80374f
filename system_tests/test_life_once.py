"""Nothing is executed twice, or late, whatever dies or restarts meanwhile; and what is said of it
afterwards is true."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
import requests
from box.waiting import wait_until
from harness.addon import SECONDS, boxes, new_token, wait_online
from harness.device_requests import (
    ask,
    document,
    ended,
    look,
    pass_time,
    times_printed,
    wait_state,
)
from harness.invariants import Invariants
from harness.server_log import LOST_DATABASE

NO_ANSWERS_YET = "http delay 600"  # they go out once this is over


@pytest.fixture
def invariants(odoo_server, connected_box):
    return Invariants(odoo_server, connected_box)


def websocket_key(server):
    return server.sql("select websocket_key from iot_box")


def wait_reconnected(server, box, former_key):
    """Wait until the box listens on a new websocket and has done something after that."""
    wait_until(lambda: websocket_key(server) != former_key, SECONDS, "a new websocket")
    wait_online(server, box)
    # the box handles messages in their order: what came before this one has been handled
    assert ended(server, ask(server, "scale", "read_once"))["state"] == "done"


def wait_printed(box, text):
    wait_until(lambda: times_printed(box, text), SECONDS, f"print of {text}")


def test_a_box_that_restarts_at_once_prints_nothing_again(odoo_server, connected_box, invariants):
    """After a restart by HTTP a box asks for the messages of the last minute, or of the day."""
    for name in ("first;", "second;"):
        asked = ask(odoo_server, "printer", "print", document(name))
        assert ended(odoo_server, invariants.printing(connected_box, name, asked))
        key = websocket_key(odoo_server)
        connected_box.restart()
        wait_reconnected(odoo_server, connected_box, key)
    assert [times_printed(connected_box, name) for name in ("first;", "second;")] == [1, 1]
    invariants.check()


def test_a_box_that_was_away_executes_only_what_is_young(odoo_server, connected_box, invariants):
    connected_box.kill()
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    key = websocket_key(odoo_server)
    old = ask(odoo_server, "printer", "print", document("old;"))
    invariants.printing(connected_box, "old;", old)
    assert (old["state"], old["reason"]) == ("queued", "offline")
    pass_time(odoo_server)
    young = ask(odoo_server, "printer", "print", document("young;"))
    invariants.printing(connected_box, "young;", young)
    connected_box.start()
    wait_reconnected(odoo_server, connected_box, key)
    assert ended(odoo_server, young)["state"] == "done"
    old = look(odoo_server, old)
    assert (old["state"], old["reason"]) == ("expired", "offline")
    assert [times_printed(connected_box, name) for name in ("old;", "young;")] == [0, 1]
    invariants.check()


def test_what_was_sent_to_a_box_that_then_lost_power_is_never_executed(
    odoo_server, connected_box, invariants
):
    os.kill(_client(connected_box), signal.SIGSTOP)  # it holds its websocket, and reads nothing
    asked = ask(odoo_server, "printer", "print", document("order;"))
    invariants.printing(connected_box, "order;", asked)
    assert asked["state"] == "sent"
    key = websocket_key(odoo_server)
    connected_box.kill()
    connected_box.start()
    wait_reconnected(odoo_server, connected_box, key)
    pass_time(odoo_server)
    lost = look(odoo_server, asked)
    assert (lost["state"], lost["reason"]) == ("expired", "box_lost")
    assert times_printed(connected_box, "order;") == 0
    invariants.check()


def test_a_box_that_dies_while_it_prints(odoo_server, connected_box, invariants):
    connected_box.controls.write("faults", NO_ANSWERS_YET)
    asked = ask(odoo_server, "printer", "print", document("order;"))
    invariants.printing(connected_box, "order;", asked)
    wait_printed(connected_box, "order;")
    key = websocket_key(odoo_server)
    connected_box.kill()
    connected_box.controls.write("faults", "")
    assert look(odoo_server, asked)["state"] == "sent", "nobody knows yet"
    connected_box.start()
    wait_reconnected(odoo_server, connected_box, key)
    lost = wait_state(odoo_server, asked, "expired")  # long before a print's minute is over
    assert lost["reason"] == "box_lost"
    assert times_printed(connected_box, "order;") == 1
    invariants.check()


@pytest.mark.long
def test_a_server_that_is_killed_while_a_box_prints(odoo_server, connected_box, invariants):
    connected_box.controls.write("faults", NO_ANSWERS_YET)
    asked = ask(odoo_server, "printer", "print", document("order;"))
    invariants.printing(connected_box, "order;", asked)
    wait_printed(connected_box, "order;")
    key = websocket_key(odoo_server)
    odoo_server.kill()
    connected_box.controls.write("faults", "")
    wait_until(lambda: "Could not reach database" in connected_box.log(), SECONDS, "no answer")
    odoo_server.start()
    odoo_server.login()
    assert look(odoo_server, asked)["state"] == "sent", "nobody knows yet"
    wait_reconnected(odoo_server, connected_box, key)
    lost = wait_state(odoo_server, asked, "expired")
    assert lost["reason"] == "box_lost"
    assert times_printed(connected_box, "order;") == 1
    invariants.check()


@pytest.mark.long
def test_a_database_that_dies_while_a_box_prints(odoo_factory, box):
    server = odoo_factory(own_cluster=True)
    box.connect_to_server(new_token(server)["token"])
    wait_online(server, box)
    box.controls.write("faults", NO_ANSWERS_YET)
    invariants = Invariants(server, box)
    asked = ask(server, "printer", "print", document("order;"))
    invariants.printing(box, "order;", asked)
    wait_printed(box, "order;")
    server.cluster.crash()
    box.controls.write("faults", "")
    wait_until(lambda: "Could not reach database" in box.log(), SECONDS, "an answer lost")
    server.cluster.start()
    wait_until(lambda: _is_known(server, asked), SECONDS, "an answer of the database")
    assert look(server, asked)["state"] == "sent", "nobody knows yet"
    pass_time(server)
    lost = look(server, asked)
    assert lost["state"] == "expired"
    assert lost["reason"] in ("no_answer", "box_lost")  # the websocket may have survived
    # Odoo listens to its bus again 50 s after it lost the database
    wait_until(lambda: server.log().count("Bus.loop listen") > 1, 90, "messages to boxes")
    assert ended(server, ask(server, "scale", "read_once"))["state"] == "done"
    assert times_printed(box, "order;") == 1
    invariants.check(LOST_DATABASE)


def _client(box):
    """:return: its number; what it has just started looks like itself at first, and is no leader"""

    def find():
        for pid in box.processes():
            with suppress(ProcessLookupError, FileNotFoundError):
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                if b"odoo-bin" in command and os.getsid(pid) == pid:
                    return pid
        return None

    return wait_until(find, SECONDS, "the client")


def _is_known(server, request):
    try:
        return look(server, request)
    except requests.RequestException:
        return None
