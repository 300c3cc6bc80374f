"""Each fault on each path that boxes ask for, one after the other, on one server."""

import re

import pytest
from box.waiting import wait_until
from harness import broker, faults
from harness.addon import SECONDS, new_token, wait_online
from harness.device_requests import ask, document
from harness.faulty_front import faulty_front
from harness.invariants import Invariants, fingerprint

PUBLIC_URL = "https://odoo.example.com"
LONG_AGO = "2020-01-01 00:00:00"
FAULTS = {
    "unreached": faults.unreached,
    "lost": faults.lost,
    "late": faults.late(6),  # boxes wait for 5
    "500": faults.status(500),
    "emptied": faults.emptied,
    "truncated": faults.truncated,
    "twice": faults.twice,
}
AT_START = ["/iot/setup", "/iot/get_handlers", "/iot/box/certificate", "/iot/log"]
ANSWER = "/iot/box/send_websocket"


def restart_with_a_certificate_due(box):
    conf = box.home / "odoo.conf"
    box.kill()
    conf.write_text(re.sub("(?m)^renew_at = .*$", f"renew_at = {LONG_AGO}", conf.read_text()))
    box.start()


@pytest.mark.long
def test_each_fault_on_each_path_does_no_harm(odoo_factory, box_factory):
    server = odoo_factory(start=False)
    with faulty_front(server) as front:

        def spoil(fault, *paths):
            for path in paths:
                front.faults[path] = [fault]

        def wait_spoilt():
            wait_until(lambda: not any(front.faults.values()), SECONDS, f"use of {front.faults}")

        server.set_parameter("web.base.url", PUBLIC_URL)  # 127.0.0.1 gets no certificates
        server.set_parameter("iot.own_authority_without_subscription", "True")
        server.start()
        box = box_factory(devices="printer,scale")
        box.connect_to_server(new_token(server)["token"].replace(PUBLIC_URL, front.url))
        wait_online(server, box, {"printer", "scale"})
        wait_until(lambda: fingerprint(box), SECONDS, "certificate")
        # it asks for a code all the time, and gets one in the end
        other = box_factory(devices="display", redirect=front.url, poll_interval=1)
        invariants = Invariants(server, box)
        for name, fault in FAULTS.items():
            try:
                spoil(fault, *AT_START, broker.POLL)
                restart_with_a_certificate_due(box)
                wait_spoilt()
                wait_online(server, box, {"printer", "scale"})
                spoil(fault, ANSWER)
                text = f"{name};"
                invariants.printing(box, text, ask(server, "printer", "print", document(text)))
                wait_spoilt()
                invariants.check()
            except BaseException as error:
                error.add_note(f"the fault is: {name}")
                raise
        server.call_kw("ir.config_parameter", "set_param", "web.base.url", front.url)
        assert broker.hand_over(server, wait_until(lambda: other.data()["pairing_code"], 9, "code"))
        invariants.connect(other)
        wait_online(server, other, set())
        invariants.check()
