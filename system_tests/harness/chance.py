"""Faults by chance, the same ones for the same seed."""

import os
from collections import Counter
from random import Random

from . import faults

# of each kind, as often as Pebble, the test authority of Let's Encrypt, refuses good nonces
RATE = 0.05
LONGEST_DELAY = 15  # seconds, again as Pebble; boxes wait for 5

SEED = int(os.environ.get("IOT_FAULTS_SEED", "1"))
ROUNDS = int(os.environ.get("IOT_FAULTS_ROUNDS", "1"))
SEEDS = range(SEED, SEED + ROUNDS)


class Chance:
    """Chooses what happens to each request.

    What happens to the tenth request of a path depends on the seed alone, not on what other
    threads do meanwhile.

    :param seed: a number
    :ivar chosen: how often each fault was chosen, by path and name
    """

    def __init__(self, seed):
        self._seed = seed
        self._numbers = Counter()
        self.chosen = Counter()

    def __call__(self, path):
        """
        :param path: that is asked for next
        :return: a fault, or None
        """
        self._numbers[path] += 1
        random = Random(f"{self._seed} {path} {self._numbers[path]}")
        kinds = {
            "unreached": faults.unreached,
            "lost": faults.lost,
            "late": faults.late(random.uniform(0, LONGEST_DELAY)),
            "500": faults.status(500),
            "emptied": faults.emptied,
            "truncated": faults.truncated,
            "twice": faults.twice,
        }
        for name, fault in kinds.items():
            if random.random() < RATE:
                self.chosen[path, name] += 1
                return fault
        return None

    def count(self, *paths):
        """:return: how many answers of these paths were spoilt; those that came twice are good"""
        return sum(
            times
            for (path, name), times in list(self.chosen.items())  # requests go on
            if path in paths and name != "twice"
        )
