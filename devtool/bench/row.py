"""One line of the table."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """
    :param title: what is measured
    :param value: with its unit
    :param floor: with its unit, and what it is
    :param ratio: of value and floor
    :param spread: quartiles of the ratio, or nothing
    :param goal: the most that the ratio may be, None without one
    :param missed: whether a goal other than a ratio is missed
    :param note: what else is to be known
    """

    title: str
    value: str
    floor: str = ""
    ratio: float | None = None
    spread: tuple[float, float] | None = None
    goal: float | None = None
    missed: bool = False
    note: str = ""

    @classmethod
    def of(cls, title, comparison, floor="no-op", **others):
        """:param comparison: whose medians these are"""
        return cls(
            title,
            milliseconds(comparison.figure),
            f"{milliseconds(comparison.floor)} ({floor})",
            comparison.ratio,
            comparison.spread,
            **others,
        )

    @property
    def verdict(self):
        if self.missed or (self.goal and self.ratio > self.goal):
            return "**missed**"
        return "met" if self.goal or self.note.startswith("goal") else ""

    @property
    def cells(self):
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        if self.spread:
            ratio += f" ({self.spread[0]:.2f}–{self.spread[1]:.2f})"
        goal = f"≤ {self.goal:g} ×" if self.goal else ""
        return [self.title, self.value, self.floor, ratio, goal, self.verdict, self.note]


HEADINGS = ["figure", "takes", "floor", "ratio (quartiles)", "goal", "verdict", "remarks"]


def milliseconds(seconds):
    """:return: their median"""
    return f"{1000 * statistics.median(seconds):.2f} ms"
