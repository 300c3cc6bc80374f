"""The popup of *Connect* when something goes wrong on the way: with the box, or the user."""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS, Popup, open_iot
from harness.searching import LIFE, SWIFT, stretch_time_outs
from harness.usability import expect_usable
from playwright.sync_api import expect

NEAR = "127.0.0"
HANDED = "POST /iot_drivers/connect_to_server"
PATIENCE = "02:05"  # of the popup, and a little


@pytest.fixture
def near_box(server, box_factory):
    """A box that takes a token, and does not reach its server before it is ``unplugged``."""
    box = box_factory(devices="", block=NEAR)
    box.controls.write("faults", "http delay 600")
    return box


def unplug(box):
    box.kill()
    box.controls.write("faults", "")


def test_a_box_that_dies_after_the_handover_is_told_and_connects_when_it_is_back(
    server, near_box, page, shot
):
    page.clock.install()
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("waiting")
    unplug(near_box)
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
    unplug(near_box)
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
    open_iot(page, server)
    stretch_time_outs(page, 100, SWIFT, LIFE)  # the search shall not end by itself
    popup = Popup.opened(page)
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
