"""``python devtool/bench``: the benchmark, see ``--help``."""

import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:1] = [str(_ROOT / "devtool"), str(_ROOT / "system_tests")]

from bench.command import main  # noqa: E402 - found by the line above

sys.exit(main())
