"""How long something may take, by a clock that nobody sets."""

import random
import time


class Deadline:
    """
    :param float seconds: from now
    """

    def __init__(self, seconds):
        self._end = time.monotonic() + seconds

    def left(self):
        """:return: seconds, not below 0"""
        return max(0.0, self._end - time.monotonic())

    def is_over(self):
        return not self.left()

    def pause(self, seconds):
        """Wait so long, at most until the end."""
        time.sleep(min(seconds, self.left()))

    def back_off(self, attempt, base=0.5, most=30.0):
        """Wait before the next attempt, with full jitter: who failed together comes back apart.

        :param int attempt: how many have failed, from 1
        """
        self.pause(random.uniform(0, min(most, base * 2**attempt)))
