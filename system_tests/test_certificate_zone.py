"""Changes of a real DNS zone: proofs for ACME authorities, and addresses of boxes."""

import pytest
from harness.acme_client import CHALLENGE, HASH, AcmeClient
from harness.bind9 import KEY, SECRET, ZONE, Bind9


def test_wrong_key_of_the_zone_is_refused_and_nothing_is_written(iot, pebble, name_server):
    for name, secret in ((KEY, "d3Jvbmc="), ("no-such-key", SECRET)):
        zone = iot.DnsZone(iot.DnsServer(name_server.address, ZONE, name, secret))
        error = AcmeClient(iot, zone, pebble.directory_url).refusal()
        assert error.code == "refused"
        assert "key" in error.message
        assert name_server.records(CHALLENGE, "TXT") == []


def test_zone_that_is_elsewhere_is_refused(iot, pebble, name_server):
    zone = iot.DnsZone(iot.DnsServer(name_server.address, "example.org", KEY, SECRET))
    with pytest.raises(iot.DnsUpdateError) as caught:
        zone.add_text("_acme-challenge.example.org", "x", iot.Deadline(5))
    assert caught.value.code == "refused"


def test_name_outside_of_the_zone_is_not_even_sent(iot, zone):
    with pytest.raises(iot.DnsUpdateError) as caught:
        zone.add_text("_acme-challenge.example.org", "x", iot.Deadline(5))
    assert caught.value.code == "not_configured"


def test_name_server_down_is_unavailable(acme, name_server):
    name_server.stop()
    error = acme.refusal(seconds=5)
    assert error.code == "unavailable"
    assert "DNS" in error.message


def test_proof_the_authority_cannot_see_is_told_in_its_words(iot, acme, pebble, tmp_path):
    elsewhere = Bind9(tmp_path / "elsewhere")
    try:
        elsewhere.start()
        acme.zone = iot.DnsZone(iot.DnsServer(elsewhere.address, ZONE, KEY, SECRET))
        error = acme.refusal()
    finally:
        elsewhere.stop()
    assert error.code == "refused"
    assert "did not accept the zone" in error.message


def test_every_name_server_of_the_zone_shows_the_challenge_first(iot, own_network, tmp_path):
    primary = Bind9(tmp_path / "primary", others=["127.9.9.9"])
    secondary = Bind9(tmp_path / "secondary", primary, address="127.9.9.9")
    zone = iot.DnsZone(iot.DnsServer(primary.address, ZONE, KEY, SECRET))
    try:
        primary.start()
        zone.add_text(CHALLENGE, "early", iot.Deadline(5))
        with pytest.raises(iot.DnsUpdateError) as caught:  # the other one is not up yet
            zone.wait_for_text(CHALLENGE, "early", iot.Deadline(2))
        assert caught.value.code == "timeout"
        assert "ns1" in caught.value.message
        secondary.start()
        zone.add_text(CHALLENGE, "later", iot.Deadline(5))
        zone.wait_for_text(CHALLENGE, "later", iot.Deadline(15))
        assert '"later"' in secondary.records(CHALLENGE, "TXT")
    finally:
        primary.stop()
        secondary.stop()


def test_addresses_of_boxes_are_added_changed_and_removed(iot, zone, name_server):
    name = f"192-168-1-20.{HASH}.{ZONE}"
    zone.set_address(name, "192.168.1.20", iot.Deadline(5))
    assert name_server.records(name, "A") == ["192.168.1.20"]
    zone.set_address(name, "192.168.1.21", iot.Deadline(5))
    assert name_server.records(name, "A") == ["192.168.1.21"]
    zone.remove_address(name, iot.Deadline(5))
    zone.remove_address(name, iot.Deadline(5))  # it is gone already
    assert name_server.records(name, "A") == []
