"""Put the table of a run of ``test_matrix.py`` into README.md, between its two marks.

usage: python matrix_table.py TABLE README ODOO_VERSION
       python matrix_table.py TABLE README

Without a version it only compares them.
"""

import datetime
import re
import sys
from pathlib import Path

START, END = '<!-- matrix: written by ./dev matrix -->', '<!-- end of matrix -->'
MARKS = re.compile(f'({re.escape(START)}\n)(.*?)({re.escape(END)})', re.DOTALL)


def differences(table, readme):
    """Find what README.md says otherwise than a run.

    :return: lines that only one of them has, each with a ``+`` if it is the run
    """
    [told] = MARKS.findall(Path(readme).read_text()) or [('', '', '')]
    old = {line for line in told[1].splitlines() if line.startswith('|')}
    new = set(Path(table).read_text().splitlines())
    return [f'-{line}' for line in old - new] + [f'+{line}' for line in new - old]


def compare(table, readme):
    """:raise SystemExit: when README.md says otherwise than the run"""
    if not Path(table).exists():
        sys.exit("the tests of boxes and servers left no table")
    if found := differences(table, readme):
        sys.exit('\n'.join([f"{readme} is not what was found just now: run ./dev matrix", *found]))


def write(table, readme, version):
    """Rewrite the part between the marks.

    :raise SystemExit: when a cell was not run, or there are no marks; then nothing has changed
    """
    rows = Path(table).read_text()
    if 'not run' in rows:
        sys.exit(f"{table}: not every cell was run, README.md stays as it is")
    today = datetime.date.today().isoformat()
    told = f"Run on {today} with Odoo {version}: `./dev matrix`."
    text, count = MARKS.subn(
        lambda found: f'{found[1]}\n{rows}\n{told}\n\n{found[3]}', Path(readme).read_text()
    )
    if count != 1:
        sys.exit(f"{readme}: no marks for the table")
    Path(readme).write_text(text)


if __name__ == '__main__':
    (write if len(sys.argv) > 3 else compare)(*sys.argv[1:])
