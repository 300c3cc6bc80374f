"""What the benchmark makes of its seconds; it is run by hand, ``./dev bench``."""

from datetime import date

import pytest
from bench.comparison import Comparison, compare
from bench.row import HEADINGS, Row
from bench.table import write

MACHINE = [("memory", "24 GB")]
FIGURES = "# Benchmarks\n<!-- figures -->\nold\n<!-- end of figures -->\nWords.\n"


def row(ratio, **others):
    return Row("figure", "1 ms", "1 ms (no-op)", ratio, **others)


def test_the_ratio_is_that_of_the_medians_and_the_spread_that_of_neighbours():
    comparison = Comparison([1.0, 2.0, 100.0, 2.0, 1.0], [2.0, 4.0, 200.0, 4.0, 20.0])
    assert comparison.ratio == 2
    assert comparison.spread == (2, 11)


def test_floor_and_figure_take_turns_after_both_have_warmed_up():
    runs = []
    done = compare(lambda: runs.append("floor"), lambda: runs.append("figure"), 3, warm_up=2)
    assert runs == ["floor", "figure"] * 5
    assert len(done.floor) == len(done.figure) == 3


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        (row(1.3, goal=1.3), "met"),
        (row(1.31, goal=1.3), "**missed**"),
        (row(1.0, goal=1.3, missed=True), "**missed**"),
        (row(9.0), ""),
    ],
)
def test_a_goal_is_the_most_that_a_ratio_may_be(figure, verdict):
    assert figure.verdict == verdict
    assert len(figure.cells) == len(HEADINGS)


def test_the_table_takes_the_place_of_the_former_one_and_words_stay(tmp_path):
    path = tmp_path / "BENCHMARKS.md"
    path.write_text(FIGURES, encoding="utf-8")
    write(path, MACHINE, [row(1.25, spread=(1.1, 1.4), goal=1.3)])
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# Benchmarks\n<!-- figures -->\nMeasured on {date.today()}.")
    assert "| figure | 1 ms | 1 ms (no-op) | 1.25 × (1.10–1.40) | ≤ 1.3 × | met |  |" in text
    assert text.endswith("\n<!-- end of figures -->\nWords.\n")
    assert "old" not in text


def test_a_file_without_a_place_for_the_table_is_left_alone(tmp_path):
    path = tmp_path / "BENCHMARKS.md"
    path.write_text("# Benchmarks\n<!-- figures -->\n", encoding="utf-8")
    with pytest.raises(ValueError, match="end of figures"):
        write(path, MACHINE, [])
    assert path.read_text(encoding="utf-8") == "# Benchmarks\n<!-- figures -->\n"
