"""A till of Point of Sale in a browser, in the hands of a cashier."""

from playwright.sync_api import expect

from .iot_screen import log_in

LOAD = 60_000  # ms; the first page of a server compiles its templates
SECONDS = 30


class Till:
    """The screen of a point of sale, by what a cashier does on it."""

    def __init__(self, page, server):
        self.page = page
        self._server = server
        page.set_default_timeout(SECONDS * 1000)
        expect.set_options(timeout=SECONDS * 1000)
        # the browser's own dialog for printing would stop the page
        page.add_init_script("window.printedByBrowser = 0; window.print = () => printedByBrowser++")
        self.dialog = page.get_by_role("dialog")
        self.status = page.locator(".pos-topheader .js_proxy")

    def open(self, config_id):
        """Log in and open the register, without any cash in the drawer."""
        log_in(self.page, self._server.url, f"/pos/ui/{config_id}")
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

    def wait_printed_by_browser(self, times):
        self.page.wait_for_function("times => printedByBrowser === times", arg=times)
