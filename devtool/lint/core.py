"""Run the checks of Odoo's own module ``test_lint`` on our addons.

Odoo has them look at every addon it finds; here they are shown ours alone. The checks of models and
routes see the whole registry, in which ours are installed. Left out are the tests of the checkers
themselves (``test_checkers``) and the one for localisation modules (``test_l10n``).

usage: python core.py DATABASE ADDON_DIR...
"""

import importlib
import logging
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

CHECKS = {
    'test_docstring': 'TestDocstring.test_docstring',
    'test_dunderinit': 'TestDunderinit.test_dunderinit',
    'test_eslint': 'TestESLint.test_eslint',
    'test_i18n': 'TestI18n.test_user_content_as_prop_is_translatable',
    'test_index': 'TestIndex.test_enforce_index_on_one2many_inverse',
    'test_jstranslate': 'TestJsTranslations.test_js_translations',
    'test_manifests': 'ManifestLinter.test_manifests',
    'test_markers': 'TestConflictMarkers.test_conflict_markers',
    'test_naming': 'TestNaming.test_parameter_rpc_compatible',
    'test_onchange_domains': 'TestOnchangeDomains.test_forbid_domains_in_onchanges',
    'test_orm_import': 'TestDunderinit.test_addons_orm_import',
    'test_override_signatures': 'TestLintOverrideSignatures.test_lint_override_signature',
    'test_pofile': 'PotLinter.test_pot_duplicate_entries',
    'test_pylint': 'TestPyLint.test_pylint',
    'test_routes': 'RoutesLinter.test_routes_definition',
    'test_test_holes': 'TestTestHoles.test_check_tests',
}


class Findings(logging.Handler):
    """Print and count what the checks log: each failure, and the warnings of some."""

    count = 0

    def emit(self, record):
        print(record.getMessage())
        self.count += 1


def shown_only(addons, module):
    """Let a check find our addons and no others.

    :param list[Path] addons: the addons' folders
    :param module: the check's Python module
    :return: context in which the check can run
    :rtype: ExitStack
    """
    from odoo.modules import Manifest
    from odoo.tools import config

    import odoo.addons

    names = [addon.name for addon in addons]
    patches = [
        patch.object(Manifest, 'all_addon_manifests', lambda: map(Manifest.for_addon, names))
    ]
    if hasattr(module, 'get_modules'):
        patches.append(patch.object(module, 'get_modules', lambda: names))
    if hasattr(module, 'MODULES_TO_LINT'):
        patches.append(patch.object(module, 'MODULES_TO_LINT', tuple(names)))
    match module.__name__.rpartition('.')[2]:
        case 'test_pylint':  # it reads Odoo's own folder beside those of the addons found
            patches.append(patch.dict(vars(config), root_path=str(addons[0])))
        case 'test_markers':
            patches.append(patch.object(odoo, '__path__', []))
            patches.append(patch.object(odoo.addons, '__path__', [str(path) for path in addons]))
    stack = ExitStack()
    for replacement in patches:
        stack.enter_context(replacement)
    return stack


def main(database, *addon_dirs):
    from odoo.tools import config

    config.parse_config(['-d', database, '--no-http', '--log-level=warn'], setup_logging=True)
    from odoo.modules.registry import Registry
    from odoo.tests.result import OdooTestResult
    from odoo.tests.suite import OdooSuite

    Registry(database)
    config['test_enable'] = True
    findings = Findings(logging.WARNING)
    logger = logging.getLogger('odoo.addons.test_lint')
    logger.addHandler(findings)
    logger.propagate = False
    result = OdooTestResult()
    for name, check in CHECKS.items():
        module = importlib.import_module(f'odoo.addons.test_lint.tests.{name}')
        class_name, _, method = check.partition('.')
        with shown_only([Path(addon) for addon in addon_dirs], module):
            OdooSuite([getattr(module, class_name)(method)])(result)
    if result.skipped or result.testsRun != len(CHECKS):
        sys.exit(f"{result.testsRun} of {len(CHECKS)} checks ran, {result.skipped} were skipped")
    print(f"{result.testsRun} checks of test_lint, {findings.count} findings")
    return bool(findings.count)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
