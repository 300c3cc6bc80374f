"""All boxes set up again at once, after Odoo was restarted."""

import statistics
from concurrent.futures import ThreadPoolExecutor

from ..comparison import Comparison, seconds
from ..row import Row

_BOXES = 1000
_ROUNDS = 3
_AT_ONCE = 16  # as many as the queue of Odoo's two workers holds


def measure_restart(bench):
    server = bench.server
    boxes = server.add_boxes("restart", _BOXES)
    setups = [box.setup_post(server) for box in boxes]
    channels = _all(post.result for post in setups)
    ids = server.sql("select id, identifier from iot_box order by id")
    heard = []

    def floor():
        _all([server.nothing] * _BOXES)

    def set_up():
        heard.append(_all(post.result for post in setups))

    pairs = []
    for _round in range(_ROUNDS):
        pair = []
        for work in (floor, set_up):
            server.restart()
            server.age_contacts()
            pair.append(seconds(work))
        pairs.append(pair)
    lost = sum(channels != answers for answers in heard)
    lost += server.sql("select id, identifier from iot_box order by id") != ids
    comparison = Comparison(*map(list, zip(*pairs, strict=True)))
    floor_seconds, box_seconds = map(statistics.median, (comparison.floor, comparison.figure))
    yield Row(
        f"{_BOXES} boxes set up again after a restart of Odoo, {_AT_ONCE} at a time",
        f"{box_seconds:.1f} s",
        f"{floor_seconds:.1f} s ({_BOXES} no-ops after a restart)",
        comparison.ratio,
        goal=2,
        missed=bool(lost),
        note=f"{_BOXES / box_seconds:.0f} a second; none lost, all on their former channel"
        if not lost
        else "some boxes were LOST",
    )
    server.login()


def _all(calls):
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda call: call(), calls))
