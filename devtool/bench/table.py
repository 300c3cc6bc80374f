"""The table of all figures, as Markdown."""

from datetime import date

from .row import HEADINGS

_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"


def table(machine, rows):
    """:param machine: see ``machine.describe``"""
    lines = [f"Measured on {date.today()}.", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in machine]
    lines += ["", _line(HEADINGS), _line(["---"] * len(HEADINGS))]
    lines += [_line(row.cells) for row in rows]
    return "\n".join(lines)


def write(path, machine, rows, target=None):
    """Put the table between its marks.

    :param path: a Markdown file that has them
    :param target: another file for what comes of it
    """
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, mark, after = rest.partition(_END)
    if not mark:
        raise ValueError(f"{path} lacks {_BEGIN} or {_END}")
    target = target or path
    target.write_text(f"{before}{_BEGIN}\n{table(machine, rows)}\n{_END}{after}", encoding="utf-8")


def _line(cells):
    return f"| {' | '.join(cells)} |"
