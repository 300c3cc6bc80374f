"""Stock boxes get HTTPS certificates from their database, and browsers that trust it open them."""

import hashlib
import re
import ssl

import pytest
from box.waiting import wait_until
from harness.addon import DEVICES, SECONDS, new_token, wait_online
from harness.chromium import chromium, trust
from harness.iot_screen import LOAD, log_in
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
    """Open pages of the box in a browser that trusts the root of the database, or not."""

    def opened(*urls, is_trusting=True):
        home = tmp_path / "account"
        if is_trusting and not home.exists():
            trust(home, server.get("/iot/root-certificate.crt").text)
        flags = [f"--host-resolver-rules=MAP *.{DOMAIN} {lan.box_host}"]
        options = {"home": home} if is_trusting else {}
        with chromium(playwright, environment.chromium, *flags, **options) as browser:
            page = browser.new_page()
            for url in urls:
                page.goto(url, timeout=LOAD)
                expect(page.get_by_text("IoT Box").first).to_be_visible(timeout=LOAD)

    return opened


def connect(server, box, devices=frozenset(DEVICES)):
    box.connect_to_server(new_token(server)["token"])
    wait_online(server, box, devices)


def set_parameter(server, key, value):
    server.call_kw("ir.config_parameter", "set_param", key, value)


def certificates(server):
    fields = ["names", "not_after", "box_id", "fingerprint"]
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


def served(box):
    """:return: the fingerprint of the certificate that the box shows to browsers"""
    certificate = ssl.get_server_certificate((box.address, HTTPS), timeout=SECONDS)
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate)).hexdigest()


def web_server_starts(box):
    return sum("nginx" in command for command in box.commands())


def let_renewal_be_due(box):
    """As if two thirds of the life of its certificate were over for the box."""
    conf = box.home / "odoo.conf"
    lines = conf.read_text().splitlines()
    [due] = [number for number, line in enumerate(lines) if line.startswith("renew_at")]
    lines[due] = f"renew_at = {ENDED}"
    conf.write_text("\n".join(lines))


@pytest.mark.long
def test_a_box_is_refused_then_certified_then_renewed(server, new_box, open_homepage, page, shot):
    set_parameter(server, "database.expiration_date", ENDED)
    box = new_box()
    connect(server, box)
    log_in(page, server.url, f"/odoo/iot/{read(server, 'id')['id']}")
    reason = page.locator("[name=certificate_reason]")
    expect(reason).to_have_text("The Odoo subscription of this database has ended.", timeout=LOAD)
    shot(page, "refused")
    assert certificates(server) == []
    assert not (box.home / "rootfs/etc/ssl/certs/nginx-cert.crt").exists()

    set_parameter(server, "database.expiration_date", LATER)
    box.restart()
    first = wait_certificates(server, 1)
    name, address = first["names"].split(", ")
    assert address == box.address
    wait_until(lambda: read(server, "ip")["ip"] == name, SECONDS, "the name of the box")
    page.reload()
    expect(page.locator("[name=certificate_state]")).to_have_text("Valid", timeout=LOAD)
    # 90 within the second of its making
    expect(page.locator("[name=certificate_term]")).to_have_text(re.compile(", (89|90) days left$"))
    expect(reason).not_to_be_attached()
    shot(page, "valid")
    page.goto(f"{server.url}/odoo/iot")
    expect(page.get_by_text("days left")).to_be_visible(timeout=LOAD)
    shot(page, "card")
    open_homepage(f"https://{address}/", f"https://{name}/")
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        open_homepage(f"https://{address}/", is_trusting=False)

    set_parameter(server, "database.expiration_date", ENDED)
    let_renewal_be_due(box)
    box.restart()
    wait_until(lambda: last_outcome(server) == "not_eligible", SECONDS, "the refusal")
    open_homepage(f"https://{address}/")
    assert [found["id"] for found in certificates(server)] == [first["id"]]
    assert served(box) == first["fingerprint"]
    starts = web_server_starts(box)

    set_parameter(server, "database.expiration_date", LATER)
    box.restart()
    second = wait_certificates(server, 2)
    assert second["names"] == first["names"]
    # here by a stand-in for nginx, which a box starts when it starts itself, and for the new one
    assert served(box) == second["fingerprint"] != first["fingerprint"]
    assert web_server_starts(box) == starts + 2
    open_homepage(f"https://{address}/")
    box.restart()
    wait_online(server, box)
    assert len(certificates(server)) == 2
    assert "PRIVATE KEY" not in box.log() + server.log()


@pytest.mark.long
def test_a_windows_box_takes_its_certificate_and_restarts_once(server, new_box, open_homepage):
    box = new_box(mode="windows")
    connect(server, box, WINDOWS_DEVICES)
    wait_certificates(server, 1)
    wait_online(server, box, WINDOWS_DEVICES)  # it restarts, and serves it
    wait_until(box.answers, SECONDS, "the box, which registers before it answers")
    open_homepage(f"https://{box.address}/")
    assert len(certificates(server)) == 1


def test_a_box_that_is_led_here_as_to_odoo_gets_the_wildcard(server, new_box, open_homepage):
    # of another version: it does not take the drivers of this database
    box = new_box(redirect=server.url, release="18.0")
    connect(server, box)
    box.restart()  # it asks before its first setup, when nobody knows it
    certificate = wait_certificates(server, 1)
    assert certificate["names"].startswith("*.")
    assert not certificate["box_id"]
    name = certificate["names"].replace("*", box.address.replace(".", "-"))
    wait_until(lambda: read(server, "ip")["ip"] == name, SECONDS, "the name of the box")
    open_homepage(f"https://{name}/")
