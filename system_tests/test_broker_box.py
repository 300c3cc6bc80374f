"""Stock boxes at the pairing broker of a database: the code they show, and what becomes of it."""

import re

import pytest
from box.waiting import SECONDS, wait_until
from harness import broker
from playwright.sync_api import expect


@pytest.fixture
def asking_box(odoo_server, box_factory):
    """A box that shows a code of the broker in ``odoo_server`` and asks about it often."""
    odoo_server.login()
    box = box_factory(redirect=odoo_server.url, poll_interval=0.2, devices="scale")
    wait_for_code(box)
    return box


def wait_for_code(box):
    return wait_until(lambda: box.data()["pairing_code"], SECONDS, f"a code on {box.url}")


def questions(server):
    """:return: how often boxes have asked this server's broker"""
    return server.log().count(f"POST {broker.POLL}")


def wait_asked_again(server):
    asked = questions(server)
    wait_until(lambda: questions(server) > asked, SECONDS, "the next question of the box")


def registered(server, box):
    domain = [["identifier", "=", box.identifier]]
    return server.call_kw("iot.box", "search_read", domain, ["name", "is_online"])


def wait_online(server, box):
    def online():
        [record] = registered(server, box) or [{"is_online": False}]
        return record["is_online"]

    wait_until(online, SECONDS, f"{box.url} online")


def test_a_box_shows_its_code_on_its_homepage(odoo_server, box_factory, page):
    box = box_factory(redirect=odoo_server.url, devices="")  # it asks as often as the stock one
    code = wait_for_code(box)
    assert re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{3}(-[BCDFGHJKLMNPQRSTVWXZ]{3}){2}", code)
    page.goto(box.url)
    expect(page.locator("body")).to_contain_text(f"{code} - Enter this code in the IoT app")


def test_a_claimed_code_connects_the_box(odoo_server, asking_box):
    answer = broker.hand_over(odoo_server, asking_box.data()["pairing_code"])
    assert answer == {"serial_number": asking_box.identifier}
    wait_online(odoo_server, asking_box)
    data = asking_box.data()
    assert (data["server_status"], data["pairing_code"]) == (odoo_server.url, False)


def test_a_code_may_be_typed_without_dashes_and_in_small_letters(odoo_server, asking_box):
    code = asking_box.data()["pairing_code"].lower().replace("-", " ")
    assert broker.hand_over(odoo_server, f" {code} ") == {"serial_number": asking_box.identifier}


def test_a_wrong_code_leaves_the_box_waiting_and_the_right_one_connects_it(odoo_server, asking_box):
    code = asking_box.data()["pairing_code"]
    before = broker.state(odoo_server)
    wrong_code = ("C" if code[0] == "B" else "B") + code[1:]
    assert broker.hand_over(odoo_server, wrong_code) == {"error": "unknown_code"}
    assert broker.state(odoo_server) == before
    wait_asked_again(odoo_server)
    assert asking_box.data()["pairing_code"] == code
    assert broker.hand_over(odoo_server, code) == {"serial_number": asking_box.identifier}
    wait_online(odoo_server, asking_box)


def test_the_box_of_a_code_too_old_says_so_and_stops_to_ask(odoo_server, asking_box):
    code = asking_box.data()["pairing_code"]
    odoo_server.sql("update iot_broker_pairing set expires_at = now() at time zone 'utc'")
    wait_until(lambda: asking_box.data()["pairing_code_expired"], SECONDS, "the end of the code")
    assert not asking_box.data()["pairing_code"]
    asked = questions(odoo_server)
    assert broker.hand_over(odoo_server, code) == {"error": "expired"}

    # a restart takes several times as long as the box waited between two questions
    asking_box.stop()
    assert questions(odoo_server) == asked
    asking_box.start()
    new_code = wait_for_code(asking_box)
    assert new_code != code
    assert broker.hand_over(odoo_server, new_code) == {"serial_number": asking_box.identifier}
    wait_online(odoo_server, asking_box)


def test_a_box_that_a_person_disconnects_shows_a_new_code(odoo_server, asking_box):
    broker.hand_over(odoo_server, asking_box.data()["pairing_code"])
    wait_online(odoo_server, asking_box)
    asking_box.forget_server()
    code = wait_for_code(asking_box)
    assert broker.hand_over(odoo_server, code) == {"serial_number": asking_box.identifier}
    wait_online(odoo_server, asking_box)
    assert len(registered(odoo_server, asking_box)) == 1


def test_who_poses_as_a_connected_box_gets_no_code(odoo_server, asking_box):
    broker.hand_over(odoo_server, asking_box.data()["pairing_code"])
    wait_online(odoo_server, asking_box)
    before = broker.state(odoo_server)
    answer = broker.ask(odoo_server, asking_box.identifier)
    assert answer["error"] == {"code": 403, "message": "No pairing code can be given now."}
    assert "result" not in answer
    assert broker.state(odoo_server) == before
    assert registered(odoo_server, asking_box)[0]["is_online"]
