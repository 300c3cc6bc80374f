"""The popup of *Connect* when something goes wrong on the way: with the box, the user, or another
window."""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS, Popup, open_iot
from harness.usability import expect_usable
from playwright.sync_api import expect

NEAR = "127.0.0"
HANDED = "POST /iot_drivers/connect_to_server"
PATIENCE = "02:05"  # of the popup, and a little


@pytest.fixture
def server(own_network, odoo_server):
    odoo_server.login()
    return odoo_server


@pytest.fixture
def near_box(server, box_factory):
    return box_factory(devices="", block=NEAR)


def test_a_box_that_dies_after_the_handover_is_told_and_connects_when_it_is_back(
    server, near_box, page, shot
):
    page.clock.install()
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("waiting")
    near_box.kill()
    page.clock.fast_forward(PATIENCE)
    popup.expect_state("timed_out")
    popup.expect_text("The box has not connected yet")
    shot(page, "1-timed-out")
    assert addon.boxes(server) == []
    popup.click("Keep waiting")
    popup.expect_state("waiting")
    near_box.start()
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [near_box.identifier]


def test_a_box_that_dies_after_the_handover_can_be_connected_anew(server, near_box, page, shot):
    page.clock.install()
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("waiting")
    near_box.kill()
    page.clock.fast_forward(PATIENCE)
    popup.expect_state("timed_out")
    popup.click("Try again")
    popup.expect_state("failed")
    popup.expect_text("The box did not answer")
    shot(page, "1-unreachable")
    near_box.start()  # it has a token that was given up
    popup.click("Back")
    popup.click("Search again")
    popup.expect_text("Says that it is connected to this database, which does not know it")
    shot(page, "2-reconnect")
    assert addon.boxes(server) == []
    popup.click("Reconnect")
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [near_box.identifier]


def test_two_windows_connect_one_box_at_once(server, near_box, box_factory, page, shot):
    box_factory(devices="", block=NEAR)  # with two boxes there, none connects by itself
    pages = [open_iot(page, server), page.context.new_page()]
    pages[1].goto(page.url)
    popups = [Popup.opened(window) for window in pages]
    for popup in popups:
        popup.expect_state("choosing")
        popup.dialog.get_by_label(near_box.identifier).check()
    for popup in popups:
        popup.click("Connect")
    for number, popup in enumerate(popups):
        popup.expect_state("connected")
        shot(pages[number], f"window-{number + 1}")
    [record] = addon.boxes(server)
    assert record["identifier"] == near_box.identifier
    for popup in popups:
        popup.expect_text(f"{record['name']} is connected.")
    tokens = server.call_kw("iot.token", "search_read", [], ["state"])
    assert [token["state"] for token in tokens].count("used") == 1
    wait_until(lambda: addon.boxes(server)[0]["is_online"], SECONDS, "the box online")


def asked_hosts(page):
    """:return: two lists that fill with the hosts asked, and with those of ended requests"""
    begun, ended = [], []

    def host(request):
        return request.url.split("/")[2] if "/iot_drivers/" in request.url else None

    page.on("request", lambda request: host(request) and begun.append(host(request)))
    for end in ("requestfinished", "requestfailed"):
        page.on(end, lambda request: host(request) and ended.append(host(request)))
    return begun, ended


@pytest.mark.parametrize("way", ["Stop", "Close"])
def test_no_host_is_asked_after_the_user_stops(lan, odoo_factory, box_factory, page, shot, way):
    server = odoo_factory(address=lan.host)
    box = box_factory(devices="", **lan.box_options)
    begun, ended = asked_hosts(page)
    popup = Popup.opened(open_iot(page, server))
    popup.expect_text(box.identifier)  # found, and the search goes on among silent hosts
    popup.expect_state("searching")
    expect_usable(popup.dialog)
    popup.dialog.get_by_role("button", name=way, exact=True).last.click()
    if way == "Stop":
        popup.expect_state("choosing")
        shot(page, "stopped")
    else:
        expect(popup.dialog).to_have_count(0)
    stopped = list(begun)
    # a search goes on to the next host whenever a request ends: all have ended, and none begun
    wait_until(lambda: page.evaluate("1") and len(ended) == len(stopped), SECONDS, "ends")
    assert begun == stopped
    assert len(stopped) < 5 * 254
    assert HANDED not in box.log()
    server.login()
    assert addon.boxes(server) == []
    assert server.call_kw("iot.token", "search_count", []) == 0
    if way == "Stop":
        popup.click("Connect")
        popup.expect_state("connected")
        assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]
