"""Write templates and translations as they have to be, and tell what is missing in them.

usage: python devtool/translations DATABASE OUTPUT_DIR ADDON_DIR...

``OUTPUT_DIR`` gets ``ADDON/i18n/ADDON.pot`` and a ``.po`` for each language. Without it (``-``)
nothing is written; files that would change are then told as problems as well.
"""

import sys
from pathlib import Path

import polib
from languages import LANGUAGES
from merge import merged
from rules import disagreements, problems
from template import template_of


def files_of(env, folder):
    """Make the template and the translations of one addon.

    :param odoo.api.Environment env: of a database in which it is installed
    :param Path folder: of the addon
    :return: iterator of ``(path below the folder, polib.POFile)``; the template is first
    """
    template = template_of(env, folder.name)
    yield Path('i18n', f'{folder.name}.pot'), template
    for code in LANGUAGES:
        path = Path('i18n', f'{code}.po')
        so_far = polib.pofile(str(folder / path)) if (folder / path).exists() else None
        yield path, merged(template, so_far, code)


def main(database, output, *addon_dirs):
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(['-d', database, '--no-http', '--log-level=warn'], setup_logging=True)
    found = []
    translations = {}  # code -> list of (path, file)
    with Registry(database).cursor(readonly=True) as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        for folder in map(Path, addon_dirs):
            for path, file in files_of(env, folder):
                present, wanted = folder / path, str(file) + '\n'
                if output != '-':
                    target = Path(output, folder.name, path)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(wanted)
                elif not present.exists() or present.read_text() != wanted:
                    found.append((folder.name / path, 1, "is stale: run ./dev translations"))
                if path.suffix == '.po':
                    translations.setdefault(path.stem, []).append((folder.name / path, file))
    for code, files in translations.items():
        for path, file in files:
            found += [(path, *problem) for problem in problems(file, LANGUAGES[code])]
        found += disagreements(files)
    for path, line, message in found:
        print(f'{path}:{line}: {message}')
    return bool(found)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
