"""A certificate from an ACME authority, from the settings to the box, with real parts."""

import re

import pytest
import requests
from box.waiting import wait_until
from cryptography import x509
from harness.addon import new_token, post_setup
from harness.bind9 import KEY, SECRET, ZONE
from harness.faults import status
from harness.faulty_front import faulty_front
from harness.iot_screen import LOAD, log_in, stretch_timer
from harness.odoo_server import OdooRpcError
from playwright.sync_api import expect

BOX = "10000000abcd1234"
LATER = "2099-01-01 00:00:00"
ENDED = "2020-01-01 00:00:00"
SECONDS = 120  # one try may take 90


@pytest.fixture
def token():
    """Of a box that is there by its setup only."""
    return {}


@pytest.fixture
def server(odoo_factory, pebble, token):
    """A database in production with a subscription and a box, which trusts the authority."""
    server = odoo_factory(start=False, cron_threads=1)
    server.set_parameter("web.base.url", "https://odoo.example.com")
    server.set_parameter("database.enterprise_code", "M26030200000001")
    server.set_parameter("database.expiration_reason", "renewal")
    server.set_parameter("database.expiration_date", LATER)
    server.start()
    text = new_token(server)["token"]
    token["secret"] = re.search(r"[?&]token=([^&]+)", text)[1]
    assert "result" in post_setup(server, BOX, token["secret"])
    return server


def values(directory_url, name_server):
    return {
        "iot_certificate_authority": "acme",
        "iot_domain": ZONE,
        "iot_acme_directory_url": directory_url,
        "iot_acme_terms_accepted": True,
        "iot_dns_server": name_server.address,
        "iot_dns_key_name": KEY,
        "iot_dns_key_secret": SECRET,
    }


def save(server, **settings):
    number = server.call_kw("res.config.settings", "create", settings)
    server.call_kw("res.config.settings", "execute", [number])


def press(server, button):
    number = server.call_kw("res.config.settings", "create", {})
    return server.call_kw("res.config.settings", button, [number])


def shown(server):
    """:return: what the settings tell of the certificate"""
    number = server.call_kw("res.config.settings", "create", {})
    fields = ["not_after", "renew_at", "failure", "retry_at"]
    names = [f"iot_wildcard_{field}" for field in fields]
    [record] = server.call_kw("res.config.settings", "read", [number], names)
    return {field: record[f"iot_wildcard_{field}"] for field in fields}


def take(server, token):
    """:return: what a box gets"""
    params = {"identifier": BOX, "token": token["secret"], "addresses": ["127.0.0.1"]}
    answer = requests.post(f"{server.url}/iot/box/certificate", json={"params": params}, timeout=30)
    return answer.json()["result"]


def has_been_asked(front, path):
    return any(request.startswith(path) for request in front.requests)


def serial(result):
    return x509.load_pem_x509_certificate(result["x509_pem"].encode()).serial_number


def test_from_the_settings_to_the_box(server, pebble, name_server, token, page, shot):
    def button(name):
        page.get_by_role("button", name=name).click()

    def setting(name):
        return page.locator(f"[name={name}] input")

    def save_form():
        button("Save")
        expect(page.get_by_role("button", name="Save")).to_be_hidden(timeout=LOAD)

    stretch_timer(page, 4000, 60_000)  # notices, which are looked for
    log_in(page, server.url, "/odoo/action-iot.res_config_settings_action")
    page.get_by_label("An ACME authority").check(timeout=LOAD)
    setting("iot_domain").fill(ZONE)
    setting("iot_acme_directory_url").fill(pebble.directory_url)
    page.get_by_label("I agree to its terms of service").check()
    setting("iot_dns_server").fill(name_server.address)
    setting("iot_dns_key_name").fill(KEY)
    setting("iot_dns_key_secret").fill("d3Jvbmc=")
    save_form()
    button("Test")
    refusal = page.get_by_text("The DNS server does not accept the name or the secret of the key")
    expect(refusal).to_be_visible(timeout=LOAD)
    shot(page, "refused", height=1600)
    page.locator(".modal-footer button").first.click()

    setting("iot_dns_key_secret").fill(SECRET)
    save_form()
    button("Test")
    expect(page.get_by_text("The DNS zone takes changes")).to_be_visible(timeout=LOAD)
    assert "being made" in take(server, token)["error"]
    button("Get Certificate Now")
    done = page.get_by_text("The certificate of your IoT boxes is ready.")
    expect(done).to_be_visible(timeout=SECONDS * 1000)
    page.reload()
    expect(page.get_by_text("Valid until")).to_be_visible(timeout=LOAD)
    shot(page, "made", height=1600)

    result = take(server, token)
    leaf, issuer = x509.load_pem_x509_certificates(result["x509_pem"].encode())
    leaf.verify_directly_issued_by(issuer)
    issuer.verify_directly_issued_by(x509.load_pem_x509_certificate(pebble.root().encode()))
    assert re.fullmatch(rf"\*\.[0-9a-f]{{12}}\.{re.escape(ZONE)}", result["subject_cn"])
    name = f"127-0-0-1{result['subject_cn'][1:]}"
    wait_until(lambda: name_server.records(name, "A") == ["127.0.0.1"], SECONDS, "the address")


def test_order_outlives_a_crash_and_renewal_a_pause(server, pebble, name_server, token):
    with faulty_front(pebble) as front:
        save(server, **values(f"{front.url}/dir", name_server))
        take(server, token)  # which is how it begins
        wait_until(lambda: has_been_asked(front, "/chalZ/"), SECONDS, "the proof")
        server.kill()
        orders = front.requests.count("/order-plz")
        server.start()
        press(server, "action_get_iot_certificate")
        wait_until(lambda: shown(server)["not_after"], SECONDS, "the certificate")
        assert front.requests.count("/order-plz") == orders, " ".join(front.requests)
        first = take(server, token)

        server.sql("update iot_wildcard set renew_at = %s", (ENDED,))
        front.faults["/dir"] = [status(503, **{"Retry-After": "3600"})] * 9
        press(server, "action_get_iot_certificate")
        wait_until(lambda: shown(server)["failure"], SECONDS, "the failure")
        assert "ACME authority" in shown(server)["failure"]
        assert serial(take(server, token)) == serial(first)
        with pytest.raises(OdooRpcError, match="asked not to be asked again"):
            press(server, "action_get_iot_certificate")

        front.faults.clear()
        server.sql("update iot_wildcard set retry_at = %s", (ENDED,))
        press(server, "action_get_iot_certificate")
        wait_until(lambda: not shown(server)["failure"], SECONDS, "the renewal")
        assert serial(take(server, token)) != serial(first)
