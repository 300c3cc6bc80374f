"""Two machines with one serial number, as a virtual machine and its copy: noticed, and said."""

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, attempts, boxes, new_token, wait_online
from harness.iot_screen import LOAD, log_in
from playwright.sync_api import expect

SERIAL = "10000000abcd0011"
ORIGINAL_MAC, COPY_MAC = "b8:27:eb:00:00:11", "b8:27:eb:00:00:22"


@pytest.fixture
def original(box_factory):
    return box_factory(devices="scale", identifier=SERIAL, mac=ORIGINAL_MAC)


@pytest.fixture
def copy(box_factory):
    return box_factory(devices="scale", identifier=SERIAL, mac=COPY_MAC)


def macs(server):
    """:return: MAC addresses of the only box, and of its twin"""
    [record] = server.call_kw("iot.box", "search_read", [], ["mac", "twin_mac"])
    return record["mac"], record["twin_mac"]


def test_a_copy_of_a_box_is_said_to_be_one(odoo_server, original, copy, page, shot):
    token = new_token(odoo_server)["token"]
    original.connect_to_server(token)
    wait_online(odoo_server, original, {"scale"})
    assert macs(odoo_server) == (ORIGINAL_MAC, False)

    copy.connect_to_server(token)  # a copied machine has it already
    wait_until(lambda: macs(odoo_server)[0] == COPY_MAC, SECONDS, "the copy")
    assert macs(odoo_server) == (COPY_MAC, False)  # the box may have a new network card
    original.restart()
    wait_until(lambda: macs(odoo_server)[1], SECONDS, "the twin")
    assert set(macs(odoo_server)) == {ORIGINAL_MAC, COPY_MAC}

    [record] = boxes(odoo_server)
    log_in(page, odoo_server.url, f"/odoo/iot/{record['id']}")
    alert = page.get_by_role("alert").filter(has_text="Another machine seems to have the serial")
    expect(alert).to_be_visible(timeout=LOAD)
    for mac in (ORIGINAL_MAC, COPY_MAC):
        expect(alert).to_contain_text(mac)
    shot(page, "twin")
    alert.get_by_role("button", name="Dismiss").click()
    expect(alert).to_be_hidden()
    assert macs(odoo_server)[1] is False

    # a person connects the copy once more: the original has a token that is not valid any more
    copy.connect_to_server(new_token(odoo_server)["token"])
    wait_until(lambda: macs(odoo_server)[0] == COPY_MAC, SECONDS, "the copy")
    original.restart()
    wait_until(lambda: attempts(odoo_server, "refused"), SECONDS, "the refusal")
    assert macs(odoo_server) == (COPY_MAC, ORIGINAL_MAC)
    expect(alert).to_be_visible()  # without a reload
    expect(alert).to_contain_text(f"MAC address of the other one: {ORIGINAL_MAC}")
