"""A box whose every word is markup, looked at wherever people see it."""

import re

import pytest
from harness.addon import boxes, new_token
from harness.addresses import free_box_address
from harness.device_form import DeviceForm, give_boxes_time
from harness.hostile_box import IMAGE, WORST, HostileBox
from harness.iot_screen import LOAD, Popup, log_in
from harness.markup_guard import MarkupGuard
from harness.pos_screen import PosChoice, Till
from harness.shop import APPLE, Shop
from playwright.sync_api import expect

CANARY = re.compile("canary")
ADMINISTRATOR = 2  # number of the user


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
    give_boxes_time(page)
    return MarkupGuard(page, shot)


def be_seen_elsewhere(server, box_id):
    """A browser has found that the box is connected to another database."""
    server.call_kw("iot.box", "note_seen", [box_id], "elsewhere", WORST)


def be_lost(server, box_id):
    """Let the administrator be told that the box is lost."""
    server.call_kw("iot.box", "write", [box_id], {"responsible_id": ADMINISTRATOR})
    server.sql("update iot_box set websocket_opened_at = now() - interval '1 hour'")
    server.run_cron("iot.ir_cron_watch_boxes")


def look_at_list(page, server, model):
    page.goto(f"{server.url}/odoo/action-iot.iot_{model}_action")
    expect(page.locator(".o_list_view")).to_contain_text("canary", timeout=LOAD)


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

    be_seen_elsewhere(shop_server, record["id"])
    page.goto(f"{shop_server.url}/odoo/iot/{record['id']}?debug=1")
    expect(page.get_by_text("another database")).to_be_visible(timeout=LOAD)
    guard.check("6-elsewhere")
    page.locator(".o_cp_action_menus button, .o_control_panel .fa-cog").first.click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    guard.check("7-delete")

    page.goto(f"{shop_server.url}/odoo/iot-devices")
    expect(page.locator(".o_list_view, .o_kanban_view").first).to_be_visible(timeout=LOAD)
    guard.check("8-devices")
    form = DeviceForm(page).open(shop_server, "printer", ["subtype", "=", "receipt_printer"])
    guard.check("9-device")
    page.locator(".o_iot_device_test button").first.click()
    expect(form.answer).to_contain_text("canary", timeout=LOAD)
    guard.check("10-answer")
    form.open(shop_server, "keyboard", ["identifier", "=", "keyboard/0"])
    page.locator("[name=keyboard_layout_id] input").click()
    expect(page.locator(".o-autocomplete--dropdown-item").first).to_be_visible()
    guard.check("11-layouts")


@pytest.mark.long
def test_nothing_that_a_box_says_comes_to_life_in_the_lists_of_an_administrator(
    shop_server, hostile, page, guard
):
    [record] = boxes(shop_server)
    shop_server.call_kw("ir.config_parameter", "set_param", "web.base.url", "http://elsewhere")
    shop_server.call_kw("iot.box", "action_move_all")
    log_in(page, shop_server.url, "/odoo/iot")
    expect(page.locator(".o_kanban_record", has_text="canary")).to_be_visible(timeout=LOAD)
    for number, model in enumerate(("connection_attempt", "move", "certificate_event"), 1):
        look_at_list(page, shop_server, model)
        guard.check(f"{number}-{model}")
    be_lost(shop_server, record["id"])
    expect(page.locator(".o_notification")).to_contain_text("canary", timeout=LOAD)
    guard.check("4-lost")
    shop_server.call_kw("iot.box", "unlink", [record["id"]])
    look_at_list(page, shop_server, "tombstone")
    guard.check("5-tombstone")


@pytest.mark.long
def test_nothing_that_a_box_says_comes_to_life_at_a_till(shop_server, hostile, page, guard):
    shop = Shop(shop_server)
    pos = shop.point_of_sale("Corner Shop")
    [record] = boxes(shop_server)
    log_in(page, shop_server.url, f"/odoo/iot/{record['id']}")
    page.get_by_role("button", name="Connect to a Point of Sale").click(timeout=LOAD)
    choice = PosChoice(page)
    guard.check("1-choice")
    choice.choose("Corner Shop")
    choice.expect_used("canary")
    guard.check("2-chosen")
    page.locator(".o_pos_iot_settings").click()
    expect(page.locator("[name=pos_iot_box_id] input")).to_have_value(CANARY, timeout=LOAD)
    guard.check("3-settings")
    page.goto(f"{shop_server.url}/web/session/logout")
    till = Till(page, shop_server).open(pos)
    till.iot_status.click()
    expect(till.dialog).to_contain_text("canary")
    guard.check("4-status")
    till.dialog.get_by_text("Close", exact=True).click()
    till.sell(APPLE)
    till.print_receipt()
    till.expect_dialog("canary")
    guard.check("5-not-printed")
