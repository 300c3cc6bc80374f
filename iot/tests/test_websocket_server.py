from contextlib import contextmanager
from unittest.mock import patch

from odoo.tools import SQL

from ..models import websocket_heart
from .common import IotCommon


class TestWebsocketServer(IotCommon):
    def servers(self):
        return self.env['iot.websocket.server'].search([])

    def test_a_process_has_one_row_however_often_it_beats(self):
        before = self.servers()
        for _beat in range(3):
            self.env['iot.websocket.server']._beat('other')
        self.assertEqual((self.servers() - before).mapped('key'), ['other'])

    def compare(self, *held):
        """Compare as the heart of a process does that holds websockets with these keys."""
        return self.env['iot.websocket.server']._compare('other', lambda: set(held))

    def test_a_box_whose_websocket_has_gone_without_a_word_is_offline(self):
        boxes = [self.connect(f'{number}0000000abcd1234')[0] for number in range(3)]
        for box in boxes:
            box._websocket_opened(f'key of {box.identifier}')
            self.move_websocket(box, 'other')
        elsewhere = boxes.pop()
        self.move_websocket(elsewhere, 'third')
        held, lost = boxes
        self.env.flush_all()
        self.env.cr.precommit.data.clear()
        known = self.compare(held.websocket_key)
        self.assertEqual(known, {f'key of {box.identifier}' for box in boxes})
        self.assertEqual(
            (held + lost + elsewhere).mapped('status'), ['online', 'offline', 'online']
        )
        [(_channel, message)] = self.notifications('iot.box/changed')
        self.assertIn(f'[{lost.id}]', message)

    def test_when_all_is_in_order_a_beat_compares_by_one_query_and_writes_the_row_of_the_process(
        self,
    ):
        for number in range(3):
            box, _secret, _channel = self.connect(f'{number}0000000abcd1234')
            box._websocket_opened(f'key {number}')
            self.move_websocket(box, 'other')
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.snapshot()
        with self.assertQueryCount(2):
            self.env['iot.websocket.server']._beat('other')
            self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(self.compare('key 0', 'key 1', 'key 2'), {'key 0', 'key 1', 'key 2'})
            self.env.flush_all()
        self.assertEqual(self.snapshot(), before)

    def test_a_write_waits_for_nobody_for_long(self):
        @contextmanager
        def cursor(_database):
            yield self.env.cr

        def limits(_servers, name):
            return self.env.execute_query(SQL("SELECT current_setting(%s)", name))

        model = self.registry['iot.websocket.server']
        with (
            self.env.cr.savepoint(),
            patch.object(websocket_heart, 'acquire_cursor', cursor),
            patch.object(model, '_beat', limits),
        ):
            for name in ('lock_timeout', 'statement_timeout'):
                self.assertEqual(websocket_heart._write('_beat', 'x', name), [('4s',)])

    def test_processes_that_ended_long_ago_are_forgotten_unless_a_box_was_last_seen_by_them(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('key')
        self.move_websocket(box, 'last one')
        self.env['iot.websocket.server']._beat('gone')
        self.clock.tick(25 * 3600)
        self.env['iot.websocket.server']._beat('alive')
        self.env['iot.websocket.server']._gc_dead()
        self.assertEqual(set(self.servers().mapped('key')), {'last one', 'alive'})
