"""The sign of life of this server process towards the databases whose boxes it holds."""

import logging
import threading
import uuid
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import cached_property, partial
from weakref import WeakSet

from odoo import SUPERUSER_ID, api
from odoo.service.server import CommonServer
from odoo.tools import SQL

from odoo.addons.bus.websocket import CloseCode, ConnectionState, acquire_cursor

from .. import const

_logger = logging.getLogger(__name__)


class WebsocketHeart:
    """Tells databases that this process lives, as long as it holds websockets of their boxes, and
    which ones it holds.

    One small write to each database and interval, however many boxes there are, from one thread
    (one greenlet in the process that Odoo keeps for websockets), started with the first box. After
    the last box of a database has gone, it is told once more.

    :param write: called with a method name of `iot.websocket.server`, a database, `key` and what
        else the method takes; returns what it returns
    :param float interval: seconds
    """

    def __init__(self, write, interval):
        self._write = write
        self._interval = interval
        self._websockets = {}  # database -> those of boxes; the closed ones vanish by themselves
        self._doubtful = WeakSet()  # those that were found closed, or noted of no box, once
        self._failures = Counter()  # database -> writes in a row that failed
        self._lock = threading.Lock()  # of the above; never held while a database is asked
        self._turn = threading.Lock()  # of the thread and the end of the server
        self._stopped = threading.Event()
        self._thread = None

    @cached_property
    def key(self):
        """What this process is called; not made at import, as workers are forked after it."""
        return uuid.uuid4().hex

    def join(self, database, websocket):
        """Beat for a database as long as the websocket lives, at once if it is the first one.

        :param websocket: of `bus`, with its `iot_key`
        """
        with self._lock:
            websockets = self._websockets.setdefault(database, WeakSet())
            is_first = not websockets
            websockets.add(websocket)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name='iot.heart', daemon=True)
                self._thread.start()
        if is_first:
            self._try_write('_beat', database)

    def stop(self):
        """Say farewell, when the server ends properly."""
        if not self._stopped.is_set():
            self._stopped.set()
            with self._turn:
                for database in self._get_databases():
                    self._try_write('_stop', database)

    def _run(self):
        while not self._stopped.wait(self._interval):
            for database in self._get_databases():
                with self._turn:
                    if not self._stopped.is_set():
                        self._beat(database)

    def _get_databases(self):
        with self._lock:
            return list(self._websockets)

    def _beat(self, database):
        is_last = not self._get_held_keys(database)
        is_told = self._try_write('_beat', database) and self._compare(database)
        with self._lock:
            # one that was dropped is not asked forever
            is_done = is_told or self._failures[database] >= const.LAST_BEAT_TRIES
            if is_last and is_done and not self._websockets[database]:
                del self._websockets[database], self._failures[database]

    def _compare(self, database):
        """Have boxes noted as gone whose websockets are; end websockets that are noted nowhere.

        Such a websocket is one whose subscription has failed: its box would be deaf for an hour.
        """
        held = partial(self._get_held_keys, database)
        noted = self._try_write('_compare', database, held)
        if noted is None:
            return False
        with self._lock:
            for websocket in list(self._websockets[database]):
                is_closed = websocket.state is ConnectionState.CLOSED
                if not is_closed and websocket.iot_key in noted:
                    self._doubtful.discard(websocket)
                elif websocket not in self._doubtful:
                    # its opening or its end is perhaps being noted just now
                    self._doubtful.add(websocket)
                else:
                    self._websockets[database].discard(websocket)
                    with suppress(OSError):  # it has ended meanwhile
                        websocket.close(CloseCode.TRY_LATER)
        return True

    def _get_held_keys(self, database):
        with self._lock:
            return {websocket.iot_key for websocket in self._websockets[database]}

    def _try_write(self, method, database, *arguments):
        """:return: what the method returns, or None if it failed"""
        try:
            result = self._write(method, database, self.key, *arguments)
        except Exception:  # the next beat may succeed, and those of other databases
            with self._lock:
                self._failures[database] += 1
                is_first = self._failures[database] == 1
            if is_first:
                _logger.warning("No sign of life to database %s", database, exc_info=True)
            return None
        if method == '_compare':
            self._failures[database] = 0
        return result


def _write(method, database, *arguments):
    milliseconds = str(const.HEARTBEAT_PATIENCE // timedelta(milliseconds=1))
    with acquire_cursor(database) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        # until the end of the transaction
        for setting in ('lock_timeout', 'statement_timeout'):
            env.execute_query(SQL("SELECT set_config(%s, %s, true)", setting, milliseconds))
        return getattr(env['iot.websocket.server'], method)(*arguments)


heart = WebsocketHeart(_write, const.HEARTBEAT_INTERVAL.total_seconds())
CommonServer.on_stop(heart.stop)
