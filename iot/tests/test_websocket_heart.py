import threading
from itertools import count
from unittest.mock import patch

from odoo.tests import BaseCase
from odoo.tools import mute_logger

from odoo.addons.bus.websocket import CloseCode, ConnectionState

from .. import const
from ..models.websocket_heart import WebsocketHeart

LOGGER = 'odoo.addons.iot.models.websocket_heart'
DEADLINE = 10  # seconds


class Websocket:
    """As much of a websocket of `bus` as the heart looks at."""

    keys = count()

    def __init__(self):
        self.iot_key = f'key {next(self.keys)}'
        self.state = ConnectionState.OPEN
        self.closed_by = []
        self.close = self.closed_by.append


class TestWebsocketHeart(BaseCase):
    def setUp(self):
        super().setUp()
        self.written = []
        self.held = []  # what the databases were told, one after the other
        self.unknown = set()  # keys of websockets that no box is noted with
        self.broken = set()
        self.news = threading.Condition()
        self.heart = WebsocketHeart(self.note, interval=0.01)
        self.addCleanup(self.heart.stop)

    def note(self, method, database, key, get_held=None):
        with self.news:
            self.written.append((method, database, key))
            if get_held:
                self.held.append((database, get_held()))
            self.news.notify_all()
        if database in self.broken:
            raise ConnectionError(database)
        return get_held() - self.unknown if get_held else True

    def comparisons(self, database):
        return [held for name, held in self.held if name == database]

    def wait_for(self, condition):
        with self.news:
            self.assertTrue(self.news.wait_for(condition, DEADLINE))

    def beats(self, database):
        return self.written.count(('_beat', database, self.heart.key))

    def test_a_process_without_boxes_is_silent(self):
        self.heart.stop()
        self.assertEqual((self.written, self.heart._thread), ([], None))

    def test_the_first_box_is_told_of_at_once_and_more_cost_nothing(self):
        heart = WebsocketHeart(self.note, interval=DEADLINE)
        self.addCleanup(heart.stop)
        websockets = [Websocket() for _ in range(50)]
        for websocket in websockets:
            heart.join('a', websocket)
        self.assertEqual(self.written, [('_beat', 'a', heart.key)])

    def test_each_database_hears_again_and_again_from_one_thread(self):
        websockets = [Websocket(), Websocket()]
        threads = set()
        for database, websocket in zip('ab', websockets, strict=True):
            self.heart.join(database, websocket)
            threads.add(self.heart._thread)
        self.wait_for(lambda: self.beats('a') > 3 and self.beats('b') > 3)
        [thread] = threads
        self.assertTrue(thread.is_alive())

    def test_a_database_is_told_that_its_last_websocket_has_gone_and_then_left_alone(self):
        websockets = [Websocket(), Websocket()]
        for database, websocket in zip('ab', websockets, strict=True):
            self.heart.join(database, websocket)
        self.wait_for(lambda: self.comparisons('b'))
        self.assertEqual(self.comparisons('b')[0], {websocket.iot_key})
        websockets.pop()
        del websocket
        self.wait_for(lambda: set() in self.comparisons('b'))
        beats = self.beats('a')
        self.wait_for(lambda: self.beats('a') > beats + 1)  # what was under way is over
        told, beats = self.beats('b'), self.beats('a')
        self.wait_for(lambda: self.beats('a') > beats + 3)
        self.assertEqual(self.beats('b'), told)
        # twice where it went between the beat and the comparison
        self.assertLessEqual(self.comparisons('b').count(set()), 2)

    def test_a_database_that_is_away_is_told_of_its_last_websocket_when_it_is_back(self):
        websockets = [Websocket(), Websocket()]
        for database, websocket in zip('ab', websockets, strict=True):
            self.heart.join(database, websocket)
        with mute_logger(LOGGER), patch.object(const, 'LAST_BEAT_TRIES', 10**6):
            self.broken = {'b'}
            websockets.pop()
            del websocket
            told = self.beats('b')
            self.wait_for(lambda: self.beats('b') > told + 3)
            self.broken = set()
            self.wait_for(lambda: set() in self.comparisons('b'))

    def test_a_database_that_is_gone_is_not_told_forever(self):
        self.broken = {'b'}
        websockets = [Websocket(), Websocket()]
        with mute_logger(LOGGER), patch.object(const, 'LAST_BEAT_TRIES', 3):
            for database, websocket in zip('ab', websockets, strict=True):
                self.heart.join(database, websocket)
            websockets.pop()
            del websocket
            self.wait_for(lambda: 'b' not in self.heart._websockets)
        self.assertTrue(self.beats('a'))

    def test_a_websocket_that_no_box_is_noted_with_is_closed_so_that_its_box_tries_again(self):
        deaf, other = Websocket(), Websocket()
        self.unknown = {deaf.iot_key}
        with self.news:  # no comparison before both are there
            for websocket in (deaf, other):
                self.heart.join('a', websocket)
        self.wait_for(lambda: {other.iot_key} in self.comparisons('a'))
        self.assertEqual((deaf.closed_by, other.closed_by), ([CloseCode.TRY_LATER], []))
        first = self.comparisons('a')[0]
        self.assertEqual(first, {deaf.iot_key, other.iot_key}, "it may be noted just then")
        self.assertGreater(self.comparisons('a').count(first), 1)

    def test_a_websocket_that_somebody_keeps_after_its_end_is_held_no_more(self):
        ended, other = Websocket(), Websocket()
        for websocket in (ended, other):
            self.heart.join('a', websocket)
        ended.state = ConnectionState.CLOSED
        self.wait_for(lambda: {other.iot_key} in self.comparisons('a'))

    def test_a_stuck_database_keeps_no_websocket_waiting_and_is_left_soon(self):
        stuck, free = threading.Event(), threading.Event()

        def write(method, database, key, get_held=None):
            if database == 'stuck':
                stuck.set()
                free.wait(DEADLINE)
            return self.note(method, database, key, get_held)

        heart = WebsocketHeart(write, interval=0.01)
        self.addCleanup(heart.stop)
        self.addCleanup(free.set)
        websockets = [Websocket(), Websocket()]
        first = threading.Thread(target=heart.join, args=('stuck', websockets[0]))
        first.start()
        self.assertTrue(stuck.wait(DEADLINE))
        heart.join('other', websockets[1])
        self.assertFalse(free.is_set())
        self.assertIn(('_beat', 'other', heart.key), self.written)
        free.set()
        first.join(DEADLINE)

    def test_a_failure_is_logged_once_and_keeps_nobody_from_the_next_beat(self):
        self.broken = {'a'}
        websockets = [Websocket(), Websocket()]
        with self.assertLogs(LOGGER, 'WARNING') as logs:
            for database, websocket in zip('ab', websockets, strict=True):
                self.heart.join(database, websocket)
            self.wait_for(lambda: self.beats('a') > 3 and self.beats('b') > 3)
        self.assertEqual(len(logs.output), 1, logs.output)
        self.assertIn("No sign of life to database a", logs.output[0])

    def test_the_end_is_told_once(self):
        websocket = Websocket()
        self.heart.join('a', websocket)
        self.heart.stop()
        self.heart.stop()
        self.assertEqual(self.written.count(('_stop', 'a', self.heart.key)), 1)
        self.assertEqual(self.written[-1][0], '_stop')
