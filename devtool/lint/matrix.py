"""Check the table of boxes and servers in README.md: each cell has a test, each test its cells.

usage: python matrix.py REPOSITORY_DIR
"""

import ast
import sys
from pathlib import Path

README = 'README.md'
TESTS = 'system_tests/test_matrix.py'
DEPLOYMENTS = 'system_tests/harness/deployments.py'
START, END = '<!-- matrix: written by ./dev matrix -->', '<!-- end of matrix -->'


def rows_expected(root):
    """Return the heads of the columns, and head and test of each row, as the tests have them.

    :param Path root: the repository
    :rtype: tuple[list[str], list[tuple[str, str]]]
    """
    [titles] = (
        ast.literal_eval(node.value)
        for node in ast.parse(Path(root, DEPLOYMENTS).read_text()).body
        if isinstance(node, ast.Assign) and node.targets[0].id == 'TITLES'
    )
    tests = [
        (ast.get_docstring(node), f'`{node.name}`')
        for node in ast.parse(Path(root, TESTS).read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith('test_')
    ]
    return list(titles.values()), tests


def problems(root):
    """Find what is wrong with the table.

    :param Path root: the repository
    :return: iterator of ``(line, message)``
    """
    lines = Path(root, README).read_text().splitlines()
    if START not in lines or END not in lines:
        yield 1, "the marks of the table are gone"
        return
    start = lines.index(START)
    table = [
        (number, [cell.strip() for cell in line.strip('|').split(' | ')])
        for number, line in enumerate(lines[start : lines.index(END)], start + 1)
        if line.startswith('|')
    ]
    columns, tests = rows_expected(root)
    if not table or table[0][1] != ["IoT box", *columns, "Test"]:
        yield start + 1, f"the columns are not those of {DEPLOYMENTS}: run ./dev matrix"
        return
    missing = dict.fromkeys(tests)
    for number, cells in table[2:]:
        if (cells[0], cells[-1]) not in missing:
            yield number, f"{TESTS} has no such row: run ./dev matrix"
        elif len(cells) != len(columns) + 2 or not all(cells):
            yield number, "a cell is missing: run ./dev matrix"
        missing.pop((cells[0], cells[-1]), None)
    for head, test in missing:
        yield start + 1, f"there is no row for {test} ({head}): run ./dev matrix"


def main(root):
    found = [f'{README}:{line}: {message}' for line, message in problems(root)]
    print(*found, sep='\n')
    return bool(found)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
