"""A figure and its floor, taken in turns: whatever else the machine does, it does to both."""

import statistics
import time
from dataclasses import dataclass

WARM_UP = 20  # runs that do not count


@dataclass(frozen=True)
class Comparison:
    """
    :param floor: seconds of each run
    :param figure: seconds of each run
    """

    floor: list[float]
    figure: list[float]

    @property
    def ratio(self):
        return statistics.median(self.figure) / statistics.median(self.floor)

    @property
    def spread(self):
        """:return: quartiles of the ratios of neighbours"""
        ratios = [figure / floor for figure, floor in zip(self.figure, self.floor, strict=True)]
        lower, _median, upper = statistics.quantiles(ratios, n=4)
        return lower, upper


def compare(floor, figure, times, warm_up=WARM_UP):
    """Run both in turns.

    :param floor: called without arguments
    :param figure: called without arguments
    :param times: how often each
    :rtype: Comparison
    """
    for _run in range(warm_up):
        floor()
        figure()
    pairs = [(seconds(floor), seconds(figure)) for _run in range(times)]
    return Comparison(*map(list, zip(*pairs, strict=True)))


def seconds(work):
    """:return: how long it takes"""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
