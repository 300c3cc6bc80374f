"""Whatever a stranger asks for where Odoo's bus is polled, as on servers whose websockets do not
come through: nothing of a box, and no failure but the bus's own."""

import json

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.bus.models.bus import channel_with_db

from .channel_common import without_our_channels
from .fuzz_http import FuzzHttpCommon, Question
from .fuzz_strategies import fuzz, json_bodies, texts
from .fuzz_valid import SERIAL

EXAMPLES = 200
PEEK_ROUTE = '/websocket/peek_notifications'
TO_BOX = 'test_connection'


def reason(answer):
    """Return which exception an answer tells of, without its traceback."""
    data = answer and answer['error']['data']
    return data and (data['name'], data['message'])


@tagged('post_install', '-at_install')
class TestFuzzPeek(FuzzHttpCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, self.channel = self.connect(SERIAL)
        self.box._websocket_opened('first')
        self.box._send_command(TO_BOX)
        self.env.flush_all()
        self.env.cr.precommit.run()  # which writes the messages

    def check(self, question, answer):
        """Override: Odoo's own route tells of its code, and makes a session."""

    def peek(self, body):
        """Return status and decoded answer, None where it is no JSON."""
        question = Question('POST', PEEK_ROUTE, body, {'Content-Type': 'application/json'})
        answer = self.ask(question)
        try:
            return answer.status, json.loads(answer.text)
        except ValueError:
            return answer.status, None

    def test_strangers_hear_nothing_that_is_for_a_box(self):
        address = channel_with_db(self.env.cr.dbname, self.box)
        guesses = st.sampled_from((
            json.dumps(address), f'iot.box_{self.box.id}', f'iot.box,{self.box.id}', SERIAL,
            self.secret, self.channel[:-1], 'iot_channel_', 'iot_channel_' + '0' * 64,
        ))  # fmt: skip
        channels = guesses | texts.map('iot_channel_{}'.format) | texts
        params = st.fixed_dictionaries(
            {
                'channels': st.lists(channels, max_size=4),
                'last': st.just(0) | st.integers(),
                'is_first_poll': st.just(True),
            },
            optional={'identifier': st.just(SERIAL), 'iot_token': texts},
        )
        bodies = params.flatmap(lambda valid: json_bodies({'params': valid}))
        answered = []

        @fuzz(EXAMPLES)
        @given(bodies)
        def check(body):
            with self.undo_writes() as tables:
                status, answer = self.peek(body)
            self.assertFalse(tables)
            if answer and 'result' in answer:
                answered.append(answer)
                self.assertNotIn(TO_BOX, str(answer))
                self.assertNotIn([*address], answer['result']['channels'])
                return
            with without_our_channels(), self.undo_writes():
                stock_status, stock_answer = self.peek(body)
            self.assertEqual(status, stock_status)
            self.assertEqual(reason(answer), reason(stock_answer))

        with self.allow_requests():
            check()
        self.assertTrue(answered, "nothing was in order: the strategy is too wild")

    def test_the_one_who_knows_the_channel_hears_it(self):
        params = {'channels': [self.channel], 'last': 0, 'is_first_poll': True}
        with self.allow_requests():
            _status, answer = self.peek(json.dumps({'params': params}).encode())
        self.assertIn(TO_BOX, str(answer['result']['notifications']))
