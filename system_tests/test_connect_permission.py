"""Local Network Access: what the popup says when the browser lets an HTTPS page reach the network
of the user, or does not.

Chromium takes Odoo's address for one of the Internet, and the box's for a local one. It asks nobody
while it is headless: as long as the permission is not given, the answer to its question is missing.
"""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS
from harness.visitor import WITHOUT_PERMISSION, visits


@pytest.fixture
def server(lan, odoo_factory):
    server = odoo_factory(address=lan.host)
    server.login()
    return server


@pytest.fixture
def box(server, lan, box_factory):
    return box_factory(devices="", **lan.box_options)


@pytest.fixture
def visit(playwright, environment, server, tmp_path):
    """Make one visitor: ``visit(*flags_of_chromium)``."""
    with visits(playwright, environment.chromium, server, tmp_path) as make:
        yield make


def assert_found_once_granted(visitor, popup, server, box):
    visitor.permit("granted")
    popup.click("Search again")
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]


def test_granted_the_box_connects(server, box, visit, shot):
    visitor = visit()
    visitor.permit("granted")
    popup = visitor.open_popup()
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]
    shot(visitor.page, "granted")


def test_denied_the_popup_tells_how_to_allow_it(server, box, visit, shot):
    visitor = visit()
    visitor.permit("denied")
    popup = visitor.open_popup()
    popup.expect_state("nothing_found")
    popup.expect_text("Your browser does not let Odoo look for devices on your network")
    shot(visitor.page, "denied")
    assert "GET /iot_drivers/data" not in box.log()
    assert_found_once_granted(visitor, popup, server, box)


def test_unanswered_the_popup_tells_to_answer(server, box, visit, shot):
    visitor = visit()
    visitor.permit("prompt")
    popup = visitor.open_popup()
    popup.expect_text("Your browser may still be asking whether Odoo may look for devices")
    shot(visitor.page, "unanswered")
    assert "GET /iot_drivers/data" not in box.log()
    assert_found_once_granted(visitor, popup, server, box)


def test_a_browser_without_the_permission_connects_by_the_pairing_code(
    server, lan, box_factory, visit, shot
):
    options = {"redirect": server.url, "poll_interval": 0.5, "devices": ""}
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
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]
