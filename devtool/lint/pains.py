"""Check PAINS.md: its rows are numbered, and each test it names exists.

A test is named in backticks as ``file::name``: the name of a Python test, or the title of one of
Hoot. A row without any says why: "No test: ...".

usage: python pains.py REPOSITORY_DIR
"""

import ast
import re
import sys
from pathlib import Path

TABLE = 'PAINS.md'
ROW = re.compile(r'\| (\d+) \|')
TEST = re.compile(r'`([^`]+?\.(?:py|js))::([^`]+)`')
REASON = "No test: "


def tests_of(path):
    """Find the names of all tests of one file.

    :param Path path: a Python file, or one of Hoot
    :rtype: set[str]
    """
    source = path.read_text()
    if path.suffix == '.js':
        return set(re.findall(r'^\s*test\("([^"]+)"', source, re.MULTILINE))
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    return {function.name for function in functions if function.name.startswith('test_')}


def problems(root):
    """Find what is wrong with the table.

    :param Path root: the repository
    :return: iterator of ``(line, message)``
    """
    number = 0
    for line, text in enumerate(Path(root, TABLE).read_text().splitlines(), 1):
        tests = TEST.findall(text)
        for file, name in tests:
            if not Path(root, file).is_file():
                yield line, f"there is no file {file}"
            elif name not in tests_of(Path(root, file)):
                yield line, f"{file} has no test {name}"
        if row := ROW.match(text):
            number += 1
            if int(row[1]) != number:
                yield line, f"row {row[1]} should be {number}"
            if not tests and REASON not in text:
                yield line, f"row {row[1]} neither names a test nor says why there is none"
        elif text.startswith('|') and number:
            yield line, "a row without a number"
    if not number:
        yield 1, "there are no rows"


def main(root):
    found = [f'{TABLE}:{line}: {message}' for line, message in problems(root)]
    print(*found, sep='\n')
    return bool(found)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
