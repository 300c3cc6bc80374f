"""What becomes of boxes when their database, or their software, gets another address or name."""

import uuid

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, boxes, new_token, wait_online
from harness.addresses import free_port
from harness.device_requests import ask, ended, look
from harness.iot_screen import LOAD, log_in
from harness.odoo_server import OdooRpcError
from harness.tls_front import tls_front
from playwright.sync_api import expect

MAC = "b8:27:eb:00:00:11"


def change_address(server, url):
    server.call_kw("ir.config_parameter", "set_param", "web.base.url", url)


def move(server):
    server.call_kw("iot.box", "action_move_all")


def states(server):
    moves = server.call_kw("iot.move", "search_read", [], ["state"], order="id")
    return [record["state"] for record in moves]


def wait_states(server, *expected):
    wait_until(
        lambda: states(server) == list(expected), 2 * SECONDS, f"{expected} of {states(server)}"
    )


def assert_useful(server):
    assert ended(server, ask(server, "scale", "read_once"))["state"] == "done"


def end_questions(server):
    """Let the time for all answers be over, and look."""
    server.sql("update iot_request set expires_at = expires_at - interval '5 minutes'")
    [[uid]] = server.sql("select uid from iot_request where message_type = 'test_connection'")
    look(server, {"uid": uid})


def test_boxes_move_to_a_new_address_one_ahead_of_the_others(
    odoo_server, connected_box, box_factory, page, shot
):
    follower = box_factory(devices="")
    follower.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, follower)
    with tls_front(odoo_server) as url:
        change_address(odoo_server, url)
        notices = odoo_server.call_kw("iot.box", "get_notices")
        assert (notices["elsewhere_count"], notices["server_url"]) == (2, url)
        boots = [box.boots() for box in (connected_box, follower)]
        log_in(page, odoo_server.url, "/odoo/iot")
        expect(page.locator(".o_iot_elsewhere")).to_contain_text(url, timeout=LOAD)
        shot(page, "1-changed")
        page.get_by_role("button", name="Move the Boxes").click()
        page.locator(".modal").get_by_role("button", name="Move the boxes").click()
        expect(page.locator(".o_data_row")).to_have_count(2)
        shot(page, "2-moving")
        expect(page.locator(".o_data_row .text-bg-success")).to_have_count(2, timeout=LOAD)
        shot(page, "3-moved")
        wait_states(odoo_server, "done", "done")
        for box, former_boots in zip((connected_box, follower), boots, strict=True):
            assert box.data()["server_status"] == url
            assert box.boots() == former_boots + 1
            wait_online(odoo_server, box)
        assert_useful(odoo_server)
        assert odoo_server.call_kw("iot.box", "get_notices")["elsewhere_count"] == 0
        [[first, second]] = odoo_server.sql(
            "select max(id) filter (where message_type = 'restart_odoo' and box_id = %s),"
            " min(id) filter (where message_type = 'test_connection' and box_id = %s)"
            " from iot_request",
            [box_id for [box_id] in odoo_server.sql("select box_id from iot_move order by id")],
        )
        assert first < second, "the first had to arrive before the second was told"


def test_a_box_that_the_new_address_does_not_reach_stays_where_it_is(odoo_server, connected_box):
    boots = connected_box.boots()
    nowhere = f"http://127.0.0.1:{free_port('127.0.0.1')}"
    change_address(odoo_server, nowhere)
    move(odoo_server)
    wait_until(lambda: nowhere in connected_box.log(), SECONDS, "a question at the new address")
    end_questions(odoo_server)
    assert states(odoo_server) == ["restored"]

    def is_back():
        return connected_box.data()["server_status"] == odoo_server.url

    wait_until(is_back, SECONDS, "the former address")
    assert_useful(odoo_server)
    assert connected_box.boots() == boots, "it was told to restart"


def test_no_box_is_sent_to_localhost(odoo_server, connected_box):
    change_address(odoo_server, "http://localhost:8069")
    with pytest.raises(OdooRpcError, match="No IoT box can reach this database"):
        move(odoo_server)
    assert states(odoo_server) == []
    assert connected_box.data()["server_status"] == odoo_server.url


def test_a_copy_of_a_database_commands_nothing_until_its_boxes_are_adopted(
    odoo_server, connected_box, page, shot
):
    odoo_server.stop()
    # as Odoo does when a database is duplicated, or restored as a copy
    for key in ("database.uuid", "database.secret"):
        odoo_server.set_parameter(key, str(uuid.uuid4()))
    odoo_server.start()
    odoo_server.login()
    connected_box.restart()
    wait_online(odoo_server, connected_box)
    [record] = boxes(odoo_server)
    assert odoo_server.call_kw("iot.box", "get_notices")["foreign_ids"] == [record["id"]]
    log_in(page, odoo_server.url, "/odoo/iot")
    banner = page.locator(".o_iot_foreign")
    expect(banner).to_contain_text("This database is a copy", timeout=LOAD)
    shot(page, "1-copy")
    page.locator(".o_kanban_record", has_text=record["name"]).click()
    expect(page.get_by_role("button", name="Use It from Here")).to_be_visible()
    shot(page, "2-form")
    printed, boots = len(connected_box.printed()), connected_box.boots()
    refused = ask(odoo_server, "printer", "cashbox")
    assert (refused["state"], refused["reason"]) == ("failed", "foreign_database")
    page.get_by_role("button", name="Use It from Here").click()
    page.locator(".modal").get_by_role("button", name="Use it from here").click()
    expect(page.get_by_role("button", name="Use It from Here")).to_have_count(0)
    assert_useful(odoo_server)
    # the box handles messages in their order: it has got none before this one
    assert (len(connected_box.printed()), connected_box.boots()) == (printed, boots)


def test_a_box_that_changes_from_mac_address_to_serial_number_stays_the_same(
    odoo_server, box_factory
):
    old = box_factory(identifier=MAC, mac=MAC)
    old.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, old)
    [before] = boxes(odoo_server)
    assert before["identifier"] == MAC
    odoo_server.call_kw("iot.box", "write", [before["id"]], {"name": "Kitchen"})
    old.stop()
    new = box_factory(identifier="10000000abcd0011", mac=MAC, address=old.address)
    wait_online(odoo_server, new)
    [after] = boxes(odoo_server)
    assert after == {**before, "name": "Kitchen", "identifier": new.identifier}
    assert_useful(odoo_server)
