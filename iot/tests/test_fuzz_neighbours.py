"""What a box, or anybody beside it who has its secrets, sends does not make the server fail, and
does nothing to the box of another company."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import SQL

from .common import DEVICES
from .fuzz_http import OTHER_MAC, OTHER_SERIAL, FuzzHttpCommon
from .fuzz_routes import DRAWN_PARAMS, STRATEGIES
from .fuzz_strategies import fuzz
from .fuzz_valid import MAC, REQUEST_UID, SERIAL, TOKEN

EXAMPLES = 80
seldom = st.sampled_from((False, False, False, True))
# All that a box has a say in.
OF_BOXES = {
    'bus_bus', 'iot_box', 'iot_broker_guesser', 'iot_broker_pairing', 'iot_certificate_event',
    'iot_connection_attempt', 'iot_device', 'iot_keyboard_layout', 'iot_log', 'iot_request',
    'iot_token',
}  # fmt: skip
# Who was refused is noted of the box in whose name he came.
NOTED_OF_OTHERS = 'iot_connection_attempt'


@tagged('post_install', '-at_install')
class TestFuzzNeighbours(FuzzHttpCommon):
    def setUp(self):
        super().setUp()
        self.other_box, _secret, _channel = self.connect(
            OTHER_SERIAL, DEVICES, self.other_manager, mac=OTHER_MAC
        )
        self.other_box.device_ids[0]._send_action('status')
        self.box, self.secret, _channel = self.connect(SERIAL, DEVICES, source='127.0.0.1')
        self.box._websocket_opened('first')
        scale = self.box.device_ids.filtered(lambda device: device.type == 'scale')
        self.request = scale._send_action('read_once').sudo()
        self.env.flush_all()
        [[names]] = self.env.execute_query(
            SQL(
                r"SELECT array_agg(table_name::text) FROM information_schema.columns"
                r" WHERE table_name LIKE 'iot\_%%' AND column_name = 'box_id'"
            )
        )
        self.tables_of_boxes = {*names} - {NOTED_OF_OTHERS}
        self.rows_of_other = self.rows_of(self.other_box)

    def test_whatever_a_box_sends_is_taken_or_refused(self):
        written = {}
        with self.allow_requests():
            for route, strategy in STRATEGIES.items():
                with self.subTest(route):
                    written[route] = self.try_route(strategy)
        # it was let in, indeed
        self.assertIn('iot_box', written['/iot/setup'])
        self.assertIn('iot_device', written['/iot/setup'])
        self.assertIn('iot_request', written['/iot/box/send_websocket'])
        self.assertIn('iot_log', written['/iot/log'])
        self.assertIn('iot_keyboard_layout', written['/iot/keyboard_layouts'])
        self.assertIn('iot_box', written['/iot/box/update_certificate_status'])
        self.assertIn('iot_box', written['/iot/box/certificate'])

    def try_route(self, strategy):
        """Return the names of the tables where rows were written."""
        all_written = set()

        @fuzz(EXAMPLES)
        @given(strategy, seldom, seldom)
        def check(question, has_other_name, has_other_mac):
            question = self.with_secrets(question)
            if has_other_name:
                question = with_text(question, SERIAL, OTHER_SERIAL)
            if has_other_mac:
                question = with_text(question, MAC, OTHER_MAC)
            _answer, written = self.ask_and_undo(question, lambda: self.look(question))
            self.assertLessEqual(written, OF_BOXES)
            all_written.update(written)

        check()
        return all_written

    def with_secrets(self, question):
        return with_text(with_text(question, TOKEN, self.secret), REQUEST_UID, self.request.uid)

    def look(self, question):
        """People can see what was stored; nothing of the other box has changed."""
        if question.path in DRAWN_PARAMS:
            self.env.invalidate_all()
            self.assertTrue(self.box.with_user(self.manager).read())
        self.assertEqual(self.rows_of(self.other_box), self.rows_of_other)

    def rows_of(self, box):
        """Return all that is stored of a box."""
        rows = {'iot_box': self.env.execute_query(SQL("SELECT * FROM iot_box WHERE id=%s", box.id))}
        for table in self.tables_of_boxes:
            query = SQL(
                "SELECT * FROM %s WHERE box_id = %s ORDER BY id", SQL.identifier(table), box.id
            )
            rows[table] = self.env.execute_query(query)
        return rows


def with_text(question, text, other):
    """Return the question with another text in the place of one, wherever it is."""
    body = question.body.replace(text.encode(), other.encode())
    return replace(question, path=question.path.replace(text, other), body=body)
