"""How many boxes one process of Odoo holds, and what each takes of it."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from box.waiting import wait_until

from ..listener import Crowd, Listener
from ..row import Row

_COUNTS = (100, 500, 1000, 2000)
_AT_ONCE = 8
_SECONDS = 120


def measure_websockets(bench):
    server = bench.server
    server.restart()
    server.login()
    boxes = server.add_boxes("websockets", _COUNTS[-1])
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        channels = list(pool.map(lambda box: box.setup_post(server).result(), boxes))
    process = Path("/proc", str(server.websocket_process()))
    with closing(Crowd()) as crowd, ThreadPoolExecutor(_AT_ONCE) as pool:
        # what the first boxes load into memory is no cost of each
        _listen(server, crowd, pool, boxes[: _COUNTS[0]], channels)
        base, former = _memory(process), _COUNTS[0]
        files = len(list((process / "fd").iterdir()))
        for count in _COUNTS[1:]:
            start = time.perf_counter()
            _listen(server, crowd, pool, boxes[former:count], channels[former:count])
            took = time.perf_counter() - start
            grown = (_memory(process) - base) / (count - _COUNTS[0])
            files_each = (len(list((process / "fd").iterdir())) - files) / (count - _COUNTS[0])
            yield Row(
                f"{count} boxes on one websocket process",
                f"{grown:.0f} kB a box",
                note=f"{_memory(process) / 1024:.0f} MB in all, {files_each:.1f} open files a box"
                f" (limit here: {_file_limit(process)}), {(count - former) / took:.0f} boxes"
                f" connected a second, {crowd.lost} lost",
                missed=crowd.lost > 0,
            )
            former = count


def _listen(server, crowd, pool, boxes, channels):
    """Connect boxes, and wait until the database knows all of them as listening."""
    make = pool.map(
        lambda box, channel: Listener(server, [channel], box.identifier), boxes, channels
    )
    for listener in make:
        crowd.add(listener)
    counting = "select count(*) from iot_box where websocket_key is not null"

    def all_listen():
        return server.sql(counting)[0][0] + crowd.lost >= len(crowd.listeners)

    wait_until(all_listen, _SECONDS, "all boxes listen")


def _memory(process):
    """:return: what it holds in memory, kB"""
    return int(re.search(r"VmRSS:\s*(\d+)", (process / "status").read_text())[1])


def _file_limit(process):
    return re.search(r"Max open files\s+(\d+)", (process / "limits").read_text())[1]
