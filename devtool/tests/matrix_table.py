"""Put the table of a run of ``test_matrix.py`` into README.md, between its two marks.

usage: python matrix_table.py TABLE README ODOO_VERSION
"""

import datetime
import re
import sys
from pathlib import Path

START, END = '<!-- matrix: written by ./dev matrix -->', '<!-- end of matrix -->'


def main(table, readme, version):
    """Rewrite the part between the marks.

    :raise SystemExit: when a cell was not run, or there are no marks; then nothing has changed
    """
    rows = Path(table).read_text()
    if 'not run' in rows:
        sys.exit(f"{table}: not every cell was run, README.md stays as it is")
    today = datetime.date.today().isoformat()
    told = f"Run on {today} with Odoo {version}: `./dev matrix`."
    marks = re.compile(f'({re.escape(START)}\n).*?({re.escape(END)})', re.DOTALL)
    text, count = marks.subn(
        lambda found: f'{found[1]}\n{rows}\n{told}\n\n{found[2]}', Path(readme).read_text()
    )
    if count != 1:
        sys.exit(f"{readme}: no marks for the table")
    Path(readme).write_text(text)


if __name__ == '__main__':
    main(*sys.argv[1:])
