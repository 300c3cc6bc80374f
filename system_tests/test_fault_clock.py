"""Boxes whose clock is wrong, and whose network loses a tenth of what they post."""

from box.waiting import wait_until
from harness.addon import SECONDS, new_token, wait_online
from harness.device_requests import ask, document, ended
from harness.invariants import Invariants

YEAR = 365 * 24 * 3600
PUBLIC_URL = "https://odoo.example.com"
LOSSES = "http drop 0.1 1"


def test_boxes_with_wrong_clocks_work_and_are_shown_so(odoo_factory, box_factory):
    server = odoo_factory(start=False)
    server.set_parameter("web.base.url", PUBLIC_URL)  # 127.0.0.1 gets no certificates
    server.set_parameter("iot.own_authority_without_subscription", "True")
    server.start()
    ahead = box_factory(devices="printer,scale", clock=YEAR)
    behind = box_factory(devices="display", clock=-YEAR)
    for box in (ahead, behind):
        token = new_token(server)["token"].replace(PUBLIC_URL, server.url)
        box.connect_to_server(token)
        wait_online(server, box, set())
    wait_online(server, ahead, {"printer", "scale", "display"})

    invariants = Invariants(server, ahead, behind)
    ahead.controls.write("faults", LOSSES)
    for number in range(5):
        text = f"job {number};"
        invariants.printing(ahead, text, ask(server, "printer", "print", document(text)))
    ahead.controls.write("faults", "")
    expected = {ahead.identifier: "ahead", behind.identifier: "behind"}
    wait_until(lambda: clocks(server) == expected, SECONDS, "the clocks of the boxes")
    for box in (ahead, behind):
        certificate = box.home / "rootfs/etc/ssl/certs/nginx-cert.crt"
        assert not certificate.exists(), "it is not for the today of the box"
    invariants.check()
    assert ended(server, ask(server, "scale", "read_once"))["state"] == "done"


def clocks(server):
    boxes = server.call_kw("iot.box", "search_read", [], ["identifier", "clock_state"])
    return {box["identifier"]: box["clock_state"] for box in boxes}
