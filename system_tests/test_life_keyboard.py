"""Keys and bar codes of a stock box, from the keyboard to the form of the device in Chromium."""

import pytest
from harness.addon import new_token, wait_online
from harness.device_form import DeviceForm
from harness.device_requests import set_device
from harness.iot_screen import LOAD, log_in
from playwright.sync_api import expect

SECRET = "hunter2"  # what is typed may be anything


@pytest.fixture
def box(own_network, odoo_server, box_factory):
    box = box_factory(devices="keyboard")
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, box, {"keyboard"})
    return box


@pytest.fixture
def form(page, odoo_server, box):
    log_in(page, odoo_server.url, "/odoo/iot")
    expect(page.locator(".o_kanban_record").first).to_be_visible(timeout=LOAD)
    return DeviceForm(page)


def test_keys_arrive_in_the_browser_as_the_layout_has_them_and_are_kept_nowhere(
    odoo_server, box, form, shot
):
    form.open(odoo_server, "keyboard").click("Try Keys")
    box.press_keys(SECRET)
    expect(form.answer).to_contain_text(f": {SECRET}")
    shot(form.page, "keys")
    form.listen()
    box.press_keys("Q2z")
    form.wait_heard("value", "z")

    domain = [["layout", "=", "be"], ["variant", "=", False]]
    [layout] = odoo_server.call_kw("iot.keyboard.layout", "search", domain)
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
    form.open(odoo_server, "scanner").click("Try Scanner")
    box.press_keys("4006381333931\n")
    expect(form.answer).to_contain_text("Scan some bar codes: 4006381333931")
    box.press_keys("ABC123\n")
    expect(form.answer).to_contain_text("Scan some bar codes: 4006381333931 ABC123")
    shot(form.page, "bar-codes")
