"""The popup of *Connect* in Chromium with stock boxes: what a search finds, and what follows."""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS, Popup, card, open_iot
from playwright.sync_api import expect

NEAR = "127.0.0"  # what a browser on this machine searches first
HANDED = "/iot_drivers/connect_to_server"


@pytest.fixture
def make_box(server, box_factory):
    """Make boxes that this server's broker gives codes, near the browser."""

    def make(block=NEAR):
        box = box_factory(redirect=server.url, devices="scale", block=block)
        wait_until(lambda: box.data()["pairing_code"], SECONDS, "a code")
        return box

    return make


def test_the_only_box_connects_by_itself_and_can_be_undone(server, make_box, page, shot):
    box = make_box()
    box.controls.write("faults", "http delay 600")
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("waiting")
    shot(page, "1-waiting")
    box.controls.write("faults", "")
    popup.expect_state("connected")
    shot(page, "2-connected")
    [record] = addon.boxes(server)
    assert record["identifier"] == box.identifier
    popup.expect_text(f"{record['name']} is connected.")
    expect(card(page, box)).to_contain_text("Online")  # without reload

    boots = box.boots()
    popup.click("Undo")
    popup.expect_state("undone")
    shot(page, "3-undone")
    box.wait_restarted(boots)
    assert box.data()["server_status"] == ""
    assert addon.boxes(server) == []
    expect(card(page, box)).to_have_count(0)


def test_of_three_boxes_one_is_chosen(server, make_box, page, shot):
    boxes = [make_box() for _ in range(3)]
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("choosing")
    for box in boxes:
        popup.expect_text(f"{box.identifier} {box.data()['pairing_code']}")
        popup.expect_text(box.address)
    shot(page, "1-three-boxes")
    chosen = boxes[1]
    popup.dialog.get_by_label(chosen.identifier).check()
    popup.click("Connect")
    popup.expect_state("connected")
    shot(page, "2-connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [chosen.identifier]
    wait_until(chosen.answers, SECONDS, "the box, which registers before it answers")
    for box in boxes:
        assert box.data()["server_status"] == (server.url if box is chosen else "")
        assert box.log().count(f"POST {HANDED}") == (box is chosen)


def test_when_no_box_answers_the_popup_and_its_doctor_say_why(server, make_box, page, shot):
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    popup.expect_text("No IoT box answered on your network")
    shot(page, "1-nothing-found")
    popup.click("Connection doctor")
    expect(popup.dialog.get_by_label("Report", exact=True)).to_be_visible()
    popup.expect_text("The doctor has finished.")
    shot(page, "2-doctor")
    assert server.url in popup.dialog.get_by_label("Report", exact=True).input_value()

    # switched on meanwhile, a box is found
    box = make_box()
    popup.click("Back")
    popup.click("Search again")
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]


def test_a_box_far_away_is_found_by_its_address(server, make_box, page, shot):
    box = make_box("127.77.0")
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    popup.click("Search an address")
    address = popup.dialog.get_by_label("Address of the box, or network")
    address.fill("127.77.1.1")
    popup.click("Search")
    popup.expect_text("No IoT box answered at this address")
    shot(page, "1-wrong-address")
    popup.click("Search an address")
    address.fill(box.address)
    popup.click("Search")
    popup.expect_state("choosing")
    popup.click("Connect")
    popup.expect_state("connected")
    wait_until(box.answers, SECONDS, "the box, which registers before it answers")
    assert box.data()["server_status"] == server.url


def test_a_box_of_another_database_is_never_taken_over(server, make_box, odoo_factory, page, shot):
    other = odoo_factory()
    box = make_box()
    box.connect_to_server(addon.new_token(other)["token"])
    wait_until(lambda: addon.boxes(other), SECONDS, "the box at the other server")
    boots = box.boots()
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("choosing")
    popup.expect_text(other.url)
    shot(page, "1-connected-elsewhere")
    expect(popup.dialog.get_by_label(box.identifier)).to_be_disabled()
    expect(popup.dialog.get_by_role("button", name="Connect", exact=True)).to_have_count(0)
    assert (box.data()["server_status"], box.boots()) == (other.url, boots)
    assert addon.boxes(server) == []
