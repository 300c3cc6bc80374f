"""The setup of a box that is connected, which it posts when it starts and when devices change."""

from ..comparison import compare
from ..row import Row

_NEW_DEVICES = 50
_WRITES_OF = 100  # setups; all of them within the minute in which a repetition is not noted


def measure_handshake(bench):
    server = bench.server
    [box] = server.add_boxes("handshake", 1)
    unchanged = box.setup_post(server)
    comparison = compare(server.nothing, unchanged, bench.times)
    queries = server.count_queries(unchanged)
    floor_queries = server.count_queries(server.nothing)

    def repeat():
        for _setup in range(_WRITES_OF):
            unchanged()

    server.refresh_contacts()
    rows = server.count_row_writes(repeat)
    renamed = server.count_row_writes(box.setup_post(server, name="Renamed"))
    if not renamed:
        raise RuntimeError("a setup with other names has written nothing: rows are not counted")
    yield Row.of(
        "handshake, nothing new (5 devices)",
        comparison,
        goal=1.3,
        note=f"{queries} queries (no-op: {floor_queries}), "
        f"{rows} rows written by {_WRITES_OF}; {renamed} by one with new names",
        missed=rows > 0,
    )

    setups = iter([box.setup_post(server) for box in server.add_boxes("away", bench.times + 30)])
    server.age_contacts()

    def first():
        next(setups)()

    comparison = compare(server.nothing, first, bench.times)
    yield Row.of(
        "handshake, nothing new, the first for hours",
        comparison,
        note=f"{server.count_queries(first)} queries, 1 row written",
    )

    boxes = iter(server.add_boxes("new-devices", bench.times + 30, device_count=0))

    def announce():
        next(boxes).setup_post(server, device_count=_NEW_DEVICES)()

    comparison = compare(server.nothing, announce, bench.times)
    queries = [
        server.count_queries(next(boxes).setup_post(server, device_count=count))
        for count in (1, _NEW_DEVICES)
    ]
    yield Row.of(
        f"handshake, {_NEW_DEVICES} new devices",
        comparison,
        note=f"{queries[1]} queries ({queries[0]} with one new device)",
    )
