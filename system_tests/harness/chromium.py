"""A headless Chromium in the hands of Playwright."""

import os
import subprocess
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


def trust(home, certificate):
    """Let the browsers of an account trust an authority of certificates.

    :param home: folder of the account, which nobody else uses
    :param certificate: of the authority, PEM
    """
    store = home / ".pki/nssdb"
    store.mkdir(parents=True)
    command = ["certutil", "-d", f"sql:{store}"]
    subprocess.run([*command, "-N", "--empty-password"], check=True)
    trusted = ["-A", "-n", "authority", "-t", "C,,", "-a"]
    subprocess.run([*command, *trusted], input=certificate, text=True, check=True)


@contextmanager
def chromium(playwright, executable, *flags, home=None):
    """A running browser.

    :param playwright: the only one of this process, which bears no second
    :param executable: the system's Chromium
    :param flags: more of its command line
    :param home: folder of another account, with what that one trusts
    """
    browser = playwright.chromium.launch(
        executable_path=str(executable),
        headless=True,
        args=[*_FLAGS, *flags],
        env={**os.environ, "HOME": str(home)} if home else None,
    )
    try:
        yield browser
    finally:
        browser.close()
