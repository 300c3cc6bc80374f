"""Odoo as in production, on a database of its own that has the floors, too."""

import re
import socket
import sys
import time
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from box.waiting import wait_until
from harness.postgres_cluster import SharedCluster
from harness.prefork_server import PreforkServer

from .box import Box
from .wire import Post

_ADDONS = Path(__file__).parent / "addons"
_START_SECONDS = 60
_AT_ONCE = 500  # boxes that are made in one request; one of Odoo's may take a minute
# PostgreSQL tells what a connection has done when that is idle for ten seconds, at the latest
_STATISTICS_SECONDS = 11
_LOG_LINE = re.compile(r'"POST \S+ HTTP/1\.1" \S+ \S+ (\d+) ')
_LOG_SECONDS = 30


class BenchServer(PreforkServer):
    """Requests go to its ports, past the reverse proxy of tests, which is in Python."""

    def _port_options(self):
        # One database, known by its name. With a filter in its place, Odoo lists all databases at
        # each request that has no session, on a new connection: that would hide what others cost.
        return [*super()._port_options(), "--db-filter", ""]

    @property
    def http_address(self):
        return self.address, self._http_port

    @property
    def websocket_address(self):
        return self.address, self._websocket_port

    def start(self):
        """Start it and wait for its websocket process, too, which takes longer."""
        super().start()
        wait_until(self._holds_websockets, _START_SECONDS, "a process for websockets")
        return self

    def kill(self):
        """As a power cut: all its processes at once."""
        children = psutil.Process(self._process.pid).children(recursive=True)
        super().kill()
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(children)

    def _holds_websockets(self):
        with suppress(ConnectionRefusedError):
            socket.create_connection(self.websocket_address).close()
            return True

    @property
    def nothing(self):
        """The floor: a request to a route that does nothing."""
        return Post.json(self.http_address, "/iot_bench/nothing", {})

    def add_boxes(self, prefix, count, device_count=5):
        """Make boxes that have been connected before.

        :return: them
        """
        boxes = [Box(f"{prefix}-{number}", device_count) for number in range(count)]
        for start in range(0, count, _AT_ONCE):
            setups = [box.setup() for box in boxes[start : start + _AT_ONCE]]
            self.call_kw("iot.bench.population", "add", setups)
        self.sql("analyze")
        return boxes

    def refresh_contacts(self):
        """Let all boxes have posted just now: a minute later, the next setup notes its time."""
        self.sql("update iot_box set contact_at = now() at time zone 'utc'")
        self.sql("analyze iot_box")

    def age_contacts(self):
        """Let no box have posted for hours: the next setup of each notes its time."""
        self.sql("update iot_box set contact_at = contact_at - interval '3 hours'")
        self.sql("analyze iot_box")

    def count_queries(self, work, posts=1):
        """:param posts: how many requests it makes
        :return: how many queries they take, by Odoo's own count
        """
        start = len(self.log())
        work()

        def counts():
            return _LOG_LINE.findall(self.log()[start:])

        wait_until(lambda: len(counts()) >= posts, _LOG_SECONDS, "lines in Odoo's log")
        return sum(map(int, counts()))

    def count_row_writes(self, work):
        """:return: how many rows are inserted, changed or deleted in all tables meanwhile"""
        before = self._row_writes()
        work()
        return self._row_writes() - before

    def _row_writes(self):
        time.sleep(_STATISTICS_SECONDS)
        [[count]] = self.sql(
            "select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables"
        )
        return int(count)


@contextmanager
def bench_server(environment, folder, address="127.0.0.1"):
    """A running server; its database is dropped when the context ends.

    :param folder: of its log
    """
    server = BenchServer(
        environment,
        SharedCluster(environment),
        f"bench_{uuid.uuid4().hex[:12]}",
        folder / "odoo.log",
        address=address,
        addons=_ADDONS,
    )
    try:
        server.create_database()
        server.install("iot_bench")
        server.start()
        server.login()
        yield server
    except Exception:
        print(server.log_tail(), file=sys.stderr)
        raise
    finally:
        server.stop()
        server.drop_database()
