"""The tests on the form of a device when the page came by HTTPS: the browser lets it speak to a box
on the network only with the permission of the user."""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.iot_screen import LOAD, SECONDS
from harness.visitor import visits
from playwright.sync_api import expect

ACTION = "POST /iot_drivers/action"


@pytest.fixture
def server(lan, odoo_factory):
    server = odoo_factory(address=lan.host)
    server.login()
    return server


@pytest.fixture
def box(server, lan, box_factory):
    box = box_factory(devices="display", **lan.box_options)
    box.connect_to_server(addon.new_token(server)["token"])
    wait_until(lambda: displays(server), SECONDS, "the display")
    return box


def displays(server):
    domain = [["type", "=", "display"], ["box_id.is_online", "=", True]]
    return server.call_kw("iot.device", "search", domain)


@pytest.fixture
def visitor(playwright, environment, server, box, tmp_path):
    with visits(playwright, environment.chromium, server, tmp_path) as visit:
        yield visit()


def reload_display(visitor, server):
    """:return: by which path the box has answered"""
    page = visitor.page
    [device] = displays(server)
    visitor.log_in(f"/odoo/iot-devices/{device}")
    expect.set_options(timeout=SECONDS * 1000)
    page.get_by_role("button", name="Reload Page").click(timeout=LOAD)
    answer = page.locator(".o_iot_device_test [data-status]")
    expect(answer).to_have_attribute("data-status", "done")
    return answer.get_attribute("data-path")


def test_granted_the_page_speaks_to_the_box(visitor, server, box):
    visitor.permit("granted")
    assert reload_display(visitor, server) == "direct"
    assert ACTION in box.log()


def test_denied_the_server_does(visitor, server, box):
    visitor.permit("denied")
    assert reload_display(visitor, server) == "server"
    assert ACTION not in box.log()


def test_while_the_browser_asks_the_server_does(visitor, server, box):
    visitor.permit("prompt")
    assert reload_display(visitor, server) == "server"
    assert ACTION not in box.log()
