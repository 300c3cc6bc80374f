"""What holds for every route that boxes call."""

import json
from dataclasses import replace
from urllib.parse import urlencode

from odoo.tests import tagged

from .fuzz_http import FuzzHttpCommon, Question
from .fuzz_routes import DISPLAY_ROUTE, STRATEGIES
from .fuzz_valid import SERIAL, VALID_FORMS, VALID_LOG, VALID_PARAMS

JSON, FORM = 'application/json', 'application/x-www-form-urlencoded'
QUESTIONS = {
    **{
        path: Question(
            'POST', path, json.dumps({'params': params}).encode(), {'Content-Type': JSON}
        )
        for path, params in VALID_PARAMS.items()
    },
    **{
        path: Question('POST', path, urlencode(fields).encode(), {'Content-Type': FORM})
        for path, fields in VALID_FORMS.items()
    },
    '/iot/log': Question('POST', '/iot/log', VALID_LOG.encode(), {}),
    DISPLAY_ROUTE: Question('GET', DISPLAY_ROUTE.replace('<identifier>', SERIAL), b'', {}),
}


@tagged('post_install', '-at_install')
class TestBoxRoutes(FuzzHttpCommon):
    def setUp(self):
        super().setUp()
        # a browser behind the address of the box
        self.box, _secret, _channel = self.connect(SERIAL, source='127.0.0.1')
        self.env.flush_all()

    def is_refused(self, answer):
        return (
            answer.status == 403 or '"error": {"code": 403, "message": "Forbidden"' in answer.text
        )

    def test_pages_are_refused_on_every_route(self):
        self.assertEqual(set(QUESTIONS), set(STRATEGIES))
        with self.allow_requests():
            for route, question in QUESTIONS.items():
                for headers, is_refused in (
                    ({'Sec-Fetch-Site': 'cross-site'}, True),
                    ({'Sec-Fetch-Site': 'same-site'}, True),
                    ({'Origin': 'https://elsewhere.example.com'}, True),
                    ({'Origin': 'null'}, True),
                    ({'Sec-Fetch-Site': 'none'}, False),  # a person typed the address
                    ({}, False),
                ):
                    with self.subTest(route=route, headers=headers):
                        asked = replace(question, headers={**question.headers, **headers})
                        answer, written = self.ask_and_undo(asked)
                        self.assertEqual(self.is_refused(answer), is_refused, answer)
                        self.assertFalse(is_refused and written)

    def test_every_route_refuses_a_body_that_is_too_long_unread(self):
        limits = {
            rule.rule: rule.endpoint.routing.get('max_content_length')
            for rule in self.env['ir.http'].routing_map().iter_rules()
            if rule.endpoint.routing['auth'] == 'iot_box'
        }
        self.assertEqual(set(limits), set(STRATEGIES))
        for route, limit in limits.items():
            with self.subTest(route=route):
                self.assertIsInstance(limit, int)
                self.assertLessEqual(limit, 10 * 2**20)
