"""Check the XML files of addons: well formed, and data files valid by Odoo's own grammar.

usage: python xml_files.py ODOO_PACKAGE_DIR ADDON_DIR...
"""

import sys
from pathlib import Path

from lxml import etree


def problems(path, grammar):
    """Find what is wrong with one file.

    :param Path path: the file
    :param etree.RelaxNG grammar: what data files must be valid against
    :return: iterator of ``(line, message)``
    """
    try:
        document = etree.parse(path)
    except etree.XMLSyntaxError as error:
        yield error.lineno, error.msg
        return
    if document.getroot().tag in ('odoo', 'openerp') and not grammar.validate(document):
        for error in grammar.error_log:
            yield error.line, error.message


def main(odoo_package, *addons):
    grammar = etree.RelaxNG(etree.parse(Path(odoo_package, 'import_xml.rng')))
    found = [
        f'{path}:{line}: {message}'
        for addon in addons
        for path in sorted(Path(addon).rglob('*.xml'))
        for line, message in problems(path, grammar)
    ]
    print(*found, sep='\n')
    return bool(found)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
