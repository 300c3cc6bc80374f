"""Whatever strangers post to our open routes: no failure, no trace of code, no row, no clue."""

import gc
import json
import re

import psutil
from hypothesis import given

from odoo.tests import tagged

from .. import const
from ..controllers.box_dispatcher import REFUSED
from .fuzz_http import FuzzHttpCommon
from .fuzz_routes import STRATEGIES, WRITTEN_FOR_STRANGERS, large_questions
from .fuzz_strategies import fuzz
from .fuzz_valid import SERIAL

OURS = re.compile(r'odoo\.addons\.(iot|iot_\w+|pos_iot)\.')
# A code for a box is random.
RANDOM = re.compile(r'[B-Z]{3}-[B-Z]{3}-[B-Z]{3}|[0-9a-f]{32}')
EXAMPLES = 420  # each about the box and about another one: two bodies
MIN_BODIES = 10_000
# Of each route so many questions are asked again: what the server keeps of them then is a leak, but
# for a few hundred bytes each.
ASKED_AGAIN = 40
MAX_KEPT = 8 * 2**10
# Five routes read a body of a megabyte: kept, they were 5 MiB in each round.
ROUNDS = 8
MAX_GROWTH = 3 * 2**20


def resident():
    """Return how many bytes of memory this process has, which is the server, too."""
    gc.collect()
    return psutil.Process().memory_info().rss


def least_growth(work, rounds):
    """Return by how many bytes this process grows each time: a leak shows in all rounds, what the
    allocator keeps for later does not.
    """
    growths = []
    for _round in range(rounds):
        before = resident()
        work()
        growths.append(resident() - before)
    return min(growths)


def is_understood(answer):
    """Tell whether a question was in order, so that its answer depends on who asks."""
    if answer.status != 200:
        return False
    if '"jsonrpc"' not in answer.text:
        return True
    body = json.loads(answer.text)
    # to be told "expired" is not to be told that one has said something wrong
    return 'result' in body or body['error'] == 'expired' or body['error']['code'] == REFUSED


@tagged('post_install', '-at_install')
class TestFuzzStrangers(FuzzHttpCommon):
    def setUp(self):
        super().setUp()
        self.box, _secret, _channel = self.connect(SERIAL, source='192.168.1.20')
        self.env['ir.config_parameter'].set_param(const.SERVE_OTHERS_PARAMETER, 'True')
        self.env.flush_all()

    def test_every_open_route_of_our_addons_is_tried(self):
        found = {
            rule.rule
            for rule in self.env['ir.http'].routing_map().iter_rules()
            if rule.endpoint.routing['auth'] not in ('user', 'bearer')
            and OURS.match(rule.endpoint.func.__module__)
        }
        self.assertEqual(found, set(STRATEGIES))

    def test_strangers_change_nothing_and_learn_nothing(self):
        again = []
        with self.allow_requests():
            for route, strategy in STRATEGIES.items():
                with self.subTest(route):
                    asked = self.try_route(strategy, WRITTEN_FOR_STRANGERS.get(route, set()))
                    again += asked[:: max(len(asked) // ASKED_AGAIN, 1)]
            self.assertGreaterEqual(self.bodies, MIN_BODIES)
            self.ask_all(again)
            kept = least_growth(lambda: self.ask_all(again), rounds=3) / len(again)
        self.assertLess(kept, MAX_KEPT)
        self._logger.info("%s bodies; %d bytes kept of each", self.bodies, kept)

    def test_large_bodies_are_not_kept(self):
        large = list(large_questions())
        with self.allow_requests():
            self.ask_all(large)
            growth = least_growth(lambda: self.ask_all(large), ROUNDS)
        self.assertLess(growth, MAX_GROWTH)
        self._logger.info("%d KiB more after %s large bodies", growth >> 10, len(large))

    def try_route(self, strategy, may_write):
        """Ask all kinds of questions, each about a box that is there and about one that is not.

        :return: the questions
        """
        asked, understood = [], []

        @fuzz(EXAMPLES)
        @given(strategy)
        def check(question):
            asked.append(question)
            answer, written = self.ask_and_undo(question)
            self.assertLessEqual(written, may_write)
            other, _written = self.ask_and_undo(question.of_another_box())
            if answer and other:
                understood.append(is_understood(answer))
                self.assertEqual(self.masked(answer.about_another_box()), self.masked(other))

        check()
        self.assertTrue(any(understood), "nothing was in order: the strategy is too wild")
        return asked

    def ask_all(self, questions):
        for question in questions:
            self.ask_and_undo(question)

    def masked(self, answer):
        return answer.status, answer.headers, RANDOM.sub('random', answer.text)
