"""Boxes whose clock is wrong, and whose network loses a tenth of what they post."""

from box.waiting import wait_until
from harness.addon import SECONDS, new_token, wait_online
from harness.device_requests import ask, document, ended
from harness.invariants import Invariants

YEAR = 365 * 24 * 3600
PUBLIC_URL = "https://odoo.example.com"
# by this number each box hears no answer to its first setup after a start, and the fifth event of
# a device gets lost, but nothing whose loss the stock software does not survive
LOSSES = "http drop 0.1 57"
JOBS = 6


def test_boxes_with_wrong_clocks_work_and_are_shown_so(odoo_factory, box_factory):
    server = odoo_factory(start=False)
    server.set_parameter("web.base.url", PUBLIC_URL)  # 127.0.0.1 gets no certificates
    server.set_parameter("iot.own_authority_without_subscription", "True")
    server.start()
    ahead = box_factory(devices="printer,scale", clock=YEAR)
    behind = box_factory(devices="display", clock=-YEAR)
    for box in (ahead, behind):
        box.controls.write("faults", LOSSES)
        token = new_token(server)["token"].replace(PUBLIC_URL, server.url)
        box.connect_to_server(token)
        wait_online(server, box, set())
    wait_online(server, ahead, {"printer", "scale", "display"})

    invariants = Invariants(server, ahead, behind)
    for number in range(JOBS):
        text = f"job {number};"
        invariants.printing(ahead, text, ask(server, "printer", "print", document(text)))
    lost = "unreached /iot/box/send_websocket"
    wait_until(lambda: lost in ahead.controls.drops(), SECONDS, lost)
    expected = {ahead.identifier: "ahead", behind.identifier: "behind"}
    wait_until(lambda: clocks(server) == expected, SECONDS, "the clocks of the boxes")
    for box in (ahead, behind):
        certificate = box.home / "rootfs/etc/ssl/certs/nginx-cert.crt"
        assert not certificate.exists(), "it is not for the today of the box"
    invariants.check()
    for box in (ahead, behind):
        assert "lost /iot/setup" in box.controls.drops()
        box.controls.write("faults", "")
    assert ended(server, ask(server, "scale", "read_once"))["state"] == "done"


def clocks(server):
    boxes = server.call_kw("iot.box", "search_read", [], ["identifier", "clock_state"])
    return {box["identifier"]: box["clock_state"] for box in boxes}
