"""A headless Chromium in the hands of Playwright."""

from contextlib import contextmanager

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
def chromium(playwright, executable, *flags):
    """A running browser.

    :param playwright: the only one of this process, which bears no second
    :param executable: the system's Chromium
    :param flags: more of its command line
    """
    browser = playwright.chromium.launch(
        executable_path=str(executable), headless=True, args=[*_FLAGS, *flags]
    )
    try:
        yield browser
    finally:
        browser.close()
