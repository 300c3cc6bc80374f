"""What one box costs, as there are more and more of them."""

import random
import statistics

from ..comparison import compare, seconds
from ..row import Row

_SIZES = (10, 100, 1000, 10_000)
_LOOKS = 10  # at a page of the list
_FLAT = 1.2
_PAGE = {name: {} for name in ("name", "status", "last_seen", "device_count", "ip")}


def measure_growth(bench):
    server = bench.fresh_server()
    chosen = random.Random(19)  # the same boxes each time
    boxes, first = [], None
    for size in _SIZES:
        boxes += server.add_boxes(f"growth-{size}", size - len(boxes))
        server.refresh_contacts()
        posts = iter([chosen.choice(boxes).setup_post(server) for _post in range(bench.times + 40)])
        setup = compare(server.nothing, lambda posts=posts: next(posts)(), bench.times)
        looks = [seconds(lambda: _look(server)) for _look_number in range(_LOOKS)]
        watch = min(seconds(lambda: server.run_cron("iot.ir_cron_watch_boxes")) for _run in "123")
        first = first or setup.ratio
        yield Row.of(
            f"{size:,} boxes: handshake of any of them",
            setup,
            missed=setup.ratio > first * _FLAT,
            note=f"goal: flat. {setup.ratio / first:.2f} × that of {_SIZES[0]}; "
            f"first page of the list {1000 * statistics.median(looks):.0f} ms, "
            f"watching all of them {1000 * watch:.0f} ms, {1000 * watch / size:.2f} a box",
        )


def _look(server):
    return server.call_kw("iot.box", "web_search_read", [], _PAGE, limit=80)
