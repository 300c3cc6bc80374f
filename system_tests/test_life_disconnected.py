"""A box that was disconnected on its own page, or connected to another database, is noticed by a
browser on its network."""

from box.waiting import wait_until
from harness.addon import SECONDS, boxes, new_token
from harness.iot_screen import LOAD, Popup, log_in
from playwright.sync_api import expect


def open_form(page, server):
    [record] = boxes(server)
    log_in(page, server.url, f"/odoo/iot/{record['id']}")
    expect(page.get_by_text("Online")).to_be_visible(timeout=LOAD)


def test_the_form_tells_that_a_box_was_disconnected_on_its_own_page(
    own_network, page, odoo_server, connected_box, shot
):
    open_form(page, odoo_server)
    shot(page, "1-online")
    connected_box.forget_server()
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    expect(page.get_by_text("connected to no database any more")).to_be_visible(timeout=LOAD)
    shot(page, "2-disconnected")
    page.locator(".o_cp_action_menus button, .o_control_panel .fa-cog").first.click()
    page.get_by_role("menuitem", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("cannot be told now")
    shot(page, "3-delete")
    dialog.get_by_role("button", name="Delete", exact=True).click()
    wait_until(lambda: not boxes(odoo_server), SECONDS, "the deletion")


def test_a_search_that_finds_a_box_at_another_server_lets_its_form_say_so(
    own_network, page, odoo_factory, odoo_server, connected_box
):
    other = odoo_factory()
    connected_box.connect_to_server(new_token(other)["token"])
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    log_in(page, odoo_server.url, "/odoo/iot")
    expect(page.locator(".o_kanban_record", has_text="Offline")).to_be_visible(timeout=LOAD)
    assert seen(odoo_server) == (False, False)
    popup = Popup.opened(page)
    popup.expect_listed(connected_box, "elsewhere")
    wait_until(lambda: seen(odoo_server) == ("elsewhere", other.url), SECONDS, "the note")
    popup.dialog.locator(".o_iot_close").click()
    page.locator(".o_kanban_record", has_text="Offline").click()
    alert = page.get_by_text("connected to another database now")
    expect(alert).to_be_visible(timeout=LOAD)
    expect(alert).to_contain_text(other.url)


def seen(server):
    """:return: what was noted of the only box"""
    [record] = server.call_kw("iot.box", "search_read", [], ["seen_status", "seen_server"])
    return record["seen_status"], record["seen_server"]
