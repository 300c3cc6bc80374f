from datetime import timedelta

from odoo.tests import BaseCase

from ..exceptions import AuthorityError, NotEligible
from ..tools.issue_retry import renewal_at, retry_at
from .common import NOW


class TestIssueRetry(BaseCase):
    def pause(self, code, failures, spread=1.0, wish=None):
        error = AuthorityError(code, "", retry_at=wish)
        return retry_at(error, failures, NOW, spread) - NOW

    def test_what_passes_by_itself_is_tried_soon_and_then_less_and_less(self):
        for code in ('unavailable', 'timeout', 'invalid_answer'):
            pauses = [self.pause(code, failures) for failures in (1, 2, 3, 9, 10, 1000)]
            self.assertEqual(
                [pause.total_seconds() / 60 for pause in pauses], [1, 2, 4, 256, 360, 360]
            )

    def test_after_a_refusal_there_are_at_most_two_tries_an_hour(self):
        for code in ('refused', 'not_configured', 'missing_library'):
            self.assertEqual(self.pause(code, 1), timedelta(minutes=30))
            self.assertEqual(self.pause(code, 99), timedelta(hours=6))
        self.assertEqual(retry_at(NotEligible((), ""), 1, NOW, 1) - NOW, timedelta(minutes=30))

    def test_tries_of_many_databases_are_spread(self):
        self.assertEqual(self.pause('unavailable', 1, spread=0), timedelta(seconds=30))

    def test_a_pause_that_the_authority_wants_is_kept_to(self):
        wish = NOW + timedelta(days=2)
        self.assertEqual(self.pause('refused', 1, wish=wish), timedelta(days=2))
        self.assertEqual(self.pause('unavailable', 1, wish=NOW), timedelta(minutes=1))

    def test_renewal_is_as_wished_or_before_two_thirds_of_the_life_are_over(self):
        end = NOW + timedelta(days=90)
        wish = NOW + timedelta(days=10)
        self.assertEqual(renewal_at(NOW, end, wish, 0), wish)
        for impossible in (None, end):
            for spread in (0, 1):
                moment = renewal_at(NOW, end, impossible, spread)
                self.assertTrue(timedelta(days=55) < moment - NOW < timedelta(days=60))
