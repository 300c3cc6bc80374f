"""Settings of devices reach the stock drivers, now or when the box is back."""

import re
from xml.etree import ElementTree

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, boxes, connected_types, new_token, wait_online

PAGE = "http://127.0.0.1:1/menu"
OTHER_PAGE = "http://127.0.0.1:1/offers"


@pytest.fixture
def display(odoo_server, connected_box):
    """:return: number of the display's record"""
    [number] = odoo_server.call_kw("iot.device", "search", [["type", "=", "display"]])
    return number


def write(server, device, **values):
    server.call_kw("iot.device", "write", [device], values)


def wait_confirmed(server, device):
    def confirmed():
        return not server.call_kw("iot.device", "read", [device], ["unconfirmed_settings"])[0][
            "unconfirmed_settings"
        ]

    wait_until(confirmed, SECONDS, "the confirmation")


def switch_off(server, box):
    box.stop()
    wait_until(lambda: not boxes(server)[0]["is_online"], SECONDS, "the box offline")


def shown_pages(box):
    """:return: what the box's browser was told to show, oldest first"""
    commands = (line.split() for line in box.commands() if line.startswith("chromium "))
    return [command[1] for command in commands]


def wait_shown(box, page):
    """The box says that it has done it as soon as it has started its browser."""
    wait_until(lambda: shown_pages(box)[-1:] == [page], SECONDS, f"the page {page}")


def last_layout(box):
    return [line for line in box.commands() if line.startswith("setxkbmap ")][-1]


def test_a_display_shows_the_page_set_in_odoo_and_then_none(odoo_server, connected_box, display):
    write(odoo_server, display, display_url=PAGE)
    wait_confirmed(odoo_server, display)
    wait_shown(connected_box, PAGE)
    write(odoo_server, display, display_url=False)
    wait_confirmed(odoo_server, display)
    wait_shown(connected_box, "http://localhost:8069/status/")


def test_a_box_that_remembers_no_page_asks_for_it(odoo_server, connected_box, display):
    write(odoo_server, display, display_url=PAGE)
    wait_confirmed(odoo_server, display)
    switch_off(odoo_server, connected_box)
    conf = connected_box.home / "odoo.conf"
    conf.write_text(re.sub("^browser_url = .*$", "", conf.read_text(), flags=re.MULTILINE))
    before = len(shown_pages(connected_box))
    connected_box.start()
    wait_online(odoo_server, connected_box)
    wait_until(lambda: shown_pages(connected_box)[before:], SECONDS, "a page")
    assert shown_pages(connected_box)[before:] == [PAGE]
    question = f"GET /iot/box/{connected_box.identifier}/display_url HTTP/1.1"
    assert f'"{question}" 200' in odoo_server.log()


def test_a_page_changed_while_the_box_was_off_replaces_the_one_it_remembers(
    odoo_server, connected_box, display
):
    write(odoo_server, display, display_url=PAGE)
    wait_confirmed(odoo_server, display)
    switch_off(odoo_server, connected_box)
    write(odoo_server, display, display_url=OTHER_PAGE)
    connected_box.start()
    wait_confirmed(odoo_server, display)
    wait_shown(connected_box, OTHER_PAGE)


def test_a_keyboard_gets_its_layout_and_becomes_a_scanner_for_good(odoo_server, box_factory):
    box = box_factory(devices="keyboard")
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, box, {"keyboard"})
    [keyboard] = odoo_server.call_kw("iot.device", "search", [])
    domain = [["layout", "=", "be"], ["variant", "=", "nodeadkeys"]]
    [layout] = wait_until(
        lambda: odoo_server.call_kw("iot.keyboard.layout", "search", domain),
        SECONDS,
        "the layouts that the box knows",
    )
    write(odoo_server, keyboard, keyboard_layout_id=layout)
    wait_confirmed(odoo_server, keyboard)
    assert last_layout(box) == "setxkbmap -display :0.0 be(nodeadkeys)"

    write(odoo_server, keyboard, is_scanner=True)
    wait_confirmed(odoo_server, keyboard)
    assert connected_types(odoo_server) == {"scanner"}
    assert [device["type"] for device in box.devices().values()] == ["scanner"]

    box.restart()
    wait_online(odoo_server, box, {"scanner"})
    assert last_layout(box) == "setxkbmap -display :0.0 be(nodeadkeys)"
    count = odoo_server.call_kw("iot.keyboard.layout", "search_count", [])
    assert count == len({*box_layouts()}) > 100


def box_layouts():
    """:return: layouts and variants of the system's list, which the box reads too"""
    tree = ElementTree.parse("/usr/share/X11/xkb/rules/base.xml")
    for layout in tree.iter("layout"):
        name = layout.findtext("configItem/name")
        yield name, ""
        for variant in layout.iter("variant"):
            yield name, variant.findtext("configItem/name")
