"""What one box costs, as there are more and more of them."""

import random
import statistics

from ..comparison import WARM_UP, compare, seconds
from ..row import Row
from .posts import fetch_handlers, repeated_handlers_post

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
        some = chosen.choices(boxes, k=WARM_UP + bench.times)
        setup = _compare_posts(server, [box.setup_post(server) for box in some], bench.times)
        etag = fetch_handlers(server, boxes[0])
        server.sql("update iot_box set drivers_etag = %s", [etag])
        drivers = _compare_posts(
            server, [repeated_handlers_post(server, box, etag) for box in some], bench.times
        )
        looks = [seconds(lambda: _look(server)) for _look_number in range(_LOOKS)]
        watch = min(seconds(lambda: server.run_cron("iot.ir_cron_watch_boxes")) for _run in "123")
        ratios = setup.ratio, drivers.ratio
        first = first or ratios
        growths = [ratio / smallest for ratio, smallest in zip(ratios, first, strict=True)]
        yield Row.of(
            f"{size:,} boxes: handshake of any of them",
            setup,
            missed=max(growths) > _FLAT,
            note=f"goal: flat. {growths[0]:.2f} × that of {_SIZES[0]}; drivers that it has already "
            f"{drivers.ratio:.2f} × a no-op, {growths[1]:.2f} × that of {_SIZES[0]}; "
            f"first page of the list {1000 * statistics.median(looks):.0f} ms, "
            f"watching all of them {1000 * watch:.0f} ms, {1000 * watch / size:.2f} a box",
        )


def _compare_posts(server, posts, times):
    """Compare posts of different boxes with the floor."""
    waiting = iter(posts)

    def send_next():
        next(waiting)()

    return compare(server.nothing, send_next, times)


def _look(server):
    return server.call_kw("iot.box", "web_search_read", [], _PAGE, limit=80)
