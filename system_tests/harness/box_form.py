"""The form of a box in a browser, and the report of what the box was asked there."""

import re

from playwright.sync_api import expect

from .addon import boxes
from .iot_screen import LOAD, log_in

ENDED, RETURNED = "ended", "returned"  # stages of a report, see ``box_command_service.js``


class BoxForm:
    """The form of the only box, by what an administrator does on it."""

    def __init__(self, page, server, folder):
        self.page, self._folder = page, folder
        [record] = boxes(server)
        log_in(page, server.url, f"/odoo/iot/{record['id']}?debug=1")
        expect(self.button("Restart")).to_be_visible(timeout=LOAD)
        self.report = page.locator(".o_iot_box_report")

    def button(self, name):
        return self.page.locator(".o_statusbar_buttons button", has_text=name)  # it has an icon

    def click(self, name):
        self.button(name).click()

    def confirm(self, name):
        self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()

    def expect_report(self, stage, text, report=None):
        report = report or self.report
        expect(report).to_have_attribute("data-stage", stage, timeout=90_000)
        expect(report).to_contain_text(text)
        self.picture(text)

    def picture(self, name):
        """Keep a screenshot of the form on a desk's screen and on a phone's."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", name)[:40]
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.screenshot(path=self._folder / f"{name}-{width}.png")
