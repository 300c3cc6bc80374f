"""Command line of the benchmark."""

import argparse
import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from harness.environment import Environment

from .figures import FIGURES
from .machine import describe
from .server import bench_server
from .table import table, write


@dataclass
class Bench:
    """What a figure is measured with.

    :param environment: what ``./dev`` has set up
    :param times: how often each request
    :param ends: puts away what was made
    """

    environment: Environment
    times: int
    folder: Path
    ends: ExitStack

    @cached_property
    def server(self):
        """A running server, the same for all figures that need no other."""
        return self.fresh_server()

    def fresh_server(self, **options):
        """:return: another one, where no box is connected"""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        return self.ends.enter_context(bench_server(self.environment, folder, **options))


def main():
    options = _options()
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.0/8,localhost,10.99.0.0/24"
    environment = Environment.read()
    machine = describe(environment)
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as ends:
        bench = Bench(environment, options.times, Path(folder), ends)
        for name in options.names or FIGURES:
            for row in FIGURES[name](bench):
                print(" | ".join(filter(None, row.cells)), flush=True)
                rows.append(row)
    print("\n" + table(machine, rows))
    if options.write:
        _write(environment, machine, rows)


def _write(environment, machine, rows):
    path = environment.root / "BENCHMARKS.md"
    try:
        write(path, machine, rows)
    except PermissionError:  # root's, who never runs servers or browsers
        target = environment.state / "tmp" / path.name
        write(path, machine, rows, target)
        print(f"\nThis account may not change {path}: copy {target} there.")


def _options():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="figure", help=f"of {', '.join(FIGURES)}")
    parser.add_argument("--times", type=int, default=300, help="how often each request (300)")
    parser.add_argument("--write", action="store_true", help="put the table into BENCHMARKS.md")
    options = parser.parse_args()
    if unknown := set(options.names) - set(FIGURES):
        parser.error(f"there is no figure {', '.join(unknown)}")
    if options.write and options.names:
        parser.error("--write takes all figures")
    return options
