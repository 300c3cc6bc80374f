"""Odoo, PostgreSQL or the box is killed at each step of the life of a box.

Each of them at each step, mostly in the middle of its transaction, and Odoo when it is over and
nobody has been told; with ``IOT_FAULTS_ROUNDS=2`` at all moments, and just before the server gets
it, too. Other files kill them at the first pairing (``test_fault_pairing``), while a box prints
(``test_life_once``) or listens (``test_addon_restarts``), or while an ACME order is on its way
(``test_certificate_settings``).
"""

import re
import uuid
from contextlib import suppress
from itertools import count, cycle, product

import pytest
import requests
from harness.addon import SECONDS, new_token
from harness.chance import ROUNDS
from harness.device_requests import ask, document
from harness.faulty_front import faulty_front
from harness.invariants import Invariants
from harness.killing import (
    AFTER,
    AMID,
    BEFORE,
    DEVICES,
    MOMENTS,
    VICTIMS,
    Scene,
    through_front,
    told,
)
from harness.odoo_server import OdooRpcError
from harness.paper import PULSE
from harness.server_log import LOST_DATABASE

PUBLIC_URL = "https://odoo.example.com"
LONG_AGO = "2020-01-01 00:00:00"
REFRESH = b"key ctrl+r"  # what the stock software has the keyboard of the display do
CALL = "/web/dataset/call_kw"
numbers = count()
turns = cycle(["plug", "unplug"])


def token_for(scene):
    """:return: a new token that leads to the proxy"""
    return new_token(scene.server)["token"].replace(PUBLIC_URL, scene.front.url)


def try_to_ask(person, *question):
    """Somebody asks a device for something, and may hear nothing.

    :return: id of the request, if there is one
    """
    number = str(uuid.uuid4())
    with suppress(requests.RequestException, OdooRpcError):
        ask(person, *question, uid=number)
    return {"uid": number}


def do_something(scene, invariants):
    """Print, open the drawer after it, and show the page on the display anew."""
    scene.listen()
    text, server = f"job {next(numbers)};", scene.server
    request = try_to_ask(server, "printer", "print", document(text))
    invariants.printing(scene.box, text, request)
    invariants.doing(scene.box, PULSE, try_to_ask(server, "printer", "cashbox"))
    invariants.doing(scene.box, REFRESH, try_to_ask(server, "display", "display_refresh"))


def ask_and_ask_again(scene, invariants):
    """As a browser does that hears nothing: the same by the same id."""
    scene.listen()
    text = f"job {next(numbers)};"
    request = try_to_ask(through_front(scene), "printer", "print", document(text))
    invariants.printing(scene.box, text, request)
    return lambda: ask(scene.server, "printer", "print", document(text), **request)


def connect_again(scene, _invariants):
    """By a new token. The box restarts a second later, and presents it."""
    with suppress(requests.ConnectionError):  # it may be killed before it has answered
        scene.box.rpc("/iot_drivers/connect_to_server", token=token_for(scene))


def plug_or_unplug(scene, _invariants):
    """By turns: so the box has something to announce each time."""
    getattr(scene.box, next(turns))("scale2")


def renew_certificate(scene, _invariants):
    conf = scene.box.home / "odoo.conf"

    def make_due():
        conf.write_text(re.sub("(?m)^renew_at = .*$", f"renew_at = {LONG_AGO}", conf.read_text()))

    scene.restart_box(make_due)


def delete_in_vain(scene, _invariants):
    [box] = scene.server.call_kw("iot.box", "search", [])
    with suppress(requests.RequestException, OdooRpcError):
        through_front(scene).call_kw("iot.box", "unlink", [box])


TO_SERVERS = [("odoo", AMID), ("postgres", AMID)]
TO_ALL = [("box", AMID), *TO_SERVERS, ("odoo", AFTER)]
# what is done, the path that is asked for, a table that is written, and whom to kill when
STEPS = {
    "action": (do_something, "/iot/box/send_websocket", "iot_request", TO_ALL),
    "asking": (
        ask_and_ask_again,
        f"{CALL}/iot.device/request_action",
        "bus_bus",
        [*TO_SERVERS, ("odoo", AFTER)],
    ),
    "pairing": (connect_again, "/iot/setup", "iot_connection_attempt", TO_ALL),
    "handshake": (plug_or_unplug, "/iot/setup", "iot_box", [("box", BEFORE), *TO_ALL[1:]]),
    "certificate": (renew_certificate, "/iot/box/certificate", "iot_certificate", TO_ALL),
    "deletion": (delete_in_vain, f"{CALL}/iot.box/unlink", "iot_tombstone", TO_SERVERS),
}


@pytest.mark.long
def test_whatever_is_killed_nothing_is_lost_doubled_or_shown_wrongly(odoo_factory, box_factory):
    server = odoo_factory(own_cluster=True, start=False)
    with faulty_front(server) as front:
        server.set_parameter("web.base.url", PUBLIC_URL)  # 127.0.0.1 gets no certificates
        server.set_parameter("iot.own_authority_without_subscription", "True")
        server.start()
        server.login()
        box = box_factory(devices="printer,scale,display")
        scene = Scene(server, front, box)
        with told("first certificate"):  # when there is no root yet
            done = scene.kill_at("odoo", AMID, "/iot/box/certificate", "iot_certificate")
            box.connect_to_server(token_for(scene))
            assert done.wait(3 * SECONDS), "nobody was killed"
            scene.revive("odoo")
            scene.wait_healed("odoo", DEVICES)
        invariants = Invariants(server, box)
        for step, (do, path, table, cases) in STEPS.items():
            is_told = ROUNDS == 1 or step == "deletion"  # which must not succeed
            for victim, moment in cases if is_told else product(VICTIMS, MOMENTS):
                with told(step, victim, moment):
                    done = scene.kill_at(victim, moment, path, table)
                    again = do(scene, invariants)
                    assert done.wait(3 * SECONDS), "nobody was killed"
                    if victim == "box":
                        invariants.check_shown()
                    scene.revive(victim)
                    scene.wait_healed(victim, DEVICES)
                    if again:
                        again()
                    invariants.check(LOST_DATABASE if victim == "postgres" else None)
        delete_at_last(scene, invariants)


def delete_at_last(scene, invariants):
    """Odoo dies when the box is deleted, but nobody has been told of it."""
    done = scene.kill_at("odoo", AFTER, f"{CALL}/iot.box/unlink", "iot_tombstone")
    delete_in_vain(scene, invariants)
    assert done.is_set()
    scene.revive("odoo")
    invariants.delete(scene.box)
    invariants.check()
    assert scene.server.sql("select identifier from iot_tombstone") == [(scene.box.identifier,)]
