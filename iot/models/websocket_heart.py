"""The sign of life of this server process towards the databases whose boxes it holds."""

import logging
import threading
import uuid
from functools import cached_property
from weakref import WeakSet

from odoo import SUPERUSER_ID, api
from odoo.service.server import CommonServer

from odoo.addons.bus.websocket import acquire_cursor

from .. import const

_logger = logging.getLogger(__name__)


class WebsocketHeart:
    """Tells databases that this process lives, as long as it holds websockets of their boxes.

    One small write to each database and interval, however many boxes there are, from one thread
    (one greenlet in the process that Odoo keeps for websockets), started with the first box.

    :param write: called with a method name of `iot.websocket.server`, a database and `key`
    :param float interval: seconds
    """

    def __init__(self, write, interval):
        self._write = write
        self._interval = interval
        self._websockets = {}  # database -> those of boxes; the closed ones vanish by themselves
        self._failing = set()  # databases whose last write failed
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = None

    @cached_property
    def key(self):
        """What this process is called; not made at import, as workers are forked after it."""
        return uuid.uuid4().hex

    def join(self, database, websocket):
        """Beat for a database as long as the websocket lives, at once if it is the first one."""
        with self._lock:
            is_first = not self._websockets.get(database)
            self._websockets.setdefault(database, WeakSet()).add(websocket)
            if is_first:
                self._try_write('_beat', database)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name='iot.heart', daemon=True)
                self._thread.start()

    def stop(self):
        """Say farewell, when the server ends properly."""
        if not self._stopped.is_set():
            self._stopped.set()
            self._write_all('_stop')

    def _run(self):
        while not self._stopped.wait(self._interval):
            self._write_all('_beat')

    def _write_all(self, method):
        with self._lock:
            for database in [name for name, held in self._websockets.items() if not held]:
                del self._websockets[database]
                self._failing.discard(database)
            for database in self._websockets:
                self._try_write(method, database)

    def _try_write(self, method, database):
        try:
            self._write(method, database, self.key)
            self._failing.discard(database)
        except Exception:  # the next beat may succeed, and those of other databases
            if database not in self._failing:
                _logger.warning("No sign of life to database %s", database, exc_info=True)
            self._failing.add(database)


def _write(method, database, key):
    with acquire_cursor(database) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        getattr(env['iot.websocket.server'], method)(key)


heart = WebsocketHeart(_write, const.HEARTBEAT_INTERVAL.total_seconds())
CommonServer.on_stop(heart.stop)
