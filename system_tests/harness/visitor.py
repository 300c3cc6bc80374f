"""Browsers that come to Odoo by HTTPS, as from the Internet, with a box on their network."""

from contextlib import ExitStack, contextmanager

from box.waiting import SECONDS

from .chromium import chromium
from .iot_screen import Popup, log_in, open_iot
from .tls_front import tls_front

# of a browser that has none: also call ``forget_permissions``
WITHOUT_PERMISSION = ("--disable-features=LocalNetworkAccessChecks",)

_NAME = "odoo.example.com"
_PERMISSIONS = ("local-network-access", "local-network", "loopback-network")
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
        self._browser, self._server, self.url = browser, server, url
        self.page = browser.new_context().new_page()
        self.page.set_default_timeout(SECONDS * 1000)

    def permit(self, setting):
        """:param setting: ``granted``, ``denied`` or ``prompt``"""
        tab = self.page.context.new_cdp_session(self.page)
        context = tab.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
        for name in _PERMISSIONS:
            options = {"permission": {"name": name}, "setting": setting, "origin": self.url}
            self._browser.new_browser_cdp_session().send(
                "Browser.setPermission", {**options, "browserContextId": context}
            )

    def forget_permissions(self):
        """As a browser of before the permission."""
        self.page.add_init_script(_FORGET_PERMISSIONS)

    def log_in(self, target):
        log_in(self.page, self.url, target)

    def open_iot(self):
        return open_iot(self.page, self._server, url=self.url)

    def open_popup(self):
        return Popup.opened(self.open_iot())


@contextmanager
def visits(playwright, executable, server, folder, **changes):
    """Make visitors: ``visit(*flags_of_chromium)``. They know Odoo by its name, and take its
    address for one of the Internet, and all others of the network for local ones.

    :param changes: those of ``tls_front``
    """
    with tls_front(server, folder, **changes) as url, ExitStack() as ends:
        place = url.removeprefix("https://")
        named = url.replace(server.address, _NAME)

        def visit(*flags):
            flags += (
                f"--host-resolver-rules=MAP {_NAME} {server.address}",
                f"--ip-address-space-overrides={place}=public",
                "--ignore-certificate-errors",
            )
            browser = ends.enter_context(chromium(playwright, executable, *flags))
            return Visitor(browser, server, named)

        yield visit
