"""The tests on the form of a device when the page came by HTTPS: the browser lets it speak to a box
on the network only with the permission of the user."""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.device_form import give_boxes_time
from harness.iot_screen import LOAD, SECONDS
from playwright.sync_api import expect

ACTION = "POST /iot_drivers/action"


@pytest.fixture
def box(lan_server, lan, box_factory):
    box = box_factory(devices="display", **lan.box_options)
    box.connect_to_server(addon.new_token(lan_server)["token"])
    wait_until(lambda: displays(lan_server), SECONDS, "the display")
    return box


def displays(lan_server):
    domain = [["type", "=", "display"], ["box_id.is_online", "=", True]]
    return lan_server.call_kw("iot.device", "search", domain)


@pytest.fixture
def visitor(visit, box):
    return visit()


def reload_display(visitor, lan_server):
    """:return: by which path the box has answered"""
    page = visitor.page
    give_boxes_time(page)
    [device] = displays(lan_server)
    visitor.log_in(f"/odoo/iot-devices/{device}")
    page.get_by_role("button", name="Reload Page").click(timeout=LOAD)
    answer = page.locator(".o_iot_device_test [data-status]")
    expect(answer).to_have_attribute("data-status", "done")
    return answer.get_attribute("data-path")


def test_granted_the_page_speaks_to_the_box(visitor, lan_server, box):
    visitor.permit("granted")
    assert reload_display(visitor, lan_server) == "direct"
    assert ACTION in box.log()


def test_denied_the_server_does(visitor, lan_server, box):
    visitor.permit("denied")
    assert reload_display(visitor, lan_server) == "server"
    assert ACTION not in box.log()


def test_while_the_browser_asks_the_server_does(visitor, lan_server, box):
    visitor.permit("prompt")
    assert reload_display(visitor, lan_server) == "server"
    assert ACTION not in box.log()
