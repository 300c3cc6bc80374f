"""The popup of *Connect* in Chromium with stock boxes: what becomes of a box after it was found and
before it is connected."""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS, Popup, held, open_iot
from playwright.sync_api import expect

NEAR = "127.0.0"
TAKES_TOKEN = "/iot_drivers/connect_to_server"
HANDED = f"POST {TAKES_TOKEN}"


@pytest.fixture
def make_box(server, box_factory):
    return lambda: box_factory(devices="scale", block=NEAR)


@pytest.fixture
def box(make_box):
    return make_box()


@pytest.fixture
def popup(server, box, make_box, page):
    """A popup that lists ``box``, and another one, so that neither connects by itself."""
    make_box()
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("choosing")
    popup.mark(box)
    return popup


def identifiers(server):
    return [record["identifier"] for record in addon.boxes(server)]


def test_a_box_that_another_database_takes_first_is_left_to_it(
    server, box, popup, odoo_factory, page, shot
):
    other = odoo_factory()
    box.connect_to_server(addon.new_token(other)["token"])
    wait_until(lambda: addon.boxes(other), SECONDS, "the box at the other server")
    boots = box.boots()
    popup.click("Connect")
    popup.expect_state("failed")
    popup.expect_text("The box is connected to another database by now")
    popup.expect_text(other.url)
    shot(page, "1-elsewhere")
    popup.click("Back")  # what was learned is not forgotten
    expect(popup.expect_listed(box, "elsewhere").get_by_role("radio")).to_be_disabled()
    assert (box.data()["server_status"], box.boots()) == (other.url, boots)
    assert addon.boxes(server) == []
    assert server.call_kw("iot.token", "search_count", []) == 0

    # its owner gives it up
    box.forget_server()
    popup.click("Search again")
    popup.expect_listed(box, "free")
    popup.mark(box)
    popup.click("Connect")
    popup.expect_state("connected")
    assert identifiers(server) == [box.identifier]


def test_a_box_that_is_unplugged_is_told_and_connects_when_it_is_back(
    server, box, popup, page, shot
):
    box.kill()
    popup.click("Connect")
    popup.expect_state("failed")
    popup.expect_text("The box did not answer")
    shot(page, "1-unreachable")
    assert server.call_kw("iot.token", "search_count", []) == 0
    box.start()
    popup.click("Try again")
    popup.expect_state("connected")
    assert identifiers(server) == [box.identifier]


def test_a_box_whose_token_is_void_is_reconnected_only_on_request(server, box, popup, page, shot):
    token = addon.new_token(server)
    server.call_kw("iot.token", "action_revoke", [token["id"]])
    box.connect_to_server(token["token"])
    popup.click("Connect")
    popup.expect_state("failed")
    popup.expect_text("The box takes itself for one of this database, which does not know it")
    shot(page, "1-unknown")
    assert box.log().count(HANDED) == 1
    assert addon.boxes(server) == []
    popup.click("Reconnect")
    popup.expect_state("connected")
    assert identifiers(server) == [box.identifier]


def test_of_two_windows_that_connect_the_only_box_the_slower_one_ends_truly(
    server, box, page, shot
):
    slow = open_iot(page, server)
    fast = page.context.new_page()
    fast.goto(page.url)
    with held(slow, "create_for_handing_over") as called:
        slow_popup = Popup.opened(slow)
        called()  # it has made sure that the box is free
        fast_popup = Popup.opened(fast)
        fast_popup.expect_state("connected")
        shot(fast, "1-faster")
        slow_popup.expect_state("connected")
        shot(slow, "2-slower")
    [record] = addon.boxes(server)
    assert record["identifier"] == box.identifier
    for popup in (fast_popup, slow_popup):
        popup.expect_text(f"{record['name']} is connected.")
    slow_popup.expect_text("Another window, or another person, was faster")
    expect(slow_popup.dialog.get_by_role("button", name="Undo")).to_have_count(0)

    def token_states():
        tokens = server.call_kw("iot.token", "search_read", [], ["state"], order="id")
        return [token["state"] for token in tokens]

    # its late token is given up, and the box got one only
    wait_until(lambda: token_states() == ["used", "revoked"], SECONDS, "the end of the late token")
    assert box.log().count(HANDED) == 1
    assert box.data()["server_status"] == server.url


def test_a_box_is_left_alone_while_another_window_hands_it_a_token(server, box, popup, page, shot):
    second = page.context.new_page()
    second.goto(page.url)
    second_popup = Popup.opened(second)
    second_popup.expect_state("choosing")
    second_popup.mark(box)
    page.evaluate("AbortSignal.timeout = () => new AbortController().signal")  # time to look
    with held(page, TAKES_TOKEN) as called:
        popup.click("Connect")
        called()
        # let there be time to look: the server takes an older attempt for one that was given up
        server.sql("update iot_token set expires_at = expires_at + interval '1 hour'")
        second_popup.click("Connect")
        second_popup.expect_state("failed")
        second_popup.expect_text("Somebody else is connecting this box right now")
        shot(second, "1-busy")
        assert server.call_kw("iot.token", "search_count", []) == 1
        second_popup.click("Try again")
        second_popup.expect_state("failed")
        assert server.call_kw("iot.token", "search_count", []) == 1
    popup.expect_state("connected")
    second_popup.expect_state("connected")
    second_popup.expect_text("Another window, or another person, was faster")
    assert identifiers(server) == [box.identifier]
    assert box.log().count(HANDED) == 1


def test_a_box_of_this_database_that_is_offline_is_shown_and_not_chosen(
    server, box, popup, page, shot
):
    box.connect_to_server(addon.new_token(server)["token"])
    wait_until(lambda: identifiers(server), SECONDS, "the box")
    box.controls.write("faults", "http refuse")  # from now on it does not reach its server
    box.restart()
    wait_until(lambda: not addon.boxes(server)[0]["is_online"], SECONDS, "the box offline")
    [record] = addon.boxes(server)
    popup.click("Search again")
    place = popup.expect_listed(box, "here")
    expect(place).to_contain_text(f"Belongs to this database as “{record['name']}”, but is offline")
    expect(place.get_by_role("radio")).to_be_disabled()
    shot(page, "1-offline")

    # as the text advises
    box.controls.write("faults", "")
    box.forget_server()
    popup.click("Search again")
    place = popup.expect_listed(box, "free")
    expect(place).to_contain_text(f"Was connected to this database as “{record['name']}”")
    popup.mark(box)
    popup.click("Connect")
    popup.expect_state("connected")
    assert [(found["id"], found["identifier"]) for found in addon.boxes(server)] == [
        (record["id"], box.identifier)
    ]
