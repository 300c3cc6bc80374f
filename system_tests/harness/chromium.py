"""A headless Chromium in the hands of Playwright."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

# no background traffic; --no-sandbox because containers and root have none
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
]


@contextmanager
def chromium(executable, *flags):
    """A running browser.

    :param executable: the system's Chromium
    :param flags: more of its command line
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(executable), headless=True, args=[*_FLAGS, *flags]
        )
        try:
            yield browser
        finally:
            browser.close()
