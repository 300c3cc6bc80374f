"""Local Network Access: what the popup says when the browser lets an HTTPS page reach the network
of the user, or does not.

Chromium takes Odoo's address for one of the Internet, and the box's for a local one. It asks nobody
while it is headless: as long as the permission is not given, the answer to its question is missing.
"""

from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS
from harness.visitor import WITHOUT_PERMISSION


def assert_found_once_granted(visitor, popup, lan_server, lan_box):
    visitor.permit("granted")
    popup.click("Search again")
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(lan_server)] == [lan_box.identifier]


def test_granted_the_box_connects_without_any_code(lan_server, lan_box, visit, shot):
    assert not lan_box.data()["pairing_code"]  # it reaches no broker
    visitor = visit()
    visitor.permit("granted")
    popup = visitor.open_popup()
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(lan_server)] == [lan_box.identifier]
    shot(visitor.page, "granted")


def test_denied_the_popup_tells_how_to_allow_it(lan_server, lan_box, visit, shot):
    visitor = visit()
    visitor.permit("denied")
    popup = visitor.open_popup()
    popup.expect_state("nothing_found")
    popup.expect_text("Your browser does not let Odoo look for devices on your network")
    shot(visitor.page, "denied")
    assert "GET /iot_drivers/data" not in lan_box.log()
    assert_found_once_granted(visitor, popup, lan_server, lan_box)


def test_unanswered_the_popup_tells_to_answer(lan_server, lan_box, visit, shot):
    visitor = visit()
    visitor.permit("prompt")
    popup = visitor.open_popup()
    popup.expect_text("Your browser may still be asking whether Odoo may look for devices")
    shot(visitor.page, "unanswered")
    assert "GET /iot_drivers/data" not in lan_box.log()
    assert_found_once_granted(visitor, popup, lan_server, lan_box)


def test_a_browser_without_the_permission_connects_by_the_pairing_code(
    lan_server, lan, box_factory, visit, shot
):
    options = {"redirect": lan_server.url, "poll_interval": 0.5, "devices": ""}
    box = box_factory(**options, **lan.box_options)
    visitor = visit(*WITHOUT_PERMISSION)
    visitor.forget_permissions()
    popup = visitor.open_popup()
    popup.expect_state("nothing_found")
    popup.expect_text("This browser cannot look for boxes from a secure page")
    shot(visitor.page, "without")
    assert "GET /iot_drivers/data" not in box.log()
    popup.enter_code(wait_until(lambda: box.data()["pairing_code"], SECONDS, "a code"))
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(lan_server)] == [box.identifier]
