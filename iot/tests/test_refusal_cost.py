"""The time that an answer takes tells strangers as little as its words: they have the server do the
same for a box that is there and for one that is not."""

import json
from urllib.parse import urlencode

from odoo.tests import tagged

from .. import const
from .common import DEVICES
from .fuzz_http import FuzzHttpCommon, Question
from .fuzz_valid import SERIAL, VALID_FORMS, VALID_LOG, VALID_PARAMS

DISPLAY_URL = f'/iot/box/{SERIAL}/display_url'
FORM = {'Content-Type': 'application/x-www-form-urlencoded'}


def questions():
    """Yield a question in good order to each open route that hears the name of a box."""
    for path, params in VALID_PARAMS.items():
        body = json.dumps({'params': params}).encode()
        yield Question('POST', path, body, {'Content-Type': 'application/json'})
    for path, fields in VALID_FORMS.items():
        yield Question('POST', path, urlencode(fields).encode(), FORM)
    yield Question('POST', '/iot/log', VALID_LOG.encode())
    yield Question('GET', DISPLAY_URL)


@tagged('post_install', '-at_install')
class TestRefusalCost(FuzzHttpCommon):
    def setUp(self):
        super().setUp()
        self.box, _secret, _channel = self.connect(SERIAL, DEVICES)  # from another address
        self.env['ir.config_parameter'].set_param(const.SERVE_OTHERS_PARAMETER, 'True')
        self.box.device_ids[0]._send_action('status')
        self.env.flush_all()

    def queries(self, question):
        """Return how many queries an answer takes whose caches are warm."""
        counts = []
        for _time in range(2):
            self.env.invalidate_all()
            with self.undo_writes():
                before = self.env.cr.sql_log_count
                self.ask(question)
                counts.append(self.env.cr.sql_log_count - before)
        return counts[-1]

    def test_a_refusal_takes_as_many_queries_for_a_box_that_is_there(self):
        with self.allow_requests():
            for question in questions():
                with self.subTest(question.path):
                    other = self.queries(question.of_another_box())
                    self.assertEqual(self.queries(question), other)
