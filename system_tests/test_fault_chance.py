"""Boxes are paired, get certificates and print while a proxy spoils what they say to Odoo.

The faults depend on a seed, which is part of the name of the test:
``IOT_FAULTS_SEED=7 ./dev test system_tests/test_fault_chance.py`` repeats that of seed 7, and with
``IOT_FAULTS_ROUNDS=20`` come the 19 seeds after it. Each fault on each path, one after the other,
is in ``test_fault_sweep``.
"""

from contextlib import suppress

import pytest
from box.waiting import wait_until
from harness import broker
from harness.addon import SECONDS, new_token, wait_online
from harness.chance import SEEDS, Chance
from harness.device_requests import ask, document, ended, look
from harness.faulty_front import faulty_front
from harness.invariants import Invariants, fingerprint
from harness.people import GIVEN_UP, PATIENCE, People

JOBS = 8
JOB_SECONDS = 8
PUBLIC_URL = "https://odoo.example.com"
CERTIFICATE = "/iot/box/certificate"
# a thread of the stock software ends for good when it hears nothing there, or nothing of use
DEADLY = ("/web/webclient/version_info", "/web/login", broker.POLL)


def job(server, box, invariants, number):
    """Ask for a print that is like no other.

    :return: the request
    """
    text = f"job {number};"
    return invariants.printing(box, text, ask(server, "printer", "print", document(text)))


def wait_a_moment(server, request):
    """For the answer, which may be lost."""
    with suppress(TimeoutError):
        wait_until(
            lambda: look(server, request)["state"] not in ("queued", "sent"), JOB_SECONDS, ""
        )


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
        chance = front.chance = Chance(seed)
        people = People(server, lambda box: chance.count(*DEADLY) + box.log().count(GIVEN_UP))

        def cut_websockets():
            wait_until(front.cut_websockets, SECONDS, "a websocket to cut")

        by_token.connect_to_server(new_token(server)["token"])
        people.wait_online(by_token)
        cut_websockets()
        people.connect_by_code(by_code)
        # who is at home at 127.0.0.1 gets no certificate; boxes go on to use what they were told
        server.call_kw("ir.config_parameter", "set_param", "web.base.url", PUBLIC_URL)
        for box in (by_token, by_code):
            box.restart()
            people.wait_online(box)
        cut_websockets()
        for number in range(JOBS):
            request = job(server, by_token, invariants, number)
            if number == JOBS // 2:
                cut_websockets()
            wait_a_moment(server, request)
            by_token.plug("scale2") if number % 2 else by_token.unplug("scale2")
        chosen = chance.chosen.copy()
        print(f"seed {seed}: {dict(chosen)} in {len(front.requests)} requests")
        assert len({name for _path, name in chosen}) > 3, "hardly anything went wrong"

        # when all is well again, a restart heals what the stock software has given up
        front.chance = lambda _path: None
        late = set(front.pending)
        wait_until(lambda: not late & front.pending, SECONDS, "the last of the late ones")
        for box in (by_token, by_code):
            box.restart()
            wait_online(server, box, set())
            wait_until(lambda: fingerprint(box), PATIENCE, "certificate")  # noqa: B023
        wait_online(server, by_token, {"printer"})
        invariants.check()
        [(issued,)] = server.sql("select count(*) from iot_certificate")
        asked = front.requests.count(CERTIFICATE) + chance.chosen[CERTIFICATE, "twice"]
        assert 2 <= issued <= asked
        assert ended(server, job(server, by_token, invariants, "last"))["state"] == "done"
        invariants.check()
