"""Print the last line of ``./dev test``; the exit code says whether all is well.

usage: python total.py COUNTS
"""

import json
import sys
from pathlib import Path

phases = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]
passed, failed, skipped = (
    sum(phase[key] for phase in phases) for key in ('passed', 'failed', 'skipped')
)
print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
sys.exit(bool(failed) or not passed)
