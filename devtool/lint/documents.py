"""Check the documents: what they point to exists, and shell commands say what runs them.

Links, pictures and headings are those of Markdown and of the HTML in it; addresses elsewhere are
not asked. A block of shell commands has a comment right above it, ``<!-- tested: file::name -->``
or ``<!-- not run: why -->``. Commands, options and variables of ``./dev`` are there, and none is
missing in CONTRIBUTING.md. Each "contract section" that a comment cites is a heading of the page
about the contract. The table of files of an addon names its models, tools and controllers, all of
them and no others.

usage: python documents.py REPOSITORY_DIR
"""

import re
import sys
from pathlib import Path
from urllib.parse import unquote

from pains import tests_of

GUIDE = 'CONTRIBUTING.md'
CONTRACT = 'iot/doc/protocol.md'
FENCE = re.compile(r'^\s*```(\S*)')
SHELL = {'', 'bash', 'console', 'sh', 'shell'}
TESTED = re.compile(r'^<!-- tested: (\S+)::(\S+) -->$')
NOT_RUN = re.compile(r'^<!-- not run: \S.* -->$')
LINK = re.compile(r'\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"')
ELSEWHERE = re.compile(r'^[a-z]+:')
HEADING = re.compile(r'^#+ (.*)')
COMMAND = re.compile(r'\./dev ([a-z]+)((?: --?[a-z][a-z-]*)*)')
VARIABLE = re.compile(r'`([A-Z][A-Z_]+)`')
FILE = re.compile(r'`([\w/]+\.py)`')
SECTION = re.compile(r'^#+ (\d+(?:\.\d+)*)', re.MULTILINE)
NUMBER = r'\d+(?:\.\d+)*'
GAP = r'[\s#*/]+'  # a comment goes on in the next line
CITATION = re.compile(
    rf'contract{GAP}sections?{GAP}({NUMBER}(?:(?:,{GAP}(?:and{GAP})?|{GAP}and{GAP}){NUMBER})*)',
    re.IGNORECASE,
)


def documents(root):
    """Find the documents, in the repository and in what is not committed yet.

    :rtype: list[Path]
    """
    found = sorted(root.glob('*.md')) + sorted(root.glob('[a-z]*/**/*.md'))
    return [path for path in found if 'node_modules' not in path.parts]


def split(path):
    """Tell the lines of text from blocks.

    :return: tuple of the lines ``[(number, text)]`` outside of blocks, and of the blocks
        ``[(number, language, text right above)]``
    """
    lines, blocks, above, is_inside = [], [], '', False
    for number, text in enumerate(path.read_text().splitlines(), 1):
        if fence := FENCE.match(text):
            if not is_inside:
                blocks.append((number, fence[1], above))
            is_inside = not is_inside
        elif not is_inside:
            lines.append((number, text))
        above = text
    return lines, blocks


def anchors(path):
    """List what the headings of a document are called in links, as GitHub does.

    :rtype: set[str]
    """
    headings = [match[1] for _number, text in split(path)[0] if (match := HEADING.match(text))]
    plain = [re.sub(r'\[([^]]*)\]\([^)]*\)|[`*]', r'\1', heading) for heading in headings]
    return {re.sub(r'[^\w\- ]', '', heading.lower()).replace(' ', '-') for heading in plain}


def link_problems(path, lines):
    for number, text in lines:
        for match in LINK.finditer(re.sub(r'`[^`]*`', '', text)):
            target = match[1] or match[2]
            file, _, anchor = unquote(target).partition('#')
            there = path.parent / file if file else path
            if ELSEWHERE.match(target):
                continue
            if not there.exists():
                yield number, f"there is no {target}"
            elif anchor and anchor not in anchors(there):
                yield number, f"{there.name} has no heading for #{anchor}"


def block_problems(root, blocks):
    for number, language, above in blocks:
        if language not in SHELL or NOT_RUN.match(above):
            continue
        mark = TESTED.match(above)
        if not language:
            yield number, "a block without a language"
        elif not mark:
            yield number, "a block of commands that does not say which test runs it"
        elif not (root / mark[1]).is_file() or mark[2] not in tests_of(root / mark[1]):
            yield number, f"there is no test {mark[1]}::{mark[2]}"


def command_problems(root, path):
    for number, text in enumerate(path.read_text().splitlines(), 1):
        for command, options in COMMAND.findall(text):
            script = root / 'devtool/commands' / f'{command}.sh'
            if not script.is_file():
                yield number, f"there is no ./dev {command}"
                continue
            known = script.read_text()
            for option in options.split():
                if option not in known and '"$@"' not in known:  # or it hands on what it is given
                    yield number, f"./dev {command} has no {option}"


def variables(root):
    """Return the variables that the tool reads, and those that tests read.

    :rtype: tuple[set[str], set[str]]
    """
    scripts = [root / 'dev', *root.glob('devtool/*.sh')]
    tests = [*root.glob('system_tests/**/*.py'), *root.glob('*/tests/*.py')]
    in_scripts = re.findall(r'\$\{?([A-Z_]+)', ''.join(map(Path.read_text, scripts)))
    in_tests = re.findall(r'environ\.get\(.(IOT_[A-Z_]+)', ''.join(map(Path.read_text, tests)))
    return set(in_scripts), set(in_tests)


def variable_problems(root, path):
    known = set().union(*variables(root))
    is_table = False
    for number, text in enumerate(path.read_text().splitlines(), 1):
        is_table = text.startswith('| variable |') or (is_table and text.startswith('|'))
        for name in VARIABLE.findall(text) if is_table else ():
            if name not in known:
                yield number, f"nothing reads the variable {name}"


def gaps(root):
    """Find what the guide of developers does not tell.

    :return: iterator of ``(line, message)``
    """
    guide = (root / GUIDE).read_text()
    for command in sorted(path.stem for path in root.glob('devtool/commands/*.sh')):
        if f'`./dev {command}' not in guide and command != 'help':
            yield 1, f"./dev {command} is missing"
    for name in sorted(variables(root)[1]):
        if f'`{name}`' not in guide:
            yield 1, f"the variable {name} is missing"


def file_problems(addon, lines):
    """Compare the table of files in the README of an addon with the files that it has."""
    rows, is_table = [], False
    for number, text in lines:
        is_table = text.startswith('| file |') or (is_table and text.startswith('|'))
        if is_table:
            rows.append((number, text))
    if not rows:
        yield 1, "there is no table of files"
        return
    files = {
        path.relative_to(addon)
        for folder in ('models', 'tools', 'controllers')
        for path in addon.glob(f'{folder}/**/*.py')
        if path.name != '__init__.py'
    }
    named = {name for _number, text in rows for name in FILE.findall(text)}
    for file in sorted(files):
        if not named & {str(file), file.name}:
            yield rows[0][0], f"the table of files does not name {file}"
    for number, text in rows:
        for name in FILE.findall(text):
            is_there = any(name in (str(file), file.name) for file in files)
            if not is_there and not (addon / name).is_file():
                yield number, f"there is no file {name}"


def citation_problems(root):
    """Find what comments cite of the contract and is not there.

    :return: iterator of ``(path, line, message)``
    """
    sections = set(SECTION.findall((root / CONTRACT).read_text()))
    for pattern in ('*iot*/**/*.py', '*iot*/**/*.js', 'devtool/**/*.py', 'system_tests/**/*.py'):
        for path in sorted(root.glob(pattern)):
            text = path.read_text()
            for match in CITATION.finditer(text):
                line = text.count('\n', 0, match.start()) + 1
                for number in re.findall(NUMBER, match[1]):
                    if number not in sections:
                        yield path, line, f"{CONTRACT} has no section {number}"


def problems(root, path):
    """Find what is wrong with a document.

    :return: iterator of ``(line, message)``
    """
    lines, blocks = split(path)
    yield from link_problems(path, lines)
    yield from block_problems(root, blocks)
    yield from command_problems(root, path)
    yield from variable_problems(root, path)
    if (path.parent / '__manifest__.py').is_file():
        yield from file_problems(path.parent, lines)
    if path.name == GUIDE:
        yield from gaps(root)


def main(root):
    root = Path(root)
    found = [
        (path, line, message) for path in documents(root) for line, message in problems(root, path)
    ]
    found = [
        f'{path.relative_to(root)}:{line}: {message}'
        for path, line, message in [*found, *citation_problems(root)]
    ]
    print(*found, sep='\n')
    return bool(found)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
