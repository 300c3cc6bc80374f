"""The pictures of the documentation, taken from real screens by ``./dev pictures``.

Odoo and two stock boxes stand at addresses of a shop's network, all on this machine. Pytest does
not take this file for tests: it is asked for by name.
"""

import ast
import base64
import os
import subprocess
from io import BytesIO

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
COMPANY = "Corner Shop"
LOGO = f"<h1 style='display: inline-block; margin: 0; font: bold 44px serif'>{COMPANY}</h1>"
LARGEST = 150_000  # bytes of a picture
ICON = "<style>body {{ margin: 0 }} svg {{ width: 256px; height: 256px }}</style>{icon}"
BANNER = """<style>
    body {{
        display: flex; align-items: center; gap: 60px; height: 560px; margin: 0; padding: 0 80px;
        box-sizing: border-box; font-family: sans-serif; background: #eef6f5; color: #083d48;
    }}
    svg {{ flex: none; width: 300px; height: 300px }}
    h1 {{ margin: 0; font-size: 64px }}
    p {{ font-size: 32px; line-height: 1.4 }}
</style>{icon}<div><h1>{name}</h1><p>{summary}</p></div>"""
BUSY = ".o_loading_indicator, .pos-topheader .fa-spin"  # Odoo, and Point of Sale
NO_QUESTION = "mail.user_setting.push_notification_dismissed"
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
def page(browser, server):
    """A page of an administrator whom nothing waits for: neither greetings nor questions."""
    server.call_kw("res.users", "write", [server.login()], {"odoobot_state": "disabled"})
    welcome = [["model", "=", "discuss.channel"]]
    for message in server.call_kw("mail.message", "search_read", welcome, ["res_id"], order="id"):
        read = {"channel_id": message["res_id"], "last_message_id": message["id"]}
        server.rpc("/discuss/channel/mark_as_read", **read)
    with browser.new_context() as context:
        agent = context.new_page().evaluate("navigator.userAgent")
    agent = agent.replace("Headless", "")
    with browser.new_context(user_agent=agent) as context:
        context.add_init_script(f"localStorage.setItem('{NO_QUESTION}', 'true')")
        yield context.new_page()


@pytest.fixture
def kept(environment):
    """Keep an image in a folder of the repository, or rather in its like, which is copied there:
    ``kept(image, "iot/static/description/icon.png")``."""

    def keep(image, path):
        path = environment.state / "pictures" / path
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path, optimize=True)
        assert path.stat().st_size < LARGEST, path

    return keep


@pytest.fixture
def take(kept):
    """Keep what a page shows: ``take(page, "connect", "iot", "iot", height=600)``.

    :param addon: on whose own page the picture is, too
    """

    def take(page, name, addon=None, width=WIDTH, height=640):
        page.set_viewport_size({"width": width, "height": height})
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        expect(page.locator(BUSY)).to_have_count(0)
        shown = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
        image = shown.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        for folder in ("doc/pictures", addon and f"{addon}/static/description"):
            if folder:
                kept(image, f"{folder}/{name}.png")

    return take


@pytest.mark.parametrize("addon", ["iot", "iot_mail", "pos_iot"])
def test_icon_and_banner(addon, environment, browser, kept):
    page = browser.new_page()
    folder = environment.root / addon
    manifest = ast.literal_eval((folder / "__manifest__.py").read_text())
    icon = (folder / "static/description/icon.svg").read_text()
    pictures = {
        "icon": (ICON, (256, 256)),
        "banner": (BANNER, (1120, 560)),
    }
    for name, (html, (width, height)) in pictures.items():
        page.set_viewport_size({"width": width, "height": height})
        page.set_content(html.format(icon=icon, **manifest))
        image = Image.open(BytesIO(page.screenshot(omit_background=True)))
        kept(image, f"{addon}/static/description/{name}.png")


def test_pictures(server, boxes, page, browser, take, kept):
    other, near = boxes
    shop = Shop(server)
    page.set_content(LOGO)
    logo = base64.b64encode(page.locator("h1").screenshot()).decode()
    server.call_kw("res.company", "write", [1], {"name": COMPANY, "logo": logo})
    config_id = shop.point_of_sale("Corner Shop")
    code = wait_until(lambda: near.data()["pairing_code"], SECONDS, "a code")
    box_page = browser.new_page()
    box_page.goto(near.url)
    expect(box_page.get_by_text(code)).to_be_visible()
    take(box_page, "box-code", width=700, height=660)
    box_page.close()

    popup = Popup.opened(open_iot(page, server, debug=True))
    popup.click("Offline pairing")
    popup.expect_state("token")
    take(page, "token", height=760)
    page.goto(f"{server.url}/odoo/iot?debug=0", timeout=LOAD)
    popup = Popup.opened(page)
    popup.expect_state("choosing")
    popup.mark(near)
    take(page, "connect", "iot")
    popup.click("Connection doctor")
    expect(popup.dialog.get_by_role("status")).to_contain_text("The doctor has finished.")
    take(page, "doctor", "iot", height=760)
    popup.click("Back")
    popup.expect_state("choosing")
    popup.click("Use Pairing Code")
    popup.dialog.get_by_label("Pairing code", exact=True).fill(code)
    take(page, "code")
    popup.enter_code(code)
    choice = PosChoice(page)
    choice.choose("Corner Shop")
    choice.expect_used("EPSON TM-m30", "Toledo 8217", "Display")
    take(page, "pos-choice", "pos_iot")
    choice.close()

    other.connect_to_server(new_token(server)["token"])
    numbers = [wait_certified(server, box) for box in (near, other)]
    for number, name in zip(numbers, ("Counter", "Kitchen"), strict=True):
        server.call_kw("iot.box", "write", [number], {"name": name})
    page.goto(f"{server.url}/odoo/iot", timeout=LOAD)
    expect(page.get_by_text("days left")).to_have_count(2, timeout=LOAD)
    take(page, "boxes", "iot", height=480)
    page.goto(f"{server.url}/odoo/iot/{numbers[0]}", timeout=LOAD)
    expect(page.locator("[name=certificate_state]")).to_have_text("Valid", timeout=LOAD)
    take(page, "box", "iot", height=860)
    page.goto(f"{server.url}/odoo/action-iot.res_config_settings_action", timeout=LOAD)
    expect(page.locator("[name=iot_certificate_authority]")).to_be_visible(timeout=LOAD)
    page.set_viewport_size({"width": WIDTH, "height": 640})
    heading = page.get_by_role("heading", name="HTTPS Certificates")
    # what stands above it at the end of the page is cut off at the lower edge instead
    above = heading.evaluate(
        "el => { el.scrollIntoView(); return el.getBoundingClientRect().top"
        " - el.closest('.settings').getBoundingClientRect().top }"
    )
    take(page, "certificate", "iot", height=640 - int(above))

    printer = Printer(near)
    near.controls.write("weight", "0.480")
    with browser.new_context() as context:
        till = Till(context.new_page(), server).open(config_id)
        till.expect_status("success")
        till.add(APPLE)
        till.add(SOUP)
        weighing = Weighing(till, CHEESE)
        weighing.expect_gross("0.48 kg")
        take(till.page, "pos-scale", "pos_iot", height=720)
        weighing.order()
        till.pay()
        till.expect_paid()
        till.print_receipt()
        [receipt] = printer.wait_pictures(1)
        printed = [["nb_print", ">", 0]]
        wait_until(lambda: server.call_kw("pos.order", "search", printed), SECONDS, "its note")
        take(till.page, "pos-receipt", "pos_iot", height=720)
        kept(receipt, "doc/pictures/paper.png")


def wait_certified(server, box):
    """Wait until a box is there and has a certificate of the database.

    :return: its number
    """
    wait_online(server, box)
    domain = [["identifier", "=", box.identifier], ["certificate_end_date", "!=", False]]
    return wait_until(
        lambda: server.call_kw("iot.box", "search", domain), SECONDS * 4, "a certificate"
    )[0]
