"""Wheels of the addons, installed by pip where an Odoo from elsewhere is."""

import os
import subprocess
import zipfile
from email import message_from_bytes
from pathlib import Path


class Wheels:
    """What ``./dev wheel`` has built.

    :param folder: with one wheel of each addon
    """

    def __init__(self, folder):
        self.folder = folder
        self.paths = {path.name.split("-")[0]: path for path in folder.glob("*.whl")}

    def files(self, addon):
        """:return: dict of path within the addon's folder → content"""
        prefix = f"odoo/addons/{addon}/"
        with zipfile.ZipFile(self.paths[f"odoo_addon_{addon}"]) as wheel:
            names = [name for name in wheel.namelist() if name.startswith(prefix)]
            return {name.removeprefix(prefix): wheel.read(name) for name in names}

    def metadata(self, addon):
        with zipfile.ZipFile(self.paths[f"odoo_addon_{addon}"]) as wheel:
            [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
            return message_from_bytes(wheel.read(name))


class PipEnvironment:
    """A fresh virtual environment that sees Odoo and what Odoo needs, and none of our addons."""

    def __init__(self, environment, folder):
        self._environment = environment
        self._base = environment.python
        self.python = folder / "bin/python"
        self._run(self._base, "-m", "venv", "--without-pip", folder)
        self.addons = self._site_packages(self.python) / "odoo/addons"
        seen = [self._site_packages(self._base), environment.odoo_pkg.parent]
        Path(self.addons.parents[1], "seen.pth").write_text("\n".join(map(str, seen)))

    def program(self):
        """:return: a script that is the ``pip`` of this environment, without any network"""
        return f'#!/bin/sh\nPIP_NO_INDEX=1 exec {self._base} -m pip --python {self.python} "$@"\n'

    def _site_packages(self, python):
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        return Path(self._run(python, "-c", code).strip())

    def _run(self, *command):
        without = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            command, env=without, check=True, text=True, stdout=subprocess.PIPE
        ).stdout
