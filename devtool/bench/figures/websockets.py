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
_AGAIN = 1000
_BARE = 200
_AT_ONCE = 8
_SECONDS = 300


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
        bare = _listen_bare(server, crowd, process)
        base, former, files = _memory(process), _COUNTS[0], _count_files(process)
        for count in _COUNTS[1:]:
            start = time.perf_counter()
            _listen(server, crowd, pool, boxes[former:count], channels[former:count])
            took = time.perf_counter() - start
            grown = (_memory(process) - base) / (count - _COUNTS[0])
            files_each = (_count_files(process) - files) / (count - _COUNTS[0])
            yield Row(
                f"{count} boxes on one websocket process",
                f"{grown:.0f} kB a box",
                f"{bare:.0f} kB (a websocket that listens to nothing)",
                grown / bare,
                note=f"{_memory(process) / 1024:.0f} MB in all, {files_each:.1f} open files a box"
                f" (limit here: {_file_limit(process)}), {(count - former) / took:.0f} boxes"
                f" connected a second, {crowd.lost} lost",
                missed=crowd.lost > 0,
            )
            former = count
    yield _listen_again(server, boxes[:_AGAIN], channels)


def _listen_again(server, boxes, channels):
    """Let Odoo die as by a power cut, and all boxes come back as soon as it is there."""
    server.kill()
    server.sql(
        "update iot_box set websocket_key = null, websocket_server = null,"
        " websocket_opened_at = null"
    )  # so that those that are back can be counted
    server.start()
    server.login()
    with closing(Crowd()) as crowd, ThreadPoolExecutor(_AT_ONCE) as pool:
        start = time.perf_counter()
        _listen(server, crowd, pool, boxes, channels)
        took = time.perf_counter() - start
        online = server.call_kw("iot.box", "search_count", [["is_online", "=", True]])
    return Row(
        f"{len(boxes)} boxes listen again after kill -9 of Odoo, {_AT_ONCE} at a time",
        f"{took:.1f} s",
        note=f"goal: none lost. {online} online, {crowd.lost} lost, "
        f"{len(boxes) / took:.0f} a second",
        missed=crowd.lost > 0 or online != len(boxes),
    )


def _listen(server, crowd, pool, boxes, channels):
    """Connect boxes, and wait until the database knows all of them as listening."""
    make = pool.map(
        lambda box, channel: Listener(server, [channel], box.identifier), boxes, channels
    )
    for listener in make:
        crowd.add(listener, is_box=True)
    counting = "select count(*) from iot_box where websocket_key is not null"

    def all_listen():
        return server.sql(counting)[0][0] + crowd.lost >= crowd.box_count

    wait_until(all_listen, _SECONDS, "all boxes listen")


def _listen_bare(server, crowd, process):
    """:return: kB of a websocket that listens to nothing"""
    memory, files = _memory(process), _count_files(process)
    for _number in range(_BARE):
        crowd.add(Listener(server))
    opened = files + _BARE  # one of its files at least
    wait_until(lambda: _count_files(process) >= opened, _SECONDS, "bare websockets")
    return (_memory(process) - memory) / _BARE


def _count_files(process):
    return len(list((process / "fd").iterdir()))


def _memory(process):
    """:return: what it holds in memory, kB"""
    return int(re.search(r"VmRSS:\s*(\d+)", (process / "status").read_text())[1])


def _file_limit(process):
    return re.search(r"Max open files\s+(\d+)", (process / "limits").read_text())[1]
