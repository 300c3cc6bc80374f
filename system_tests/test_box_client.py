"""The virtual box runs the stock client, unmodified, on this machine only."""

import time

import pytest
import requests
from box.home import addon_source, checksum
from box.waiting import SECONDS, wait_until

TOKEN = "{}?token=t&db_uuid=u&enterprise_code="


def test_the_client_is_an_identical_copy_of_the_original(box, environment):
    copy = box.home / "odoo/addons/iot_drivers"
    assert not copy.is_symlink()
    assert checksum(copy) == checksum(addon_source(environment.odoo_pkg))
    assert box.get("/").content == (copy / "views/index.html").read_bytes()


def test_a_changed_copy_is_refused(box_factory):
    box = box_factory()
    box.stop()
    with (box.home / "odoo/addons/iot_drivers/main.py").open("a") as source:
        source.write("# changed\n")
    with pytest.raises(RuntimeError, match="differs from"):
        box.start()


def test_homepage_shows_a_raspberry_pi_box(box_factory):
    box = box_factory(identifier="00000000abcdef12")
    assert "<title>" in box.get("/").text
    data = box.data()
    assert data["identifier"] == "00000000abcdef12"
    assert data["mac_address"].startswith("b8:27:eb:")
    assert data["ip"] == box.address
    assert data["version"].startswith("L")
    assert data["server_status"] == ""
    assert [card["ip"] for card in data["network_interfaces"]] == [box.address]


def test_modes_differ_by_their_version(box_factory):
    assert box_factory(mode="windows").data()["version"].startswith("W")
    test_box = box_factory(mode="test")
    assert test_box.data()["version"] == "Ttest"
    assert test_box.data()["identifier"] == test_box.identifier


def test_other_machines_cannot_be_reached(box):
    """192.0.2.1 is nobody's address; a packet to it would time out instead of being refused."""
    box.connect_to_server(TOKEN.format("http://192.0.2.1"))
    wait_until(
        lambda: "[Errno 101] Network is unreachable" in box.log(), SECONDS, "refused connection"
    )
    box.connect_to_server(TOKEN.format("http://odoo.example.com"))
    wait_until(
        lambda: "Failed to resolve 'odoo.example.com'" in box.log(), SECONDS, "unresolved name"
    )


def test_odoos_own_servers_are_out_of_reach_unless_redirected(box_factory, odoo_server):
    cut_off = box_factory()
    wait_until(
        lambda: "Could not reach iot-proxy.odoo.com" in cut_off.log(), SECONDS, "failed question"
    )
    box_factory(redirect=odoo_server.url)
    path = "POST /odoo-enterprise/iot/connect-box"
    wait_until(lambda: path in odoo_server.log(), SECONDS, "the redirected question")


def test_unplugged_network_cable(box):
    box.controls.write("ip", "")
    assert box.data()["ip"] is None
    box.controls.write("ip", "127.9.9.9")
    assert box.data()["ip"] == "127.9.9.9"


def test_outgoing_http_is_refused_by_fault(box, odoo_server):
    box.controls.write("faults", "http refuse")
    box.connect_to_server(TOKEN.format(odoo_server.url))
    wait_until(lambda: "Connection refused" in box.log(), SECONDS, "refused request")
    assert "POST /iot/" not in odoo_server.log()
    box.controls.write("faults", "")
    box.restart()
    wait_until(lambda: "POST /iot/setup" in odoo_server.log(), SECONDS, "announcement to Odoo")


def test_outgoing_http_is_delayed_by_fault(box, odoo_server):
    box.controls.write("faults", "http delay 1.5")
    start = time.monotonic()
    box.connect_to_server(TOKEN.format(odoo_server.url))
    wait_until(lambda: "POST /iot/setup" in odoo_server.log(), SECONDS, "announcement to Odoo")
    # version_info, x509 (6 attempts) and setup, one after the other
    assert time.monotonic() - start > 8 * 1.5


def test_two_boxes_stand_side_by_side(box_factory):
    boxes = [box_factory(), box_factory()]
    data = [requests.get(f"{box.url}/iot_drivers/data", timeout=30).json() for box in boxes]
    assert len({entry["identifier"] for entry in data}) == 2
    assert len({entry["mac_address"] for entry in data}) == 2
