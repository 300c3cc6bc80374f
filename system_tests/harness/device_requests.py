"""Doing something with the devices of boxes, as a user does in a browser."""

import base64
import io

from box.waiting import SECONDS, wait_until
from PIL import Image


def device_id(server, device_type):
    domain = [["type", "=", device_type]]
    [record] = server.call_kw("iot.device", "search_read", domain, ["id"])
    return record["id"]


def set_device(server, device_type, **values):
    """Write settings of a device, and wait until the box has confirmed them."""
    device = device_id(server, device_type)
    server.call_kw("iot.device", "write", [device], values)
    domain = [["id", "=", device], ["unconfirmed_settings", "=", False]]
    wait_until(lambda: server.call_kw("iot.device", "search", domain), SECONDS, "the confirmation")


def ask(server, device_type, action, arguments=None, **options):
    """:return: the request as it stands just after it was made"""
    device = device_id(server, device_type)
    return server.call_kw("iot.device", "request_action", [device], action, arguments, **options)


def look(server, request):
    """:return: the request as it stands now"""
    [now] = server.call_kw("iot.request", "read_outcome", [request["uid"]])
    return now


def wait_state(server, request, *states):
    """:return: the request, once it is in one of these states"""

    def reached():
        now = look(server, request)
        return now["state"] in states and now

    return wait_until(reached, SECONDS, f"request {states}, it is {look(server, request)}")


def ended(server, request):
    return wait_state(server, request, "done", "failed", "expired")


def pass_time(server):
    """Let the time of all requests be over, without waiting for it."""
    server.sql("update iot_request set expires_at = expires_at - interval '5 minutes'")


def document(text):
    """:return: arguments to print this text; a receipt printer of boxes prints it as it is"""
    return {"document": base64.b64encode(text.encode()).decode()}


def receipt():
    """:return: arguments to print a black square of 64 pixels, as the point of sale does"""
    stream = io.BytesIO()
    Image.new("RGB", (64, 64), "black").save(stream, "JPEG")
    return {"receipt": base64.b64encode(stream.getvalue()).decode()}


BLACK_SQUARE = (
    b"\x1dv0\x00" + (8).to_bytes(2, "little") + (64).to_bytes(2, "little") + b"\xff" * 512
)


def times_printed(box, text):
    content = text if isinstance(text, bytes) else text.encode()
    return sum(job.read_bytes().count(content) for job in box.printed())
