"""What an action costs: a till waits for it."""

from uuid import uuid4

from ..tools.box_event import BoxEvent
from .request_common import DOCUMENT, HOME, PRINTER_ID, SERIAL, IotRequestCommon


class TestActionCost(IotRequestCommon):
    def setUp(self):
        super().setUp()
        self.print()  # fills Odoo's own caches, and plans the wake-up for half a minute

    def count_queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def print(self):
        """Print and take in the answer; return how many queries each of them took."""
        uid = str(uuid4())
        printer = self.printer.with_user(self.user)
        asked = self.count_queries(
            lambda: printer.request_action('print', {'document': DOCUMENT}, uid)
        )
        boxes = self.env['iot.box'].with_user(self.public_user)
        event = BoxEvent.parse(
            {
                'session_id': uid,
                'iot_box_identifier': SERIAL,
                'device_identifier': PRINTER_ID,
                'status': 'success',
            }
        )
        answered = self.count_queries(lambda: boxes._receive_event(event, source=HOME))
        request = self.env['iot.request'].search([('uid', '=', uid)])
        self.assertEqual((request.state, request.company_id), ('done', self.box.company_id))
        return asked, answered

    def test_an_action_is_noted_by_one_write_and_so_is_its_end(self):
        # device, same request, box, its lock, former job, INSERT, wake-up
        # request, lock of its box, user, next job, UPDATE
        self.assertEqual(self.print(), (7, 5))
