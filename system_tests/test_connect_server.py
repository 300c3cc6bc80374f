"""The popup of *Connect* in Chromium with stock boxes, while Odoo does not answer."""

from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS, Popup, open_iot

NEAR = "127.0.0"
HANDED = "POST /iot_drivers/connect_to_server"
SILENT = "The Odoo server did not answer"


def test_a_search_without_odoo_says_so_and_goes_on_when_it_is_back(server, box_factory, page, shot):
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    server.stop()
    popup.click("Search again")
    popup.expect_state("failed")
    popup.expect_text(SILENT)
    shot(page, "1-search")
    box = box_factory(devices="", block=NEAR)
    server.start()
    popup.click("Try again")
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]


def test_a_box_is_not_connected_without_odoo_and_is_when_it_is_back(
    server, box_factory, page, shot
):
    boxes = [box_factory(devices="", block=NEAR) for _ in range(2)]
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("choosing")
    popup.mark(boxes[0])
    server.stop()
    popup.click("Connect")
    popup.expect_state("failed")
    popup.expect_text(SILENT)
    shot(page, "1-connect")
    for box in boxes:
        assert HANDED not in box.log()
    server.start()
    popup.click("Try again")
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [boxes[0].identifier]


def test_a_code_is_kept_while_odoo_does_not_answer(server, box_factory, page, shot):
    far = {"block": "127.77.0", "redirect": server.url, "poll_interval": 0.5, "devices": ""}
    box = box_factory(**far)
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    code = wait_until(lambda: box.data()["pairing_code"], SECONDS, "a code")
    server.stop()
    popup.enter_code(code)
    popup.expect_text(SILENT)
    popup.expect_state("code")
    shot(page, "1-code")
    server.start()
    popup.click("Connect")  # the same code still stands there
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]
