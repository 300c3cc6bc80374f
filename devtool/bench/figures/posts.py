"""What boxes post beside their setup."""

import re

from ..comparison import compare
from ..row import Row
from ..wire import Post

_FORM = "application/x-www-form-urlencoded"


def measure_search(bench):
    server = bench.server
    search = Post.json(server.http_address, "/iot_bench/search", {}, holds=b'"result": 1')
    comparison = compare(server.nothing, search, bench.times)
    yield Row.of(
        "for comparison: a no-op with one search of Odoo's by a unique key",
        comparison,
        note=f"{server.count_queries(search)} queries (no-op: "
        f"{server.count_queries(server.nothing)})",
    )


def measure_poll(bench):
    server = bench.server
    path = "/odoo-enterprise/iot/connect-box"
    body = {"serial_number": "poll-1", "pairing_code": False, "pairing_uuid": False}
    answer = Post.json(server.http_address, path, body).result()
    poll = Post.json(server.http_address, path, {**body, **answer}, holds=b'"result": {}')
    comparison = compare(server.nothing, poll, bench.times)
    yield Row.of(
        "poll of the pairing broker, code not claimed",
        comparison,
        goal=1.15,
        note=f"{server.count_queries(poll)} queries",
    )


def measure_handlers(bench):
    server = bench.server
    [box] = server.add_boxes("handlers", 1)
    asked = repeated_handlers_post(server, box, fetch_handlers(server, box))
    comparison = compare(server.nothing, asked, bench.times)
    yield Row.of(
        "drivers that the box has already (304)",
        comparison,
        goal=1.2,
        note=f"{server.count_queries(asked)} queries",
    )


def fetch_handlers(server, box):
    """Let a box take the drivers.

    :return: their ETag
    """
    head, _bundle = _handlers_post(server, box)()
    return re.search(rb'ETag: "([^"]+)"', head)[1].decode()


def repeated_handlers_post(server, box, etag):
    """:return: a request for the drivers that the box has already"""
    return _handlers_post(server, box, headers=[f"If-None-Match: {etag}"], status=304)


def _handlers_post(server, box, **options):
    body = f"identifier={box.identifier}&auto=True".encode()
    return Post(server.http_address, "/iot/get_handlers", body, _FORM, **options)


def measure_events(bench):
    server = bench.server
    [box] = server.add_boxes("events", 1)
    path = "/iot/box/send_websocket"
    weight = {"result": 1.25, "status": {"status": "connected"}}
    lost = {"status": "success", "session_id": "0" * 32, "owner": "0" * 32}
    for title, values in (
        ("event of a device that nobody waits for (weight)", weight),
        ("event of a device that answers no known request", lost),
    ):
        event = Post.json(server.http_address, path, box.event(**values))
        comparison = compare(server.nothing, event, bench.times)
        yield Row.of(title, comparison, note=f"{server.count_queries(event)} queries")
