"""What each device of a stock box can be asked for, and how its answers come back."""

from concurrent.futures import ThreadPoolExecutor

import requests
from box.waiting import wait_until
from harness.addon import SECONDS, boxes
from harness.device_requests import (
    BLACK_SQUARE,
    ask,
    document,
    ended,
    look,
    receipt,
    times_printed,
)

NEVER_ASKED = "00000000-0000-4000-8000-000000000000"


def test_a_printer_does_what_it_is_told(odoo_server, connected_box):
    printed = ended(odoo_server, ask(odoo_server, "printer", "print_receipt", receipt()))
    assert (printed["state"], printed["reason"]) == ("done", False)
    assert times_printed(connected_box, BLACK_SQUARE) == 1
    printed = ended(odoo_server, ask(odoo_server, "printer", "print", document("order 17")))
    assert printed["state"] == "done"
    assert times_printed(connected_box, "order 17") == 1
    [payload] = odoo_server.sql("select distinct payload from iot_request")
    assert payload == (None,), "documents are gone once they are printed"
    pages = len(connected_box.printed())
    for action in ("cashbox", "status"):
        assert ended(odoo_server, ask(odoo_server, "printer", action))["state"] == "done"
    jobs = wait_until(lambda: connected_box.printed()[pages:], SECONDS, "drawer and page")
    assert any(b"\x1bp\x00" in job.read_bytes() for job in jobs), "the pulse for the drawer"


def test_a_printer_in_trouble_says_why(odoo_server, connected_box):
    for fault, state, reason, times in [
        ("printer no-paper", "failed", "ERROR_NO_PAPER", 0),
        ("printer offline", "failed", "ERROR_OFFLINE", 0),
        ("printer low-paper", "done", "WARNING_LOW_PAPER", 1),
    ]:
        connected_box.controls.write("faults", fault)
        over = ended(odoo_server, ask(odoo_server, "printer", "print", document(fault)))
        assert (over["state"], over["reason"]) == (state, reason)
        assert times_printed(connected_box, fault) == times
    connected_box.unplug("printer")
    wait_until(lambda: len(connected_box.devices()) == 2, SECONDS, "the printer gone")
    over = ended(odoo_server, ask(odoo_server, "printer", "print", document("order 17")))
    assert (over["state"], over["reason"]) == ("failed", "unknown_device")


def test_a_scale_does_what_it_is_told(odoo_server, connected_box):
    for weight, result in [("1.250", 1.25), ("0", 0)]:
        connected_box.controls.write("weight", weight)
        read = ended(odoo_server, ask(odoo_server, "scale", "read_once"))
        assert (read["state"], read["result"]) == ("done", result)
    for action in ("stop_reading", "start_reading"):
        assert ended(odoo_server, ask(odoo_server, "scale", action))["state"] == "done"


def test_a_display_does_what_it_is_told(odoo_server, connected_box):
    url = "http://127.0.0.1:1/screen"

    def run(command):
        return any(command in line for line in connected_box.commands())

    for action, arguments, command in [
        ("update_url", {"url": url}, f"chromium {url} "),
        ("rotate_screen", {"orientation": "LEFT"}, "--transform 90"),
        ("open", {"pos_id": 3, "access_token": "t"}, "/pos_customer_display/3/t "),
        ("open_kiosk", {"pos_id": 4, "access_token": "t"}, "/pos-self/4?access_token=t "),
        ("display_refresh", {}, None),
        ("set", {"data": {"total": "12.50"}}, None),
        ("close", {}, None),
    ]:
        done = ended(odoo_server, ask(odoo_server, "display", action, arguments))
        assert (done["state"], done["reason"]) == ("done", False), action
        if command:  # the box does not wait for its browser
            wait_until(lambda: run(command), SECONDS, command)  # noqa: B023
    assert connected_box.rpc("/hw_proxy/customer_facing_display") == {"total": "12.50"}


def test_jobs_of_one_printer_go_one_after_the_other(odoo_server, connected_box):
    connected_box.controls.write("faults", "http delay 600")  # no answer until this is over
    names = [f"order {number};" for number in range(5)]
    asked = [ask(odoo_server, "printer", "print", document(name)) for name in names]
    assert [request["state"] for request in asked] == ["sent"] + ["queued"] * 4
    assert {request["reason"] for request in asked[1:]} == {"busy"}
    connected_box.controls.write("faults", "")
    assert {ended(odoo_server, request)["state"] for request in asked} == {"done"}
    jobs = b"".join(job.read_bytes() for job in connected_box.printed())
    assert [jobs.count(name.encode()) for name in names] == [1] * 5
    positions = [jobs.index(name.encode()) for name in names]
    assert positions == sorted(positions)


def test_several_users_may_print_at_the_same_moment(odoo_server, connected_box):
    names = [f"order {number};" for number in range(6)]
    with ThreadPoolExecutor(len(names)) as users:
        asked = list(
            users.map(lambda name: ask(odoo_server, "printer", "print", document(name)), names)
        )
    assert {ended(odoo_server, request)["state"] for request in asked} == {"done"}
    assert [times_printed(connected_box, name) for name in names] == [1] * len(names)
    assert "maximum number of tries reached" not in odoo_server.log()


def test_the_same_request_again_prints_nothing_again(odoo_server, connected_box):
    uid = "7d444840-9dc0-41d1-b245-5ffdce74fad2"
    asked = ask(odoo_server, "printer", "print", document("order 17"), uid=uid)
    assert ended(odoo_server, asked)["state"] == "done"
    again = ask(odoo_server, "printer", "print", document("order 17"), uid=uid)
    assert (again["uid"], again["state"]) == (uid, "done")
    uid = "3f2b7f0e-0f0d-4c7a-8a3c-0d6f3c1f9b11"
    with ThreadPoolExecutor(4) as attempts:
        same = [attempts.submit(ask, odoo_server, "scale", "read_once", uid=uid) for _try in "1234"]
    assert {attempt.result()["uid"] for attempt in same} == {uid}
    assert ended(odoo_server, ask(odoo_server, "printer", "print", document("18")))["state"]
    assert odoo_server.sql("select count(*) from iot_request") == [(3,)]
    assert times_printed(connected_box, "order 17") == 1


def test_what_the_browser_printed_itself_is_dropped_by_the_same_run_of_the_box(
    odoo_server, connected_box
):
    uid = "7d444840-9dc0-41d1-b245-5ffdce74fad2"
    # as if the box had been there for longer: the server trusts no websocket that was just opened
    odoo_server.sql(
        "update iot_box set websocket_opened_at = websocket_opened_at - interval '1 minute'"
    )
    arguments = document("order 17")
    asked = ask(odoo_server, "printer", "print", arguments, uid=uid, is_direct=True)
    assert asked["state"] == "direct"
    [printer] = [d for d in connected_box.devices().values() if d["type"] == "printer"]
    # the browser's own session, as Odoo's long polling sends it, and an answer that it never gets
    data = {**arguments, "action_unique_id": uid}
    path, session = "/iot_drivers/action", "browser"
    connected_box.rpc(path, session_id=session, device_identifier=printer["identifier"], data=data)
    assert times_printed(connected_box, "order 17") == 1
    taken_over = odoo_server.call_kw("iot.request", "take_over_direct", uid, True)
    assert taken_over["state"] == "sent"
    # the box has taken in the repetition once it answers what was sent after it
    assert ended(odoo_server, ask(odoo_server, "scale", "read_once"))["state"] == "done"
    assert times_printed(connected_box, "order 17") == 1


def test_a_stranger_ends_nothing(odoo_server, connected_box):
    connected_box.stop()
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    asked = ask(odoo_server, "scale", "read_once")
    for event, state in (
        ({"iot_box_identifier": "another"}, "queued"),
        ({"device_identifier": "another"}, "queued"),
        ({"session_id": NEVER_ASKED}, "queued"),
        ({"session_id": None}, "queued"),
        ({}, "done"),
    ):
        params = {
            "iot_box_identifier": connected_box.identifier,
            "device_identifier": "/dev/ttyUSB0",
            "status": "success",
            "session_id": asked["uid"],
            **event,
        }
        answer = requests.post(
            f"{odoo_server.url}/iot/box/send_websocket", json={"params": params}, timeout=SECONDS
        ).json()
        assert answer["result"] is True
        assert look(odoo_server, asked)["state"] == state, event
