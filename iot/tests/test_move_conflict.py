"""Boxes of one batch that come at the same instant, in transactions of their own."""

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

FORMER, NEW = 'https://former.example.com', 'https://new.example.com'


@tagged('post_install', '-at_install')
class TestMoveBatchConflict(BaseCase):
    """What others shall see has to be committed; it is deleted in the end."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        env = self.transaction()
        boxes = env['iot.box'].create(
            [
                {
                    'name': identifier,
                    'identifier': identifier,
                    'company_id': env.ref('base.main_company').id,
                    'server_url': FORMER,
                }
                for identifier in ('batch-1', 'batch-2')
            ]
        )
        self.box_ids = boxes.ids
        self.addCleanup(self.delete)
        env['iot.move']._start(boxes, NEW)
        env.cr.commit()

    def delete(self):
        env = self.transaction()
        env['iot.box'].browse(self.box_ids).unlink()
        env.cr.commit()
        env['bus.bus'].search([]).unlink()  # the next browser would hear of them again and again
        env.cr.commit()

    def transaction(self):
        """Return the environment of another transaction, which has looked at the database."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        env = api.Environment(cr, SUPERUSER_ID, {})
        env['iot.box'].search_count([])
        return env

    def open_websocket(self, env, number):
        env['iot.box'].browse(self.box_ids[number])._websocket_opened(f'websocket {number}')
        env.flush_all()

    def states(self, env):
        moves = env['iot.move'].search([('box_id', 'in', self.box_ids)], order='id')
        return moves.mapped('state')

    def test_one_goes_first_of_two_that_come_at_once(self):
        first, second = self.transaction(), self.transaction()
        self.open_websocket(first, 0)
        self.assertEqual(self.states(first), ['checking', 'waiting'])
        first.cr.commit()
        with mute_logger('odoo.sql_db'), self.assertRaises(SerializationFailure):
            self.open_websocket(second, 1)
        second.cr.rollback()
        self.open_websocket(second, 1)  # as Odoo does by itself
        self.assertEqual(self.states(second), ['checking', 'waiting'])
        second.cr.rollback()

    def test_who_meets_a_decision_that_is_not_stored_yet_looks_again(self):
        first, second = self.transaction(), self.transaction()
        self.open_websocket(first, 0)
        with self.assertRaises(ConcurrencyError):
            self.open_websocket(second, 1)
        second.cr.rollback()
        first.cr.rollback()

    def test_a_box_that_comes_while_the_first_one_arrives_is_not_forgotten(self):
        env = self.transaction()
        self.open_websocket(env, 0)
        env['iot.move'].search([('box_id', '=', self.box_ids[0])])._on_answered(True)
        env.cr.commit()
        first, second = self.transaction(), self.transaction()
        self.open_websocket(second, 1)
        self.assertEqual(self.states(second), ['restarting', 'waiting'])
        second.cr.commit()
        with mute_logger('odoo.sql_db'), self.assertRaises(SerializationFailure):
            self.open_websocket(first, 0)
        first.cr.rollback()
        self.open_websocket(first, 0)
        self.assertEqual(self.states(first), ['done', 'checking'])
        first.cr.rollback()

    def test_a_box_that_is_put_back_is_locked_as_by_all_who_send(self):
        env = self.transaction()
        self.open_websocket(env, 0)
        env.cr.commit()
        env['iot.move'].search([('box_id', 'in', self.box_ids)])._give_up()
        self.assertEqual(self.states(env), ['restored', 'cancelled'])
        rows = self.transaction().execute_query(
            SQL(
                "SELECT id FROM iot_box WHERE id IN %s FOR NO KEY UPDATE SKIP LOCKED",
                tuple(self.box_ids),
            )
        )
        self.assertEqual(rows, [(self.box_ids[1],)])
        env.cr.rollback()
