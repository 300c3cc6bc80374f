"""A till of Point of Sale in a browser, in the hands of a cashier."""

from playwright.sync_api import expect

from .iot_screen import log_in
from .shop import CASHIER

LOAD = 60_000  # ms; the first page of a server compiles its templates


class Till:
    """The screen of a point of sale, by what a cashier does on it.

    :param url: base URL of a front of the server
    """

    def __init__(self, page, server, url=None):
        self.page = page
        self._url = url or server.url
        # the browser's own dialog for printing would stop the page
        page.add_init_script("window.printedByBrowser = 0; window.print = () => printedByBrowser++")
        self.dialog = page.get_by_role("dialog")
        self.proxy_status = page.locator(".pos-topheader .js_proxy")
        self.iot_status = page.locator(".pos-topheader .o_iot_status")

    def open(self, config_id):
        """Log in and open the register, without any cash in the drawer."""
        log_in(self.page, self._url, f"/pos/ui/{config_id}", CASHIER)
        self.page.locator(".open-register-btn").click(timeout=LOAD)
        self.dialog.get_by_role("button", name="Open Register").click()
        self.expect_products()
        return self

    def reload(self):
        self.page.reload(timeout=LOAD)
        self.expect_products()
        return self

    def expect_products(self):
        expect(self.page.locator("article.product").first).to_be_visible(timeout=LOAD)

    def add(self, product):
        self.page.locator("article.product", has_text=product).click()

    def pay(self):
        """Pay all of it, and validate. Cash, the only way to pay, is chosen by itself."""
        self.page.locator(".product-screen .pay-order-button").click()
        self.page.locator(".payment-screen button.validation-button.next").click()

    def expect_paid(self):
        expect(self.page.locator(".receipt-screen")).to_be_visible()

    def sell(self, *products):
        for product in products:
            self.add(product)
        self.pay()
        self.expect_paid()

    def print_receipt(self):
        self.page.get_by_role("button", name="Print Full Receipt").click()

    def next_order(self):
        self.page.get_by_role("button", name="New Order").click()
        self.expect_products()

    def expect_line(self, product, text):
        """The order has a line of this product, with this text."""
        line = self.page.locator(".order-container .orderline", has_text=product)
        expect(line).to_contain_text(text)

    def expect_printed_by_browser(self, times):
        self.page.wait_for_function("times => printedByBrowser === times", arg=times)

    def expect_status(self, level):
        """How it is with the devices, see ``iot_status.js``."""
        expect(self.iot_status).to_have_attribute("data-level", level)

    def expect_dialog(self, text):
        # patience with a box takes its time
        expect(self.dialog).to_contain_text(text, timeout=LOAD)

    def click(self, name):
        self.dialog.get_by_role("button", name=name).click()


class Weighing:
    """The popup in which a product is weighed."""

    def __init__(self, till, product):
        till.add(product)
        self._dialog = till.dialog.filter(has=till.page.locator(".gross-weight"))

    def expect_gross(self, text):
        expect(self._dialog.locator(".gross-weight")).to_have_text(text)

    def expect_net(self, text):
        expect(self._dialog.get_by_text(text, exact=True)).to_be_visible()

    def tare(self):
        self._dialog.get_by_role("button", name="Tare").click()

    def order(self):
        self._dialog.locator(".buy-product").click()
        expect(self._dialog).to_be_hidden()


class PosChoice:
    """The popup *Connect to a Point of Sale*."""

    def __init__(self, page):
        self._dialog = page.get_by_role("dialog", name="Connect to a Point of Sale")
        self._field = self._dialog.get_by_label("Associated POS")

    def expect_offered(self, *names):
        for name in names:
            expect(self._field.get_by_role("option", name=name)).to_be_attached()

    def choose(self, name):
        self._field.select_option(name)
        self._dialog.get_by_role("button", name="Connect", exact=True).click()

    def expect_used(self, *devices):
        """It says that the devices are used; a box tells of them one by one."""
        for device in devices:
            expect(self._dialog).to_contain_text(device)

    def close(self):
        self._dialog.locator("footer").get_by_role("button", name="Close").click()
        expect(self._dialog).to_be_hidden()
