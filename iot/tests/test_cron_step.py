"""Scheduled actions: what fails in one step keeps no other from being done."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.service.model import retrying
from odoo.tools import mute_logger

from ..models import cron_step
from .request_common import IotRequestCommon

EXPIRE, TELL = 'iot.ir_cron_expire_requests', 'iot.iot_tombstone_cron_tell'


class TestCronStep(IotRequestCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(cron_step, 'retrying', retrying))
        self.enterContext(patch('odoo.service.model.random.uniform', return_value=0))
        self.enterContext(mute_logger('odoo.service.model', 'odoo.addons.iot.models.iot_tombstone'))
        self.other, _secret, _channel = self.connect('20000000abcd1234')
        self.other._websocket_opened('other')

    def run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()

    @contextmanager
    def failing(self, model, method, error, ids, times=1000):
        """Let a method fail after it has done its work, the first times."""
        original, failures = getattr(self.registry[model], method), []

        def fail(records, *args, **kwargs):
            result = original(records, *args, **kwargs)
            if set(records.ids) & set(ids) and len(failures) < times:
                failures.append(records)
                raise error
            return result

        with patch.object(self.registry[model], method, fail):
            yield failures

    def expire(self):
        self.clock.tick(60)
        self.run_cron(EXPIRE)

    def test_a_request_that_cannot_be_ended_keeps_only_those_of_its_box_from_it(self):
        first = self.scale._send_action('read_once').sudo()
        second = self.other._send_command('test_connection').sudo()
        self.env.flush_all()
        self.env.cr.precommit.run()  # their messages lie in the bus
        self.env.cr.execute("UPDATE bus_bus SET create_date = '2000-01-01'")
        with (
            self.failing('iot.request', '_on_ended', ValueError("of an addon"), first.ids),
            self.assertLogs('odoo.addons.iot.models.cron_step', 'ERROR') as logs,
        ):
            self.expire()
        self.assertEqual((first + second).mapped('state'), ['sent', 'expired'])
        self.assertIn("of an addon", logs.output[0])
        self.assertFalse(self.env['bus.bus'].search([('channel', 'like', '"iot.box"')]))

    def test_a_conflict_is_tried_again(self):
        request = self.scale._send_action('read_once').sudo()
        conflict = ConcurrencyError("just now")
        with self.failing('iot.request', '_on_ended', conflict, request.ids, times=2) as failures:
            self.expire()
        self.assertEqual((request.state, len(failures)), ('expired', 2))

    def test_boxes_are_locked_in_one_order(self):
        self.other._send_command('test_connection')
        self.scale._send_action('read_once')
        locked, lock = [], self.registry['iot.box']._lock_requests

        def note(boxes):
            locked.extend(boxes.ids)
            return lock(boxes)

        with patch.object(self.registry['iot.box'], '_lock_requests', note):
            self.expire()
        self.assertEqual(locked, sorted(locked))
        self.assertEqual(set(locked), {self.box.id, self.other.id})

    @mute_logger(
        'odoo.addons.iot.models.cron_step', 'odoo.addons.iot.models.iot_connection_attempt'
    )
    def test_a_deleted_box_that_cannot_be_told_keeps_no_other_from_it(self):
        (self.box + self.other).with_user(self.manager).unlink()
        tombstones = self.env['iot.tombstone'].search([])
        self.clock.tick(60)
        with self.failing('iot.tombstone', '_tell', ValueError(), tombstones[0].ids):
            self.run_cron(TELL)
        self.assertEqual(tombstones.mapped(lambda one: bool(one.told_at)), [False, True])
