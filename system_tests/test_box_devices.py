"""The stock drivers with the virtual box's hardware."""

import base64
import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from box.waiting import SECONDS, wait_until
from PIL import Image

SCALE = "/dev/ttyUSB0"
DISPLAY = "HDMI-A-1"


@pytest.fixture
def receipt():
    """A black square, as the point of sale sends a receipt."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 64), "black").save(stream, "JPEG")
    return base64.b64encode(stream.getvalue()).decode()


def found(box, count):
    """Wait until the client has found that many devices."""
    wait_until(lambda: len(box.devices()) == count, SECONDS, f"{count} devices")
    return box.devices()


def printer_of(box):
    return next(d["identifier"] for d in box.devices().values() if d["type"] == "printer")


def act(box, device, **data):
    """:return: whether the box knows the device"""
    return box.rpc("/iot_drivers/action", session_id="test", device_identifier=device, data=data)


def act_until(box, device, wanted, **data):
    """Let a device do something, and wait for an event of it that has these values."""
    with ThreadPoolExecutor() as pool:
        # listened for from before: the box forgets what happened five seconds ago
        heard = pool.submit(hear, box, device, wanted, time.time())
        assert act(box, device, **data) is True
        heard.result(SECONDS)


def hear(box, device, wanted, since):
    event = {}
    while not wanted.items() <= event.items():
        listener = {"session_id": "listener", "devices": {device: {}}, "last_event": since}
        event = box.rpc("/iot_drivers/event", listener=listener)
        assert event, f"nothing was heard of {wanted}"
        since = event["time"]


def weight(box):
    return box.rpc("/hw_proxy/scale_read")["weight"]


def test_printer_scale_and_display_are_found(box):
    devices = found(box, 3)
    assert {d["type"] for d in devices.values()} == {"printer", "scale", "display"}
    assert devices[SCALE]["connection"] == "serial"
    assert devices[DISPLAY]["connection"] == "hdmi"
    assert devices[printer_of(box)]["name"] == "EPSON TM-m30"
    assert devices[printer_of(box)]["connection"] == "direct"


def test_devices_come_and_go(box_factory):
    box = box_factory(devices="scale")
    found(box, 1)
    box.plug("printer")
    box.plug("printer2")
    box.plug("scale2")
    assert len({device["type"] for device in found(box, 4).values()}) == 2
    box.unplug("scale")
    assert SCALE not in found(box, 3)
    box.unplug("printer")
    box.unplug("printer2")
    assert list(found(box, 1)) == ["/dev/ttyUSB1"]


def test_a_receipt_is_printed(box, receipt):
    found(box, 3)
    wait_until(box.printed, SECONDS, "the status ticket of a box that starts")
    tickets = len(box.printed())
    done = {"status": "success", "owner": "test"}
    act_until(box, printer_of(box), done, action="print_receipt", receipt=receipt)
    *_, job = wait_until(lambda: box.printed()[tickets:], SECONDS, "the receipt")
    header = b"\x1dv0\x00" + (8).to_bytes(2, "little") + (64).to_bytes(2, "little")
    assert job.read_bytes().startswith(header + b"\xff" * 8 * 64)


@pytest.mark.parametrize(
    ("fault", "message"),
    [("printer no-paper", "ERROR_NO_PAPER"), ("printer offline", "ERROR_OFFLINE")],
)
def test_a_printer_in_trouble_prints_nothing_and_says_why(box, receipt, fault, message):
    found(box, 3)
    wait_until(box.printed, SECONDS, "the status ticket of a box that starts")
    tickets = box.printed()
    box.controls.write("faults", fault)
    told = {"status": "error", "message": message}
    act_until(box, printer_of(box), told, action="print_receipt", receipt=receipt)
    assert box.printed() == tickets


def test_an_office_printer_prints_through_the_print_server(box_factory):
    box = box_factory(devices="office-printer")
    found(box, 1)
    before = len(box.printed())
    document = base64.b64encode(b"%PDF-1.4 test").decode()
    act(box, printer_of(box), document=document)
    jobs = wait_until(lambda: box.printed()[before:], SECONDS, "the document")
    assert b"%PDF-1.4 test" in [job.read_bytes() for job in jobs]


def test_the_scale_answers_the_weight_on_it(box):
    found(box, 3)
    box.controls.write("weight", "1.250")
    wait_until(lambda: weight(box) == 1.25, SECONDS, "the weight")  # it may answer an older one
    box.controls.write("weight", "0.4")
    wait_until(lambda: weight(box) == 0.4, SECONDS, "another weight")
    box.controls.write("weight", "motion")
    wait_until(lambda: weight(box) == 0, SECONDS, "no weight")


def test_the_display_opens_the_url_it_is_told(box):
    found(box, 3)
    url = "http://127.0.0.1:1/screen"
    act(box, DISPLAY, action="update_url", url=url)
    wait_until(
        lambda: any(f"chromium {url} " in line for line in box.commands()), SECONDS, "the page"
    )


def test_a_windows_box_has_printers_and_a_scale(box_factory, receipt):
    box = box_factory(mode="windows")
    devices = found(box, 2)
    assert devices[SCALE]["type"] == "scale"
    act(box, printer_of(box), action="print_receipt", receipt=receipt)
    [job] = wait_until(box.printed, SECONDS, "the receipt")
    assert job.read_bytes().startswith(b"\x1dv0\x00")


def test_a_test_system_has_the_devices_of_a_raspberry_pi(box_factory):
    devices = found(box_factory(mode="test"), 3)
    assert {d["type"] for d in devices.values()} == {"printer", "scale", "display"}
