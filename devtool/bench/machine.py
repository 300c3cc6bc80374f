"""What the figures were measured on."""

import os
import platform
import re
import subprocess
from pathlib import Path


def describe(environment):
    """:return: name and value of all that matters
    :rtype: list[tuple[str, str]]
    """
    processor = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1])
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        ("processor", f"{os.cpu_count()} × {processor[1] if processor else platform.machine()}"),
        ("memory", f"{memory / 1024**2:.0f} GB"),
        ("kernel", platform.release()),
        ("load before the run", f"{load} (1, 5 and 15 minutes)"),
        ("Odoo", _odoo_version(environment)),
        ("PostgreSQL", _first_line("psql", "--version").split()[2]),
        ("Chromium", _first_line(str(environment.chromium), "--version").split()[1]),
        ("Python", platform.python_version()),
        ("revision", _first_line("git", "-C", str(environment.root), "describe", "--always")),
    ]


def _odoo_version(environment):
    code = "from odoo import release; print(release.version)"
    return _first_line(
        str(environment.python),
        "-c",
        f"import sys; sys.path[:0] = [{str(environment.odoo_pkg.parent)!r}]; {code}",
    )


def _first_line(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout.splitlines() or ["- unknown"])[0].strip()
