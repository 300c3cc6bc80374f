"""Boxes are paired, get certificates and print while a proxy spoils what they say to Odoo.

The faults depend on a seed, which is part of the name of the test:
``IOT_FAULTS_SEED=7 ./dev test system_tests/test_fault_chance.py`` repeats that of seed 7, and with
``IOT_FAULTS_ROUNDS=20`` come the 19 seeds after it.
"""

from contextlib import suppress

import pytest
import requests
from box.waiting import wait_until
from harness import broker
from harness.addon import boxes, new_token, wait_online
from harness.chance import LONGEST_DELAY, ROUNDS, SEEDS, Chance
from harness.device_requests import ask, document, look
from harness.faulty_front import faulty_front
from harness.invariants import Invariants

# what a person does to a box that seems to be stuck, after that many seconds, that many times
PATIENCE = 25
RESTARTS = 8
JOBS = 8
JOB_SECONDS = 8
PUBLIC_URL = "https://odoo.example.com"
DELAY = LONGEST_DELAY if ROUNDS > 1 else 6  # boxes wait for 5


def certificate(box):
    path = box.home / "rootfs/etc/ssl/certs/nginx-cert.crt"
    return path.read_text() if path.exists() else ""


def is_online(server, box):
    return any(
        found["is_online"] for found in boxes(server) if found["identifier"] == box.identifier
    )


def succeeds(condition, seconds):
    with suppress(TimeoutError):
        return wait_until(condition, seconds, "")


def restarting_it(box, condition):
    """Wait as people do: the stock software gives some things up until it restarts."""
    for _time in range(RESTARTS):
        if succeeds(condition, PATIENCE):
            return
        box.kill()
        box.start()
    wait_until(condition, PATIENCE, f"{box.url}, after {RESTARTS} restarts")


def connect_by_code(server, box):
    """Enter the code that a box shows, and the next one if that was in vain."""
    entered = set()

    def is_connected():
        with suppress(requests.ConnectionError):  # it restarts
            code = box.data()["pairing_code"]
            if code and code not in entered:
                entered.add(code)
                broker.hand_over(server, code)
        return is_online(server, box)

    restarting_it(box, is_connected)


def job(server, box, invariants, number):
    """Print something, and wait a moment for the answer, which may be lost."""
    text = f"job {number};"
    request = invariants.printing(box, text, ask(server, "printer", "print", document(text)))
    succeeds(lambda: look(server, request)["state"] not in ("queued", "sent"), JOB_SECONDS)


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_doubled_or_shown_wrongly(seed, odoo_factory, box_factory):
    server = odoo_factory(start=False)
    with faulty_front(server) as front:
        server.set_parameter("web.base.url", front.url)
        server.set_parameter("iot.own_authority_without_subscription", "True")
        server.start()
        server.login()
        options = {"redirect": front.url, "poll_interval": 1}
        by_token = box_factory(devices="printer,scale", **options)
        by_code = box_factory(devices="display", **options)
        invariants = Invariants(server, by_token, by_code)
        chance = front.chance = Chance(seed, DELAY)

        by_token.connect_to_server(new_token(server)["token"])
        restarting_it(by_token, lambda: is_online(server, by_token))
        connect_by_code(server, by_code)
        # who is at home at 127.0.0.1 gets no certificate; boxes go on to use what they were told
        server.call_kw("ir.config_parameter", "set_param", "web.base.url", PUBLIC_URL)
        for box in (by_token, by_code):
            box.restart()
            restarting_it(box, lambda: is_online(server, box))  # noqa: B023
        for number in range(JOBS):
            job(server, by_token, invariants, number)
            if chance.is_cut():
                front.cut_websockets()
            by_token.plug("scale2") if number % 2 else by_token.unplug("scale2")
        print(f"seed {seed}: {dict(chance.chosen)} in {len(front.requests)} requests")
        assert chance.chosen

        # when all is well again, a restart heals what the stock software has given up
        front.chance = lambda _path: None
        for box in (by_token, by_code):
            box.restart()
            wait_online(server, box, set())
            wait_until(lambda: certificate(box), PATIENCE, "certificate")  # noqa: B023
        invariants.check()
        issued = server.sql("select serial from iot_certificate")
        assert len(issued) == len(set(issued)) >= 2
        job(server, by_token, invariants, "last")
        invariants.check()
