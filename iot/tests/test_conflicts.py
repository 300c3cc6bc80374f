"""Two who do the same at the same instant. The database lets one of them get further, and Odoo
tries the other again: nobody sees an error. Here one of them does not see the other, as if
that one had not committed yet."""

from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import InterfaceError, OperationalError
from psycopg2.pool import PoolError

from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.box_dispatcher import UNEXPECTED
from .common import wire_box, wire_log
from .http_common import IotHttpCommon
from .request_common import RECEIPT, SERIAL, IotRequestCommon
from .wildcard_common import WildcardCommon

UID = '7d444840-9dc0-41d1-b245-5ffdce74fad2'
MOMENTARY_ERRORS = (ConcurrencyError, OperationalError, InterfaceError, PoolError)


class TestWildcardConflict(WildcardCommon):
    @contextmanager
    def blind_once(self):
        """Let the certificate that somebody has just asked for be unseen when first looked for."""
        model = self.registry['iot.wildcard']
        get_current, looks = model._get_current, []

        def blind(records):
            looks.append(1)
            return get_current(records) if len(looks) > 1 else records.browse()

        with mute_logger('odoo.sql_db'), patch.object(model, '_get_current', blind):
            yield

    def test_two_ask_for_the_first_certificate(self):
        model = self.env['iot.wildcard']
        model._ask(self.env.user)
        with self.blind_once(), self.assertRaises(ConcurrencyError):
            model._ask(self.manager)
        model._ask(self.manager)  # as Odoo does by itself
        self.assertEqual(self.wildcard.asked_by_id, self.manager)
        self.service.will_issue()
        self.run_cron()
        self.assertTrue(self.wildcard.not_after)

    def test_the_scheduled_action_meets_who_asks_for_the_first_certificate(self):
        self.env['iot.wildcard']._ask(self.env.user)
        self.service.will_issue()
        with self.blind_once():
            self.run_cron()
        self.assertTrue(self.wildcard.ensure_one().not_after)

    def test_two_keep_the_same_secret_for_the_first_time(self):
        secrets = self.env['iot.secret']
        secrets._set('dns', 'first')
        blind = patch.object(self.registry['iot.secret'], '_find', lambda records, _name: records)
        with (
            mute_logger('odoo.sql_db'),
            self.assertRaises(ConcurrencyError),
            self.env.cr.savepoint(),
            blind,
        ):
            secrets._set('dns', 'second')
        secrets._set('dns', 'second')
        self.assertEqual(secrets._get('dns'), 'second')


class TestRequestConflict(IotRequestCommon):
    def test_two_equal_calls_leave_nothing_of_the_receipt_in_the_log(self):
        def ask():
            printer = self.printer.with_user(self.user)
            return printer.request_action('print_receipt', {'receipt': RECEIPT}, UID)

        asked = ask()
        self.env.flush_all()
        blind = patch.object(
            self.registry['iot.device'],
            '_find_same_request',
            lambda device, _uid, _action: device.env['iot.request'],
        )
        with (
            self.assertLogs('odoo.sql_db', 'ERROR') as log,
            self.assertRaises(ConcurrencyError),
            self.env.cr.savepoint(),
            blind,
        ):
            ask()
        [line] = log.output
        self.assertIn('INSERT INTO "iot_request"', line)
        self.assertIn('UniqueViolation', line)
        self.assertNotIn(RECEIPT, line)
        self.assertNotIn(UID, line)
        self.assertEqual(ask(), asked)


class TestMoveConflict(IotRequestCommon):
    def test_two_move_the_boxes(self):
        moves = self.env['iot.move'].sudo()
        moves._start(self.box, 'https://first.example.com')
        blind = patch.object(self.registry['iot.move'], '_give_up', lambda _moves: None)
        with (
            mute_logger('odoo.sql_db'),
            self.assertRaises(ConcurrencyError),
            self.env.cr.savepoint(),
            blind,
        ):
            moves._start(self.box, 'https://second.example.com')
        moves._start(self.box, 'https://second.example.com')
        self.assertEqual(
            moves.search([], order='id').mapped(lambda move: (move.server_url, move.state)),
            [
                ('https://first.example.com', 'restored'),
                ('https://second.example.com', 'checking'),
            ],
        )


@tagged('post_install', '-at_install')
class TestMomentaryFailure(IotHttpCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger('odoo.http', 'odoo.service.model'))
        self.enterContext(patch('odoo.service.model.random.uniform', return_value=0))

    def failing(self, model, method, error):
        """Let something fail after it was stored."""
        store = getattr(self.registry[model], method)

        def failing(*args, **kwargs):
            store(*args, **kwargs)
            raise error

        return patch.object(self.registry[model], method, failing)

    def test_what_lasts_for_a_moment_is_told_by_a_status_that_makes_a_box_ask_again(self):
        _token, secret = self.mint()
        before = self.snapshot()
        for error in MOMENTARY_ERRORS:
            with self.subTest(error), self.failing('iot.box', '_refresh', error('')):
                response = self.opener.post(
                    self.base_url() + '/iot/setup',
                    json={'params': {'iot_box': wire_box(SERIAL, secret), 'devices': {}}},
                )
                self.assertEqual(response.status_code, 503)
                self.assertEqual(response.json()['error'], UNEXPECTED)
                self.assertEqual(self.snapshot(), before)
        self.assertIn('result', self.post_setup(wire_box(SERIAL, secret), {}))

    @mute_logger('werkzeug')
    def test_the_same_is_told_of_forms(self):
        box, _secret, _channel = self.connect(SERIAL, source='127.0.0.1')
        body = wire_log(SERIAL, '20,Started')
        for error in MOMENTARY_ERRORS:
            with self.subTest(error), self.failing('iot.log', '_store', error('')):
                response = self.opener.post(self.base_url() + '/iot/log', data=body)
                self.assertEqual(response.status_code, 503)
                self.assertNotIn('Traceback', response.text)
                self.assertFalse(box.log_ids)
        self.assertEqual(self.opener.post(self.base_url() + '/iot/log', data=body).status_code, 200)
        self.assertEqual(box.log_ids.mapped('message'), ["Started"])
