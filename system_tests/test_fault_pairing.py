"""Odoo, PostgreSQL or the box is killed at each step of the first pairing, by token and by code."""

from contextlib import suppress

import pytest
import requests
from box.waiting import wait_until
from harness import broker, faults
from harness.addon import SECONDS, new_token
from harness.faulty_front import faulty_front
from harness.invariants import Invariants
from harness.killing import AFTER, AMID, BEFORE, Scene, through_front, told
from harness.odoo_server import OdooRpcError
from harness.people import People
from harness.server_log import LOST_DATABASE

MANY = 1000


def bring_token(scene):
    token = new_token(scene.server)["token"]
    with suppress(requests.ConnectionError):  # it may be killed before it has answered
        scene.box.rpc("/iot_drivers/connect_to_server", token=token)


def shown_code(scene):
    return wait_until(lambda: scene.box.data()["pairing_code"], SECONDS, "a code")


def enter_code(scene, code=None):
    code = code or shown_code(scene)
    with suppress(requests.RequestException, OdooRpcError):
        broker.hand_over(through_front(scene), code)


def ask_for_another_code(scene):
    scene.restart_box()


def claim_unnoticed(scene):
    """The code is entered, but the box does not hear of it until somebody gets killed."""
    code = shown_code(scene)  # before, as it polls for it, too
    scene.front.faults[broker.POLL] = [faults.unreached] * MANY
    enter_code(scene, code)


# what is done before, and then; the path that is asked for; a table that is written; whom to kill
STEPS = {
    "token": (
        None,
        bring_token,
        "/iot/setup",
        "iot_connection_attempt",
        [("box", AFTER), ("odoo", AMID), ("postgres", AFTER)],
    ),
    "code": (
        None,
        ask_for_another_code,
        broker.POLL,
        "iot_broker_pairing",
        [("box", BEFORE), ("odoo", AFTER), ("postgres", AMID)],
    ),
    "claim": (
        shown_code,
        enter_code,
        "/web/dataset/call_kw/iot.token/action_hand_to_broker",
        "iot_broker_pairing",
        [("odoo", AMID), ("postgres", AFTER)],
    ),
    "delivery": (
        claim_unnoticed,
        None,
        broker.POLL,
        "iot_broker_pairing",
        [("box", AMID), ("odoo", AMID), ("postgres", AFTER)],
    ),
}


@pytest.mark.long
def test_whatever_is_killed_a_box_is_paired_once(odoo_factory, box_factory):
    server = odoo_factory(own_cluster=True, start=False)
    with faulty_front(server) as front:
        server.set_parameter("web.base.url", front.url)
        server.start()
        server.login()
        invariants = Invariants(server)
        for step, (prepare, do, path, table, cases) in STEPS.items():
            for victim, moment in cases:
                with told(step, victim, moment):
                    box = box_factory(devices="display", redirect=front.url, poll_interval=1)
                    people, scene = People(server, lambda _box: 1), Scene(server, front, box)
                    if prepare:
                        prepare(scene)
                    done = scene.kill_at(victim, moment, path, table)
                    if do:
                        do(scene)
                    assert done.wait(3 * SECONDS), "nobody was killed"
                    scene.revive(victim)
                    (people.wait_online if step == "token" else people.connect_by_code)(box)
                    invariants.connect(box)
                    invariants.check(LOST_DATABASE if victim == "postgres" else None)
                    box.stop()
