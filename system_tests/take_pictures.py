"""The pictures of the documentation, taken from real screens by ``./dev pictures``.

Odoo and two stock boxes stand at addresses of a shop's network, all on this machine. Pytest does
not take this file for tests: it is asked for by name.
"""

import os
import subprocess

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, new_token, wait_online
from harness.iot_screen import LOAD, Popup, open_iot
from harness.odoo_server import OdooServer
from harness.paper import Printer
from harness.pos_screen import PosChoice, Till, Weighing
from harness.shop import APPLE, CHEESE, SOUP, Shop
from PIL import Image
from playwright.sync_api import expect

NETWORK = "192.168.1.0/24"
ODOO, BOXES = (
    "192.168.1.10",
    {"192.168.1.21": "10000000c3d1a5f0", "192.168.1.22": "100000004be87a12"},
)
PORT, HTTPS = 8069, 443
WIDTH = 1280
LARGEST = 150_000  # bytes of a picture
WITHOUT_SUBSCRIPTION = "iot.own_authority_without_subscription"


@pytest.fixture
def network(own_network):
    environ = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    command = ["ip", "address", "add", f"{ODOO}/24", "dev", "lo"]
    subprocess.run(command, env=environ, check=True)


class ShopServer(OdooServer):
    """The Odoo of a small shop: its database has a name that people would choose."""

    def __init__(self, environment, cluster, _name, log):
        super().__init__(
            environment, cluster, "shop", log, address=ODOO, template=environment.shop_template
        )
        self.port = PORT


@pytest.fixture
def server(network, odoo_factory):
    server = odoo_factory(start=False, kind=ShopServer)
    server.set_parameter(WITHOUT_SUBSCRIPTION, "True")
    return server.start()


@pytest.fixture
def boxes(server, box_factory):
    options = {"redirect": server.url, "lan": NETWORK, "https_port": HTTPS, "poll_interval": 1}
    return [
        box_factory(address=address, identifier=serial, **options)
        for address, serial in BOXES.items()
    ]


@pytest.fixture
def take(environment):
    """Keep a picture: ``take(page, "connect", height=600)``, or ``take.keep(image, name)``."""
    folder = environment.state / "pictures"
    folder.mkdir(exist_ok=True)

    def keep(image, name):
        path = folder / f"{name}.png"
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        assert path.stat().st_size < LARGEST, path

    def take(page, name, width=WIDTH, height=640):
        page.set_viewport_size({"width": width, "height": height})
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        file = folder / "taken.png"
        page.screenshot(path=file, animations="disabled", caret="hide")
        with Image.open(file) as image:
            keep(image, name)
        file.unlink()

    take.keep = keep
    return take


def test_pictures(server, boxes, page, browser, take):
    other, near = boxes
    shop = Shop(server)
    config_id = shop.point_of_sale("Corner Shop")
    code = wait_until(lambda: near.data()["pairing_code"], SECONDS, "a code")
    box_page = browser.new_page()
    box_page.goto(near.url)
    expect(box_page.get_by_text(code)).to_be_visible()
    take(box_page, "box-code", width=700)
    box_page.close()

    popup = Popup.opened(open_iot(page, server, debug=True))
    popup.expect_state("choosing")
    popup.mark(near)
    take(page, "connect")
    popup.click("Offline pairing")
    popup.expect_state("token")
    take(page, "token", height=760)
    page.goto(f"{server.url}/odoo/iot?debug=0", timeout=LOAD)
    popup = Popup.opened(page)
    popup.expect_state("choosing")
    popup.click("Connection doctor")
    expect(popup.dialog.get_by_role("status")).to_contain_text("The doctor has finished.")
    take(page, "doctor", height=760)
    popup.click("Back")
    popup.expect_state("choosing")
    popup.click("Use Pairing Code")
    popup.dialog.get_by_label("Pairing code", exact=True).fill(code)
    take(page, "code")
    popup.enter_code(code)
    choice = PosChoice(page)
    choice.choose("Corner Shop")
    choice.expect_used("EPSON TM-m30", "Toledo 8217", "Display")
    take(page, "pos-choice")
    choice.close()

    other.connect_to_server(new_token(server)["token"])
    numbers = [wait_certified(server, box) for box in (near, other)]
    for number, name in zip(numbers, ("Counter", "Kitchen"), strict=True):
        server.call_kw("iot.box", "write", [number], {"name": name})
    page.goto(f"{server.url}/odoo/iot", timeout=LOAD)
    expect(page.get_by_text("days left")).to_have_count(2, timeout=LOAD)
    take(page, "boxes", height=480)
    page.goto(f"{server.url}/odoo/iot/{numbers[0]}", timeout=LOAD)
    expect(page.locator("[name=certificate_state]")).to_have_text("Valid", timeout=LOAD)
    take(page, "box", height=860)
    page.goto(f"{server.url}/odoo/action-iot.res_config_settings_action", timeout=LOAD)
    expect(page.locator("[name=iot_certificate_authority]")).to_be_visible(timeout=LOAD)
    page.set_viewport_size({"width": WIDTH, "height": 640})
    page.get_by_role("heading", name="HTTPS Certificates").evaluate("el => el.scrollIntoView()")
    take(page, "certificate")

    printer = Printer(near)
    near.controls.write("weight", "0.480")
    with browser.new_context() as context:
        till = Till(context.new_page(), server).open(config_id)
        till.expect_status("success")
        till.add(APPLE)
        till.add(SOUP)
        weighing = Weighing(till, CHEESE)
        weighing.expect_gross("0.48 kg")
        take(till.page, "pos-scale", height=720)
        weighing.order()
        till.pay()
        till.expect_paid()
        till.print_receipt()
        [receipt] = printer.wait_pictures(1)
        expect(till.page.locator(".pos-topheader .fa-spin")).to_have_count(0)
        take(till.page, "pos-receipt", height=720)
        take.keep(receipt, "paper")


def wait_certified(server, box):
    """Wait until a box is there and has a certificate of the database.

    :return: its number
    """
    wait_online(server, box)
    domain = [["identifier", "=", box.identifier], ["certificate_end_date", "!=", False]]
    return wait_until(
        lambda: server.call_kw("iot.box", "search", domain), SECONDS * 4, "a certificate"
    )[0]
