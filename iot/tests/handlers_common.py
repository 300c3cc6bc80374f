import tempfile
from pathlib import Path
from unittest.mock import patch

import odoo.addons

from .. import const
from .common import IotCommon

SERIAL = '10000000abcd1234'
HOME = '192.168.1.20'


class HandlersCommon(IotCommon):
    """Addons with handlers, made by a test: on the addons path and installed in the database."""

    def setUp(self):
        super().setUp()
        self.addons_path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        paths = [*odoo.addons.__path__, str(self.addons_path)]
        self.enterContext(patch.object(odoo.addons, '__path__', paths))
        self.addCleanup(self.env.registry.clear_cache, 'stable')

    def install_addon(self, name, handlers, depends=('iot',)):
        """Make and install an addon.

        :param str name: unique in this test run: Odoo remembers manifests
        :param handlers: contents by path below its folder ``iot_handlers``
        :type handlers: dict[str, str]
        """
        folder = self.addons_path / name
        folder.mkdir()
        (folder / '__init__.py').touch()
        (folder / '__manifest__.py').write_text(
            repr({'name': name, 'license': 'LGPL-3', 'author': "Test", 'depends': list(depends)})
        )
        for path, content in handlers.items():
            self.write_handler(name, path, content)
        module = self.env['ir.module.module'].create({'name': name, 'state': 'installed'})
        self.env.registry.clear_cache('stable')
        return module

    def uninstall_addon(self, module):
        module.state = 'uninstalled'
        self.env.registry.clear_cache('stable')

    def write_handler(self, addon, path, content, after=const.HANDLER_FILES_INTERVAL):
        """Change a handler; boxes get it when seconds have passed."""
        file = self.addons_path / addon / 'iot_handlers' / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        self.clock.tick(after)
