"""Odoo, PostgreSQL or the box is killed at each step of pairing, handshake, action, certificate.

In the middle of the transaction of each step; with ``IOT_FAULTS_ROUNDS=2`` also just before the
server gets what the box posts, and just after it has answered. Other files kill them while a box
prints (``test_life_once``), listens (``test_addon_restarts``), or an ACME order is on its way
(``test_certificate_settings``, ``test_certificate_acme``).
"""

import re
from contextlib import contextmanager
from itertools import count, cycle, product

import pytest
from harness.addon import SECONDS, new_token, wait_online
from harness.chance import ROUNDS
from harness.device_requests import ask, document
from harness.faulty_front import faulty_front
from harness.invariants import Invariants
from harness.killing import AMID, DEVICES, MOMENTS, VICTIMS, Scene

PUBLIC_URL = "https://odoo.example.com"
LONG_AGO = "2020-01-01 00:00:00"
numbers = count()
turns = cycle(["plug", "unplug"])


def token_for(scene):
    """:return: a new token that leads to the proxy"""
    return new_token(scene.server)["token"].replace(PUBLIC_URL, scene.front.url)


def print_something(scene, invariants):
    text = f"job {next(numbers)};"
    request = ask(scene.server, "printer", "print", document(text))
    invariants.printing(scene.box, text, request)


def connect_again(scene, _invariants):
    """By a new token. The box restarts a second later, and presents it."""
    scene.box.rpc("/iot_drivers/connect_to_server", token=token_for(scene))


def plug_or_unplug(scene, _invariants):
    """By turns: so the box has something to announce each time."""
    getattr(scene.box, next(turns))("scale2")


def renew_certificate(scene, _invariants):
    conf = scene.box.home / "odoo.conf"

    def make_due():
        conf.write_text(re.sub("(?m)^renew_at = .*$", f"renew_at = {LONG_AGO}", conf.read_text()))

    scene.restart_box(make_due)


# what is done, the path by which the box then tells or asks something, a table that is written
STEPS = {
    "action": (print_something, "/iot/box/send_websocket", "iot_request"),
    "pairing": (connect_again, "/iot/setup", "iot_connection_attempt"),
    "handshake": (plug_or_unplug, "/iot/setup", "iot_box"),
    "certificate": (renew_certificate, "/iot/box/certificate", "iot_certificate"),
}
CASES = product(STEPS, VICTIMS, MOMENTS if ROUNDS > 1 else [AMID])


@contextmanager
def told(*case):
    try:
        yield
    except BaseException as error:
        error.add_note(f"when killed: {case}")
        raise


@pytest.mark.long
def test_whatever_is_killed_nothing_is_lost_doubled_or_shown_wrongly(odoo_factory, box_factory):
    server = odoo_factory(own_cluster=True, start=False)
    with faulty_front(server) as front:
        server.set_parameter("web.base.url", PUBLIC_URL)  # 127.0.0.1 gets no certificates
        server.set_parameter("iot.own_authority_without_subscription", "True")
        server.start()
        box = box_factory(devices="printer,scale")
        scene, invariants = Scene(server, front, box), Invariants(server, box)
        box.connect_to_server(token_for(scene))
        wait_online(server, box, DEVICES)
        for step, victim, moment in CASES:
            with told(step, victim, moment):
                do, path, table = STEPS[step]
                if step == "action":
                    scene.listen()
                done = scene.kill_at(victim, moment, path, table)
                do(scene, invariants)
                assert done.wait(3 * SECONDS), "nobody was killed"
                scene.revive(victim)
                invariants.check()
