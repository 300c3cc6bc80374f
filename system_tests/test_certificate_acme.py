"""Certificates by ACME from a real authority, proven in a real zone, with faults on both sides."""

import subprocess
import sys
from datetime import datetime

import pytest
import requests
from cryptography import x509
from harness.acme_client import CHALLENGE, WILDCARD, AcmeClient, Crash, Store
from harness.faults import empty, json_answer, late, problem, status
from harness.faulty_front import faulty_front


def test_wildcard_is_issued_and_the_challenge_taken_away(acme, pebble, name_server):
    chain = acme.issue()
    leaf = x509.load_pem_x509_certificate(chain.leaf_pem.encode())
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [WILDCARD]
    issuer = x509.load_pem_x509_certificate(chain.chain_pem.encode())
    leaf.verify_directly_issued_by(issuer)
    issuer.verify_directly_issued_by(x509.load_pem_x509_certificate(pebble.root().encode()))
    assert name_server.records(CHALLENGE, "TXT") == []
    assert acme.store.state["order"] is None, "the key of the certificate is kept elsewhere"


def test_renewal_uses_the_account_and_another_key(acme, pebble):
    first = acme.issue()
    account = acme.store.state["account"]
    second = acme.issue()
    assert second.key_pem != first.key_pem
    assert second.serial != first.serial
    assert acme.store.state["account"] == account


def test_lost_address_of_the_account_is_found_by_its_key(acme):
    acme.issue()
    account = acme.store.state.pop("account")
    acme.issue()
    assert acme.store.state["account"] == account


def test_authority_that_forgot_the_account_gets_to_know_it_again(acme, pebble):
    acme.issue()
    key, account = acme.store.state["key"], acme.store.state["account"]
    pebble.stop()
    pebble.start()
    acme.issue()
    assert acme.store.state["key"] == key
    assert acme.store.state["account"] != account


@pytest.mark.parametrize(
    ("moment", "condition"),
    [
        ("crash_after", lambda state: state.get("order")),
        ("crash_before", lambda state: "order" in state and not state["order"]),
    ],
    ids=["order begun", "certificate issued"],
)
def test_order_is_gone_on_with_after_a_crash(acme, moment, condition):
    setattr(acme.store, moment, condition)
    with pytest.raises(Crash):
        acme.issue()
    order = acme.store.state["order"]
    setattr(acme.store, moment, lambda _state: False)
    assert acme.issue().key_pem == order["key"], "a new order would have a new key"


def test_time_of_renewal_is_as_the_authority_wishes(iot, zone, pebble):
    with faulty_front(pebble) as front:
        acme = AcmeClient(iot, zone, f"{front.url}/dir")
        leaf = acme.issue().leaf_pem
        ask = acme.authority().renewal_time
        assert ask(leaf, iot.Deadline(10)) is None, "this authority has no wish"

        directory = requests.get(f"{front.url}/dir", timeout=30).json()
        directory["renewalInfo"] = f"{front.url}/wishes"
        front.faults["/dir"] = [json_answer(directory)] * 3
        assert ask(leaf, iot.Deadline(10)) is None, "it does not say"
        wish = front.requests[-1]
        assert wish.startswith("/wishes/")
        window = {"start": "2026-03-01T00:00:00Z", "end": "2026-03-02T00:00:00Z"}
        front.faults[wish] = [empty, json_answer({"suggestedWindow": window})]
        assert ask(leaf, iot.Deadline(10)) is None, "it says nothing"
        assert datetime(2026, 3, 1) <= ask(leaf, iot.Deadline(10)) <= datetime(2026, 3, 2)


def test_authority_down_at_renewal_is_asked_until_it_is_up(acme, pebble):
    acme.issue()
    before = dict(acme.store.state)
    pebble.stop()
    assert acme.refusal(seconds=3).code == "unavailable"
    assert acme.store.state == before
    pebble.start()
    acme.issue()


@pytest.mark.parametrize(
    ("fault", "code", "seconds"),
    [
        (status(500), "unavailable", 10),
        (status(503, **{"Retry-After": "1"}), "unavailable", 10),
        (empty, "invalid_answer", 10),
        (status(200), "invalid_answer", 10),
        (problem(500, "serverInternal"), "unavailable", 10),
        (late(3), "timeout", 2),
    ],
    ids=["500", "503", "empty", "html", "problem", "late"],
)
def test_faulty_directory_is_told_apart_and_asked_again(iot, zone, pebble, fault, code, seconds):
    with faulty_front(pebble) as front:
        acme = AcmeClient(iot, zone, f"{front.url}/dir")
        front.faults["/dir"] = [fault] * 1000
        assert acme.refusal(seconds=seconds).code == code
        assert set(front.requests) == {"/dir"}
        front.faults["/dir"] = [fault]
        acme.issue()


def test_rate_limit_is_respected(iot, zone, pebble):
    with faulty_front(pebble) as front:
        acme = AcmeClient(iot, zone, f"{front.url}/dir")
        front.faults["/order-plz"] = [problem(429, "rateLimited", **{"Retry-After": "3600"})]
        error = acme.refusal()
        assert (error.code, "by the test" in error.message) == ("refused", True)
        assert error.retry_at is not None
        assert front.requests.count("/order-plz") == 1
        assert acme.store.state.get("account"), "the account is kept for later"


def test_terms_and_addresses_are_refused_before_anybody_is_asked(iot, zone):
    with pytest.raises(iot.AuthorityError) as caught:
        authority = iot.AcmeAuthority(iot.AcmeSettings("https://127.0.0.1:9/dir"), zone, Store())
        authority.issue(iot.CertificateRequest((WILDCARD,)), iot.Deadline(5))
    assert caught.value.code == "not_configured"
    acme = AcmeClient(iot, zone, "https://127.0.0.1:9/dir").authority()
    with pytest.raises(iot.AuthorityError) as caught:
        acme.issue(iot.CertificateRequest((), ("192.168.1.20",)), iot.Deadline(5))
    assert caught.value.code == "refused"


def test_without_the_libraries_the_addon_says_what_to_install(environment):
    script = """
import sys
from pathlib import Path
sys.modules.update(acme=None, josepy=None, dns=None)
from harness.pure_iot import make_importable
make_importable(Path(sys.argv[1]))
from iot.exceptions import IotError
from iot.tools.authorities.acme import AcmeAuthority
from iot.tools.dns_update import DnsZone
for refused in (lambda: DnsZone(None), lambda: AcmeAuthority(None, None, None)):
    try:
        refused()
    except IotError as error:
        print(error.code, error.message)
"""
    answer = subprocess.run(
        [sys.executable, "-c", script, environment.root],
        env={"PYTHONPATH": f"{environment.root / 'system_tests'}:{environment.root / 'devtool'}"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert [line.split()[0] for line in answer] == ["missing_library"] * 2
    assert "pip install dnspython" in answer[0]
    assert "pip install acme" in answer[1]
