"""Keys and bar codes of a stock box, from the keyboard to the form of the device in Chromium."""

import re

import pytest
from box.waiting import wait_until
from harness.addon import new_token, wait_online
from harness.device_form import DeviceForm, give_boxes_time
from harness.device_requests import set_device
from harness.iot_screen import LOAD, SECONDS, log_in
from playwright.sync_api import expect

SECRET = "hunter2"  # what is typed may be anything
LISTENING = "**/iot_drivers/event"


@pytest.fixture
def box(own_network, odoo_server, box_factory):
    box = box_factory(devices="keyboard")
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, box, {"keyboard"})
    return box


@pytest.fixture
def form(page, odoo_server, box):
    give_boxes_time(page)
    log_in(page, odoo_server.url, "/odoo/iot")
    expect(page.locator(".o_kanban_record").first).to_be_visible(timeout=LOAD)
    return DeviceForm(page)


def test_keys_arrive_in_the_browser_as_the_layout_has_them_and_are_kept_nowhere(
    odoo_server, box, form, shot
):
    with form.page.expect_request(LISTENING):
        form.open(odoo_server, "keyboard").click("Try Keys")
    box.press_keys(SECRET)
    expect(form.answer).to_contain_text(f": {SECRET}")
    shot(form.page, "keys")
    with form.page.expect_request(LISTENING):  # a box tells only one of those who listen
        form.open(odoo_server, "keyboard").listen()
    box.press_keys("Q2z")
    form.wait_heard("value", "z")

    domain = [["layout", "=", "be"], ["variant", "=", False]]
    [layout] = wait_until(
        lambda: odoo_server.call_kw("iot.keyboard.layout", "search", domain),
        SECONDS,
        "the layouts that the box knows",
    )
    set_device(odoo_server, "keyboard", keyboard_layout_id=layout)
    box.press_keys("Q2z")
    form.wait_heard("value", "w")
    assert "".join(form.heard("value")).endswith("Q2zAéw")

    assert "POST /iot/box/send_websocket" in odoo_server.log()  # the box tells the server each key
    assert SECRET not in odoo_server.log()
    kept = odoo_server.call_kw("iot.request", "search_read", [], ["action", "message", "result"])
    assert [request["action"] for request in kept] == ["update_layout"]


def test_bar_codes_arrive_in_the_browser_each_as_a_whole(odoo_server, box, form, shot):
    set_device(odoo_server, "keyboard", is_scanner=True)
    wait_online(odoo_server, box, {"scanner"})
    with form.page.expect_request(LISTENING):
        form.open(odoo_server, "scanner").click("Try Scanner")
    box.press_keys("4006381333931\nABC123\n")
    # while it listens, and afterwards
    expect(form.answer).to_contain_text(re.compile("[Bb]ar codes: 4006381333931 ABC123"))
    shot(form.page, "bar-codes")
