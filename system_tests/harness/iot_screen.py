"""The IoT app in a browser, in the hands of an administrator."""

from playwright.sync_api import expect

LOAD = 60_000  # ms; the first page of a server compiles its templates
SECONDS = 30  # a box takes 1-2 s to restart and up to 10 s to open its websocket again


def open_iot(page, server, debug=False):
    """Log in and open the app, where no box is connected yet."""
    target = f"/odoo/iot{'?debug=1' if debug else ''}"
    page.goto(f"{server.url}/web/login?redirect={target}", timeout=LOAD)
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]")
    expect(page.get_by_text("Connect your first IoT system")).to_be_visible(timeout=LOAD)
    expect.set_options(timeout=SECONDS * 1000)
    return page
