"""Stock boxes and the addon: connected by token, refused, renamed, unplugged, deleted."""

import pytest
from box.waiting import wait_until
from harness.addon import (
    DEVICES,
    SECONDS,
    attempts,
    boxes,
    connected_types,
    new_token,
    wait_online,
)


@pytest.mark.parametrize("form", ["token", "legacy_token"])
def test_a_token_connects_a_stock_box_with_its_devices(odoo_server, box, form):
    token = new_token(odoo_server)
    assert box.connect_to_server(token[form])["status"] == "success"
    wait_online(odoo_server, box)
    [record] = boxes(odoo_server)
    assert record["identifier"] == box.identifier
    assert record["ip"] == box.address
    assert record["connected_device_count"] == len(DEVICES)
    [stored] = odoo_server.call_kw("iot.token", "read", [token["id"]], ["state", "box_id"])
    assert (stored["state"], stored["box_id"][0]) == ("used", record["id"])


def test_a_second_stock_box_is_refused_the_token_of_the_first(odoo_server, box_factory):
    token = new_token(odoo_server)
    first, second = box_factory(), box_factory()
    first.connect_to_server(token["token"])
    wait_online(odoo_server, first)
    before = boxes(odoo_server)
    second.connect_to_server(token["token"])
    wait_until(lambda: attempts(odoo_server, "refused"), SECONDS, "the refusal")
    [attempt] = attempts(odoo_server, "refused")
    assert (attempt["reason"], attempt["identifier"]) == ("used_by_other", second.identifier)
    assert boxes(odoo_server) == before


def test_an_unplugged_device_is_shown_as_disconnected_and_comes_back(odoo_server, connected_box):
    connected_box.unplug("scale")
    wait_until(lambda: connected_types(odoo_server) == DEVICES - {"scale"}, SECONDS, "no scale")
    connected_box.plug("scale")
    wait_until(lambda: connected_types(odoo_server) == DEVICES, SECONDS, "the scale again")
    [record] = boxes(odoo_server)
    assert record["device_count"] == len(DEVICES)


def test_a_name_given_by_a_user_survives_a_restart_of_the_box(odoo_server, connected_box):
    [printer] = odoo_server.call_kw("iot.device", "search", [["type", "=", "printer"]])
    odoo_server.call_kw("iot.device", "write", [printer], {"name": "Receipts"})
    former = odoo_server.sql("select websocket_key from iot_box")
    connected_box.restart()
    wait_until(
        lambda: odoo_server.sql("select websocket_key from iot_box") != former,
        SECONDS,
        "the end of the old websocket",
    )
    wait_online(odoo_server, connected_box)
    wait_until(lambda: connected_types(odoo_server) == DEVICES, SECONDS, "the devices")
    [device] = odoo_server.call_kw("iot.device", "read", [printer], ["name", "connected"])
    assert device == {"id": printer, "name": "Receipts", "connected": True}


def test_deleting_a_listening_box_makes_it_forget_the_database(odoo_server, connected_box):
    [record] = boxes(odoo_server)
    connected_at = odoo_server.sql("select extract(epoch from websocket_opened_at) from iot_box")
    # the client ignores this command in the first five seconds of a websocket (contract 4.3)
    wait_until(
        lambda: odoo_server.sql("select extract(epoch from now())")[0][0] > connected_at[0][0] + 6,
        SECONDS,
        "the box obeying",
    )
    boots = connected_box.boots()
    odoo_server.call_kw("iot.box", "unlink", [record["id"]])
    connected_box.wait_restarted(boots)
    assert connected_box.data()["server_status"] == ""
    assert not boxes(odoo_server)
