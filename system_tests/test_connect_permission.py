"""Local Network Access: what the popup says when the browser lets an HTTPS page reach the network
of the user, or does not.

Chromium takes Odoo's address for one of the Internet, and the box's for a local one. It asks nobody
while it is headless: as long as the permission is not given, the answer to its question is missing.
"""

from contextlib import ExitStack

import pytest
from box.waiting import wait_until
from harness import addon
from harness.chromium import chromium
from harness.iot_screen import SECONDS, Popup, open_iot
from harness.tls_front import tls_front

PERMISSIONS = ("local-network-access", "local-network", "loopback-network")
# as in a browser of before the permission
_FORGET_PERMISSIONS = """
    const query = Permissions.prototype.query;
    Permissions.prototype.query = async function ({ name }) {
        if (/network/.test(name)) {
            throw new TypeError(`'${name}' is not a valid enum value of type PermissionName`);
        }
        return query.apply(this, arguments);
    };
"""


class Visitor:
    """A browser of its own that came to Odoo by HTTPS."""

    def __init__(self, browser, server, url):
        self._browser, self._server, self._url = browser, server, url
        self.page = browser.new_context().new_page()

    def permit(self, setting):
        """:param setting: ``granted``, ``denied`` or ``prompt``"""
        tab = self.page.context.new_cdp_session(self.page)
        context = tab.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
        for name in PERMISSIONS:
            options = {"permission": {"name": name}, "setting": setting, "origin": self._url}
            self._browser.new_browser_cdp_session().send(
                "Browser.setPermission", {**options, "browserContextId": context}
            )

    def open_popup(self):
        return Popup.opened(open_iot(self.page, self._server, url=self._url))


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
    with tls_front(server, tmp_path) as url:
        place = url.removeprefix("https://")

        def make(*flags):
            flags += (f"--ip-address-space-overrides={place}=public", "--ignore-certificate-errors")
            running = chromium(playwright, environment.chromium, *flags)
            return Visitor(ends.enter_context(running), server, url)

        with ExitStack() as ends:
            yield make


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


def test_unanswered_the_popup_tells_to_answer(server, box, visit, shot):
    visitor = visit()
    visitor.permit("prompt")
    popup = visitor.open_popup()
    popup.expect_text("Your browser may still be asking whether Odoo may look for devices")
    shot(visitor.page, "unanswered")
    assert "GET /iot_drivers/data" not in box.log()


def test_a_browser_without_the_permission_connects_by_the_pairing_code(
    server, lan, box_factory, visit, shot
):
    options = {"redirect": server.url, "poll_interval": 0.5, "devices": ""}
    box = box_factory(**options, **lan.box_options)
    visitor = visit("--disable-features=LocalNetworkAccessChecks")
    visitor.page.add_init_script(_FORGET_PERMISSIONS)
    popup = visitor.open_popup()
    popup.expect_state("nothing_found")
    popup.expect_text("This browser cannot look for boxes from a secure page")
    shot(visitor.page, "without")
    assert "GET /iot_drivers/data" not in box.log()
    popup.enter_code(wait_until(lambda: box.data()["pairing_code"], SECONDS, "a code"))
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]
