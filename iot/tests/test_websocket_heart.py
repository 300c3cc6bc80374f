import threading

from odoo.tests import BaseCase

from ..models.websocket_heart import WebsocketHeart
from .common import IotCommon

LOGGER = 'odoo.addons.iot.models.websocket_heart'
DEADLINE = 10  # seconds


class Websocket:
    pass


class TestWebsocketHeart(BaseCase):
    def setUp(self):
        super().setUp()
        self.written = []
        self.broken = set()
        self.news = threading.Condition()
        self.heart = WebsocketHeart(self.note, interval=0.01)
        self.addCleanup(self.heart.stop)

    def note(self, method, database, key):
        with self.news:
            self.written.append((method, database, key))
            self.news.notify_all()
        if database in self.broken:
            raise ConnectionError(database)

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

    def test_a_database_without_websockets_is_left_alone(self):
        websockets = [Websocket(), Websocket()]
        for database, websocket in zip('ab', websockets, strict=True):
            self.heart.join(database, websocket)
        websockets.pop()
        del websocket
        beats = self.beats('a')
        self.wait_for(lambda: self.beats('a') > beats + 1)  # what was under way is over
        told, beats = self.beats('b'), self.beats('a')
        self.wait_for(lambda: self.beats('a') > beats + 3)
        self.assertEqual(self.beats('b'), told)

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


class TestWebsocketServer(IotCommon):
    def servers(self):
        return self.env['iot.websocket.server'].search([])

    def test_a_process_has_one_row_however_often_it_beats(self):
        before = self.servers()
        for _beat in range(3):
            self.env['iot.websocket.server']._beat('other')
        self.assertEqual((self.servers() - before).mapped('key'), ['other'])

    def test_processes_that_ended_long_ago_are_forgotten_unless_a_box_was_last_seen_by_them(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('key')
        self.move_websocket(box, 'last one')
        self.env['iot.websocket.server']._beat('gone')
        self.clock.tick(25 * 3600)
        self.env['iot.websocket.server']._beat('alive')
        self.env['iot.websocket.server']._gc_dead()
        self.assertEqual(set(self.servers().mapped('key')), {'last one', 'alive'})
