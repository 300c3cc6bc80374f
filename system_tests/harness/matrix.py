"""The table of versions of boxes and ways to run Odoo, as a run of its tests has found it.

A plugin of pytest: a test with the fixtures ``deployment`` and ``cell`` is one row, its docstring
the head of it; each deployment is a column. The table is left in ``logs/matrix.md`` below ``.dev``.
"""

import inspect

import pytest

from .deployments import TITLES
from .environment import Environment

FILE = "logs/matrix.md"
_FAILS = "**fails**"


@pytest.fixture
def cell(request):
    """What the table says if the test passes: ``cell("yes")``"""
    told = request.node.user_properties
    told.append(("row", inspect.getdoc(request.function)))
    told.append(("column", request.node.callspec.params["deployment"]))
    return lambda text: told.append(("cell", text))


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # those of xdist hand on what they find
        config.pluginmanager.register(_Collector())


class _Collector:
    def __init__(self):
        self._rows = {}

    def pytest_runtest_logreport(self, report):
        found = dict(report.user_properties)
        if "row" not in found or (report.when == "teardown" and report.passed):
            return
        test = report.nodeid.rpartition("::")[2].partition("[")[0]
        cells = self._rows.setdefault((found["row"], test), {})
        if report.failed:
            cells[found["column"]] = _FAILS
        elif "cell" in found:
            cells.setdefault(found["column"], found["cell"])

    def pytest_sessionfinish(self):
        if self._rows:
            lines = [
                _line("IoT box", *TITLES.values(), "Test"),
                _line(*["---"] * (len(TITLES) + 2)),
            ]
            for (row, test), cells in self._rows.items():
                told = [cells.get(column, "not run") for column in TITLES]
                lines.append(_line(row, *told, f"`{test}`"))
            path = Environment.read().state / FILE
            path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _line(*cells):
    return f"| {' | '.join(cells)} |"
