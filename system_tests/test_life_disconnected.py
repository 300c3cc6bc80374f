"""A box that was disconnected on its own page is noticed by a browser on its network."""

from box.waiting import wait_until
from harness.addon import SECONDS, boxes
from harness.iot_screen import LOAD
from playwright.sync_api import expect


def open_form(page, server):
    [record] = boxes(server)
    page.goto(f"{server.url}/web/login?redirect=/odoo/iot/{record['id']}", timeout=LOAD)
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]")
    expect(page.get_by_text("Online")).to_be_visible(timeout=LOAD)


def test_the_form_tells_that_a_box_was_disconnected_on_its_own_page(
    own_network, page, odoo_server, connected_box, shot
):
    open_form(page, odoo_server)
    shot(page, "1-online")
    boots = connected_box.boots()
    connected_box.get("/iot_drivers/server_clear")  # what its page does
    connected_box.wait_restarted(boots)
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


def test_a_box_found_at_another_server_is_shown_as_such(
    own_network, page, odoo_factory, odoo_server, connected_box
):
    open_form(page, odoo_server)
    other = odoo_factory()
    other.login()
    token = other.call_kw("iot.token", "create_for_offline_pairing")["token"]
    connected_box.connect_to_server(token)
    alert = page.get_by_text("connected to another database now")
    expect(alert).to_be_visible(timeout=LOAD)
    expect(alert).to_contain_text(other.url)
