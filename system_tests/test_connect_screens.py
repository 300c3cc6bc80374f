"""Each state of the popup of *Connect* on a desk's screen and on a phone's: what it shows fits, has
names, and is told to those who do not see it."""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS, Popup, held, open_iot
from harness.usability import expect_usable
from playwright.sync_api import expect

NEAR = "127.0.0"


@pytest.fixture(params=[1280, 360], ids=["desk", "phone"])
def page(page, request):
    page.set_viewport_size({"width": request.param, "height": 720})
    return page


@pytest.fixture
def look(page, environment, request):
    """Look at a state: ``look(popup, "waiting", "Waiting until …")`` with what is announced."""
    folder = environment.state / "screenshots" / request.node.name
    folder.mkdir(parents=True, exist_ok=True)
    seen = []

    def look(popup, state, announced):
        popup.expect_state(state)
        expect(popup.dialog.get_by_role("status")).to_contain_text(announced)
        expect_usable(popup.dialog)
        seen.append(state)
        page.screenshot(path=folder / f"{len(seen):02}-{state}.png")

    return look


def test_searching_and_codes(server, box_factory, page, look):
    boxes = [box_factory(devices="", block=NEAR, redirect=server.url) for _ in range(2)]
    for box in boxes:
        wait_until(lambda box=box: box.data()["pairing_code"], SECONDS, "a code")
    open_iot(page, server)
    with held(page, "get_discovery_hints"):
        popup = Popup.opened(page)
        look(popup, "searching", "Searching your network for boxes…")
        popup.click("Use Pairing Code")
        look(popup, "code", "")
        popup.enter_code("BBBBBBBBB")
        look(popup, "resolving", "Looking for the box with this code on your network…")
        with held(page, "action_hand_to_broker"):
            popup.click("Do not wait for the search")
            look(popup, "claiming", "Asking the pairing service for the box with this code…")
        look(popup, "code", "No box has this pairing code")
    popup.click("Back")
    popup.click("Search again")
    look(popup, "choosing", "2 boxes found.")
    popup.click("Search an address")
    look(popup, "target", "")
    address = popup.dialog.get_by_label("Address of the box, or network")
    address.fill("8.8.8.0/24")
    address.press("Enter")
    popup.expect_text("This network is not yours to search")
    look(popup, "target", "")
    address.fill("127.77.0.0/22")
    address.press("Enter")
    look(popup, "consent", "This network has 1022 addresses.")
    popup.click("Back")
    address.fill("127.77.0.2")
    address.press("Enter")
    look(popup, "nothing_found", "No IoT box answered at this address")


def test_connecting(server, box_factory, page, look):
    box, other = (box_factory(devices="", block=NEAR) for _ in range(2))
    page.clock.install()
    box.controls.write("faults", "http delay 600")  # it lets everybody wait
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("choosing")
    popup.mark(box)
    with held(page, "create_for_handing_over"):
        popup.click("Connect")
        look(popup, "handing_over", f"Connecting the box {box.identifier}…")
    look(popup, "waiting", f"Waiting until the box {box.identifier} has connected…")
    page.clock.fast_forward("02:05")
    look(popup, "timed_out", "The box has not connected yet")
    popup.click("Connection doctor")
    look(popup, "doctor", "The doctor has finished.")
    popup.click("Back")
    popup.click("Keep waiting")
    box.controls.write("faults", "")
    popup.expect_state("connected")
    [record] = addon.boxes(server)
    look(popup, "connected", f"{record['name']} is connected.")
    with held(page, "action_undo"):
        popup.click("Undo")
        look(popup, "undoing", f"Disconnecting {record['name']}…")
    look(popup, "undone", f"{record['name']} is disconnected again.")
    popup.click("Search again")
    popup.expect_state("choosing")
    popup.mark(other)
    other.kill()
    popup.click("Connect")
    look(popup, "failed", "The box did not answer")


def test_offline_pairing(server, page, look):
    page.clock.install()
    popup = Popup.opened(open_iot(page, server, debug=True))
    look(popup, "nothing_found", "No IoT box answered on your network")
    with held(page, "create_for_offline_pairing"):
        popup.click("Offline pairing")
        look(popup, "minting", "Making a token…")
    look(popup, "token", "The token is ready. Waiting for the box.")
    with held(page, "action_revoke"):
        popup.click("Revoke token")
        look(popup, "revoking", "Revoking the token…")
    look(popup, "revoked", "The token is revoked.")
    server.stop()
    popup.click("New token")
    look(popup, "failed", "The Odoo server did not answer")
    server.start()
    popup.click("Try again")
    popup.expect_state("token")
    page.clock.fast_forward("01:00:05")
    look(popup, "expired", "The token has expired.")
