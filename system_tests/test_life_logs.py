"""The logs of stock boxes in the database."""

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, boxes, connected_types, new_token

ESCAPE = "\x1b"
PER_MINUTE = 500  # MAX_LOG_RECORDS_PER_MINUTE
PER_POST = 51  # of the stock client
# what came before the first setup of a box may have been a stranger's, and is dropped
AFTER_SETUP = "Websocket connected"


@pytest.fixture(params=["rpi", "windows"])
def printing_box(odoo_server, box_factory, request):
    """A connected box with a printer. Boxes of the mode ``test`` send no logs."""
    box = box_factory(mode=request.param)
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_until(lambda: "printer" in connected_types(odoo_server), SECONDS, "the printer")
    return box


def logs(server, *domain):
    """:return: the stored records, oldest first"""
    fields = ["box_id", "level", "logger", "message", "logged_at"]
    return server.call_kw("iot.log", "search_read", [*domain], fields, order="id")


def wait_logged(server, *condition):
    """:return: the last record that fulfils the condition, as soon as there is one"""
    wait_until(lambda: logs(server, condition), SECONDS, f"{condition} in the logs")
    return logs(server, condition)[-1]


def count_logged(server, text):
    return len(logs(server, ("message", "like", text)))


@pytest.mark.long
def test_what_a_box_logs_can_be_read_without_driving_to_it(odoo_server, printing_box):
    wait_logged(odoo_server, "message", "like", AFTER_SETUP)
    devices = printing_box.devices().items()
    [printer] = [name for name, device in devices if device["type"] == "printer"]
    printing_box.rpc(
        "/iot_drivers/action",
        session_id="s",
        device_identifier=printer,
        data={"action": "print_receipt", "receipt": "no picture"},
    )
    problem = wait_logged(odoo_server, "message", "like", "Error while executing action")
    assert problem["level"] == "error"
    assert problem["logger"].startswith("odoo.addons.iot_drivers")
    assert "\nTraceback (most recent call last):\n" in problem["message"]
    assert problem["logged_at"]

    [record] = boxes(odoo_server)
    stored = logs(odoo_server)
    assert {entry["box_id"][0] for entry in stored} == {record["id"]}
    assert not [entry for entry in stored if ESCAPE in entry["message"]]

    before = count_logged(odoo_server, AFTER_SETUP)
    text = odoo_server.get(f"/iot/box/{record['id']}/logs").text
    assert "\nTraceback (most recent call last):\n" in text
    assert before <= text.count(AFTER_SETUP) <= count_logged(odoo_server, AFTER_SETUP)
    assert ESCAPE not in text


def test_a_box_that_logs_without_end_fills_no_database(odoo_server, box_factory):
    box = box_factory()
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_logged(odoo_server, "message", "like", AFTER_SETUP)
    for request in range(PER_MINUTE + 2 * PER_POST):
        box.get("/iot_drivers/ping")  # the box logs each
        if request % PER_POST == 0:  # it is still the same minute, however slow this machine is
            odoo_server.sql("update iot_log set received_at = now() at time zone 'utc'")
    wait_logged(odoo_server, "level", "=", "gap")
    assert PER_MINUTE <= len(logs(odoo_server)) <= PER_MINUTE + PER_POST + 1
