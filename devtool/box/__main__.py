"""``python devtool/box``: one virtual box, see ``--help``."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from box.command import main  # noqa: E402 - found by the line above

sys.exit(main())
