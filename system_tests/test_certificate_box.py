"""Stock boxes get HTTPS certificates from their database, and browsers that trust it open them."""

import pytest
from box.waiting import wait_until
from harness.addon import DEVICES, SECONDS, new_token, wait_online
from harness.chromium import chromium, trust
from harness.iot_screen import LOAD
from playwright.sync_api import Error, expect

HTTPS = 443
DOMAIN = "iot.example.com"
LATER = "2099-01-01 00:00:00"
ENDED = "2020-01-01 00:00:00"
WINDOWS_DEVICES = frozenset({"printer", "scale"})


@pytest.fixture
def server(lan, odoo_factory):
    """A database in production with a subscription, which has a domain for its boxes."""
    server = odoo_factory(start=False, address=lan.host)
    server.set_parameter("database.enterprise_code", "M26030200000001")
    server.set_parameter("database.expiration_reason", "renewal")
    server.set_parameter("database.expiration_date", LATER)
    server.set_parameter("iot.domain", DOMAIN)
    server.start()
    server.login()
    return server


@pytest.fixture
def new_box(lan, box_factory):
    def make(**options):
        return box_factory(https_port=HTTPS, **lan.box_options, **options)

    return make


@pytest.fixture
def open_homepage(playwright, environment, server, lan, tmp_path):
    """Open a page of the box in a browser that trusts the root of the database, or not."""

    def opened(url, is_trusting=True):
        home = tmp_path / "account"
        if is_trusting and not home.exists():
            trust(home, server.get("/iot/root-certificate.crt").text)
        flags = [f"--host-resolver-rules=MAP *.{DOMAIN} {lan.box_host}"]
        options = {"home": home} if is_trusting else {}
        with chromium(playwright, environment.chromium, *flags, **options) as browser:
            page = browser.new_page()
            page.goto(url, timeout=LOAD)
            expect(page.get_by_text("IoT Box").first).to_be_visible(timeout=LOAD)

    return opened


def connect(server, box, devices=frozenset(DEVICES)):
    box.connect_to_server(new_token(server)["token"])
    wait_online(server, box, devices)


def set_parameter(server, key, value):
    server.call_kw("ir.config_parameter", "set_param", key, value)


def certificates(server):
    fields = ["names", "not_after", "box_id"]
    return server.call_kw("iot.certificate", "search_read", [], fields)


def read(server, *fields):
    return server.call_kw("iot.box", "search_read", [], list(fields))[0]


def wait_certificates(server, count):
    """Wait until a box has taken, and told of, its certificate number ``count``."""

    def told():
        found = certificates(server)
        end_date = read(server, "certificate_end_date")["certificate_end_date"]
        return len(found) == count and end_date == found[0]["not_after"]

    wait_until(told, SECONDS, f"certificate {count}")
    return certificates(server)[0]


def last_outcome(server):
    fields = ["code"]
    events = server.call_kw("iot.certificate.event", "search_read", [], fields, limit=1)
    return events[0]["code"] if events else None


def let_renewal_be_due(box):
    """As if two thirds of the life of its certificate were over for the box."""
    conf = box.home / "odoo.conf"
    lines = conf.read_text().splitlines()
    [due] = [number for number, line in enumerate(lines) if line.startswith("renew_at")]
    lines[due] = f"renew_at = {ENDED}"
    conf.write_text("\n".join(lines))


@pytest.mark.parametrize(
    ("mode", "devices"), [("rpi", frozenset(DEVICES)), ("windows", WINDOWS_DEVICES)]
)
def test_a_browser_that_trusts_the_root_opens_the_box_by_address_and_by_name(
    server, new_box, open_homepage, mode, devices
):
    box = new_box(mode=mode)
    connect(server, box, devices)
    certificate = wait_certificates(server, 1)
    name, address = certificate["names"].split(", ")
    assert address == box.address
    wait_until(lambda: read(server, "ip")["ip"] == name, SECONDS, "the name of the box")
    open_homepage(f"https://{box.address}/")
    open_homepage(f"https://{name}/")
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        open_homepage(f"https://{box.address}/", is_trusting=False)
    assert read(server, "certificate_state")["certificate_state"] == "valid"
    box.restart()
    wait_online(server, box, devices)
    assert len(certificates(server)) == 1
    assert "PRIVATE KEY" not in box.log() + server.log()
