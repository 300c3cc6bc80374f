"""The story of the README in a browser: a token copied from Odoo into the homepage of a box."""

import pytest
from box.waiting import wait_until
from harness.iot_screen import SECONDS, open_iot
from playwright.sync_api import expect


@pytest.fixture
def odoo_page(own_network, page, odoo_server):
    """The IoT app in developer mode, as the administrator sees it.

    In a network of its own: the popup searches, and would connect a box of the house by itself.
    """
    return open_iot(page, odoo_server, debug=True)


def show_token(page):
    """Open the popup and ask for a token; return its text."""
    page.get_by_role("button", name="Connect", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Offline pairing").click()
    expect(dialog).to_contain_text("Pair an IoT Box offline")
    return dialog.get_by_label("Token", exact=True).input_value()


def enter_token(box_page, box, token):
    """Paste a token on the homepage of a box as its labels say."""
    box_page.goto(box.url)
    row = box_page.locator("#server-configuration").locator("..")
    row.get_by_role("button", name="Configure").click()
    box_page.get_by_placeholder("Server token").fill(token)
    with box_page.expect_response("**/iot_drivers/connect_to_server"):
        box_page.locator("#server-configuration").get_by_role("button", name="Connect").click()


def test_a_token_copied_to_a_box_connects_it_before_the_eyes_of_the_user(
    odoo_page, box, browser, shot
):
    expect(odoo_page.locator(".o_kanban_record:not(.o_kanban_ghost)")).to_have_count(0)
    shot(odoo_page, "1-no-box-yet")
    token = show_token(odoo_page)
    shot(odoo_page, "2-token")

    box_page = browser.new_page()
    enter_token(box_page, box, token)
    box_page.close()

    dialog = odoo_page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text("is connected")
    shot(odoo_page, "3-connected")
    dialog.get_by_role("button", name="Close").last.click()

    card = odoo_page.locator(".o_kanban_record", has_text=box.address)
    expect(card).to_contain_text("Online")
    expect(card).to_contain_text("3 of 3 devices connected")
    shot(odoo_page, "4-card")

    card.click()
    expect(odoo_page.locator(".o_form_view")).to_be_visible()
    odoo_page.get_by_role("tab", name="Technical Information").click()
    for text in (box.identifier, box.address):
        expect(odoo_page.locator(".o_form_view")).to_contain_text(text)
    for label in (
        "Identifier",
        "Domain Address",
        "Image Version",
        "SSL Certificate End Date",
        "Automatic drivers update",
    ):
        expect(odoo_page.locator(".o_form_label", has_text=label)).to_be_visible()
    shot(odoo_page, "5-technical-information")

    with odoo_page.context.expect_page() as opened:
        odoo_page.get_by_role("button", name="Homepage").click()
    expect(opened.value).to_have_url(f"{box.url}/")


def test_the_token_survives_the_popup_and_the_card_appears_by_itself(odoo_page, box, browser, shot):
    token = show_token(odoo_page)
    odoo_page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    box_page = browser.new_page()
    enter_token(box_page, box, token)
    box_page.close()
    expect(odoo_page.locator(".o_kanban_record", has_text=box.address)).to_contain_text("Online")


def test_a_token_revoked_in_the_popup_connects_nothing_and_a_new_one_does(
    odoo_page, odoo_server, box
):
    revoked_token = show_token(odoo_page)
    dialog = odoo_page.get_by_role("dialog")
    dialog.get_by_role("button", name="Revoke token").click()
    expect(dialog).to_contain_text("The token is revoked.")
    box.connect_to_server(revoked_token)
    odoo_server.login()
    domain = [["outcome", "=", "refused"], ["reason", "=", "revoked"]]
    wait_until(
        lambda: odoo_server.call_kw("iot.connection.attempt", "search", domain),
        SECONDS,
        "the refusal",
    )
    assert not odoo_server.call_kw("iot.box", "search", [])

    dialog.get_by_role("button", name="New token").click()
    token = dialog.get_by_label("Token", exact=True)
    expect(token).not_to_have_value(revoked_token)
    box.connect_to_server(token.input_value())
    expect(dialog.get_by_role("status")).to_contain_text("is connected")


@pytest.mark.long
def test_a_browser_hears_of_its_box_where_mail_is_installed(own_network, page, odoo_factory, box):
    """Mail adds channels of its own to each subscription."""
    server = odoo_factory(start=False)
    server.install("mail")
    odoo_page = open_iot(page, server.start(), debug=True)
    token = show_token(odoo_page)
    box.connect_to_server(token)
    expect(odoo_page.get_by_role("dialog").get_by_role("status")).to_contain_text("is connected")
    odoo_page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    expect(odoo_page.locator(".o_kanban_record", has_text=box.address)).to_contain_text("Online")
    assert "Exception occurred during websocket request handling" not in server.log()
