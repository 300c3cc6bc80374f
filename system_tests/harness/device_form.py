"""The form of a device in a browser, and the tests on it."""

from box.waiting import wait_until
from playwright.sync_api import expect

from .iot_screen import LOAD, SECONDS, stretch_timer

_LISTEN = """
    async (id) => {
        const service = odoo.__WOWL_DEBUG__.root.env.services.iot_action;
        Object.assign(window, { heard: [], ended: false, stop: new AbortController() });
        const device = await service.readDevice(id);
        service
            .listen(device, (event) => heard.push(event), stop)
            .then((isStopped) => (window.ended = isStopped));
    }
"""


def give_boxes_time(page):
    """Let a page wait for boxes on a busy computer, where its way to them is what is looked at.

    Call it before the page is opened. A box that answers late once is not tried for a minute.
    """
    stretch_timer(page, 1500, 30_000)  # LOOK_TIME in direct_path.js


class DeviceForm:
    """The form of a device, by what a person does on it."""

    def __init__(self, page):
        self.page = page
        self.answer = page.locator(".o_iot_device_test [data-status]")

    def open(self, server, device_type, *domain):
        domain = [["type", "=", device_type], *domain]
        [device] = server.call_kw("iot.device", "search_read", domain, ["name"])
        self.page.goto(f"{server.url}/odoo/iot-devices/{device['id']}", timeout=LOAD)
        expect(self.page.locator(".o_iot_device_test")).to_be_visible(timeout=LOAD)
        return self

    def click(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def expect_end(self, status, text, path=None):
        expect(self.answer).to_have_attribute("data-status", status, timeout=90_000)
        expect(self.answer).to_contain_text(text)
        if path:
            expect(self.answer).to_have_attribute("data-path", path)

    def listen(self):
        """Let the page hear what happens on the device from now on, and for the last 5 seconds."""
        self.page.evaluate(_LISTEN, int(self.page.url.rsplit("/", 1)[1]))

    def heard(self, key):
        """:return: what the events that were heard so far have there"""
        return self.page.evaluate("key => heard.map((event) => event[key])", key)

    def wait_heard(self, key, value):
        wait_until(lambda: value in self.heard(key), SECONDS, f"{value} in an event")
