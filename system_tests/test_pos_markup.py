"""A box whose every word is markup, looked at wherever people see it."""

import pytest
from harness.addon import boxes, new_token
from harness.addresses import free_box_address
from harness.device_form import DeviceForm
from harness.hostile_box import IMAGE, HostileBox
from harness.iot_screen import LOAD, Popup, log_in
from harness.markup_guard import MarkupGuard
from harness.pos_screen import Till
from harness.shop import Shop
from playwright.sync_api import expect


@pytest.fixture
def hostile(own_network, shop_server):
    """A hostile box that is connected, and answers browsers."""
    box = HostileBox(shop_server, free_box_address(8069, "127.0.0"))
    token = new_token(shop_server)["legacy_token"].split("|")[1]
    assert box.connect(token)
    box.talk()
    with box.listening():
        yield box


@pytest.fixture
def guard(page, shot):
    return MarkupGuard(page, shot)


@pytest.mark.long
def test_nothing_that_a_box_says_comes_to_life_in_the_backend(shop_server, hostile, page, guard):
    [record] = boxes(shop_server)
    log_in(page, shop_server.url, "/odoo/iot")
    expect(page.locator(".o_kanban_record", has_text="canary")).to_be_visible(timeout=LOAD)
    guard.check("1-cards")
    popup = Popup.opened(page)
    popup.expect_text(f"{hostile.identifier}-near")
    guard.check("2-box-nearby")
    popup.dialog.locator(".o_iot_close").click()

    page.goto(f"{shop_server.url}/odoo/iot/{record['id']}?debug=1")
    expect(page.locator(".o_field_widget[name=device_ids]")).to_be_visible(timeout=LOAD)
    guard.check("3-form")
    page.get_by_role("tab", name="Technical Information").click()
    guard.check("4-technical")
    page.get_by_role("button", name="Logs").first.click()
    expect(page.locator(".o_list_view")).to_be_visible(timeout=LOAD)
    guard.check("5-logs")
    log = shop_server.get(f"/iot/box/{record['id']}/logs")
    assert log.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert log.headers["Content-Disposition"].startswith("attachment")
    assert IMAGE in log.text

    page.goto(f"{shop_server.url}/odoo/iot-devices")
    expect(page.locator(".o_list_view, .o_kanban_view").first).to_be_visible(timeout=LOAD)
    guard.check("6-devices")
    form = DeviceForm(page).open(shop_server, "printer", ["subtype", "=", "receipt_printer"])
    guard.check("7-device")
    page.locator(".o_iot_device_test button").first.click()
    expect(form.answer).to_contain_text("canary", timeout=LOAD)
    guard.check("8-answer")


@pytest.mark.long
def test_nothing_that_a_box_says_comes_to_life_at_a_till(shop_server, hostile, page, guard):
    shop = Shop(shop_server)
    pos = shop.point_of_sale("Corner Shop")
    shop.associate(pos, hostile)
    till = Till(page, shop_server).open(pos)
    till.iot_status.click()
    expect(till.dialog).to_contain_text("canary")
    guard.check("1-status")
