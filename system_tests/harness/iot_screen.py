"""The IoT app in a browser, in the hands of an administrator."""

from contextlib import contextmanager

from box.waiting import SECONDS, wait_until
from playwright.sync_api import expect

from .searching import SWIFT, stretch_time_outs

LOAD = 60_000  # ms; the first page of a server compiles its templates


def log_in(page, url, target, login="admin"):
    """Log in, and go on to a page.

    :param url: base URL of the server, or of a front of it
    :param target: path of the page
    :param login: also the password
    """
    page.goto(f"{url}/web/login?redirect={target}", timeout=LOAD)
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")


def open_iot(page, server, debug=False, url=None):
    """Log in and open the app, where no box is connected yet.

    :param url: base URL of a front of the server
    """
    log_in(page, url or server.url, f"/odoo/iot{'?debug=1' if debug else ''}")
    expect(page.get_by_text("Connect your first IoT system")).to_be_visible(timeout=LOAD)
    return page


def stretch_timer(page, ms, longer):
    """Let all timers of so many milliseconds take longer, on what the page opens from now on."""
    page.add_init_script(
        f"""(() => {{
            const {{ setTimeout }} = window;
            window.setTimeout = (callback, ms, ...others) =>
                setTimeout(callback, ms === {ms} ? {longer} : ms, ...others);
        }})()"""
    )


@contextmanager
def held(page, path):
    """Delay some requests of a page: what it shows meanwhile can be looked at.

    :param path: how their address ends, or the name of a model's method that is called
    :return: a function that waits for a request; all go on when the context ends
    """
    calls = []
    pattern = f"**{path}" if path.startswith("/") else f"**/call_kw/*/{path}*"

    def keep(call):
        calls.append(call)

    page.route(pattern, keep)

    def called():
        # requests are noticed while the page is talked to
        wait_until(lambda: page.evaluate("1") and calls, SECONDS, f"a call of {path}")

    try:
        yield called
    finally:
        for call in calls:
            call.continue_()
        page.unroute(pattern)


class Popup:
    """The popup of *Connect*, by what it shows."""

    def __init__(self, page):
        self.dialog = page.get_by_role("dialog")

    @classmethod
    def opened(cls, page):
        stretch_time_outs(page, 10, SWIFT)
        page.get_by_role("button", name="Connect", exact=True).first.click()
        return cls(page)

    @classmethod
    def opened_for(cls, page, target):
        """Searching there, and not in the usual places before, where the box may be, too."""
        with held(page, "get_discovery_hints"):
            popup = cls.opened(page)
            popup.search_address(target)
        return popup

    def expect_state(self, *names):
        """Wait until it is in one of these states, see ``connect_states.js``."""
        states = ", ".join(f"[data-state={name}]" for name in names)
        expect(self.dialog.locator(states)).to_be_attached(timeout=2 * LOAD)

    def expect_text(self, text):
        expect(self.dialog).to_contain_text(text)

    def expect_listed(self, box, status):
        """Wait until a box is listed as one of this status, see ``ownership.js``.

        :return: its place in the list
        """
        place = self.dialog.locator(f"[data-status={status}]", has_text=box.identifier)
        expect(place).to_be_visible()
        return place

    def mark(self, box):
        self.dialog.get_by_label(box.identifier).check()

    def click(self, name):
        self.dialog.get_by_role("button", name=name, exact=True).click()

    def enter_code(self, code):
        """Type a code; from the search, and again after a wrong one."""
        field = self.dialog.get_by_label("Pairing code", exact=True)
        if not field.is_visible():
            self.click("Use Pairing Code")
        field.fill(code)
        field.press("Enter")

    def search_address(self, target):
        """Search somewhere else than in the usual places."""
        self.click("Search an address")
        self.enter_address(target)

    def enter_address(self, target):
        self.dialog.get_by_label("Address of the box, or network").fill(target)
        self.dialog.get_by_role("button", name="Search", exact=True).click()


def card(page, box):
    """:return: the card of a box among the IoT boxes"""
    return page.locator(".o_kanban_record", has_text=box.address)
