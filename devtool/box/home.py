"""The folder a box lives in, laid out as the stock client expects it."""

import configparser
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from .controls import Controls
from .keyboard import make_event_file

_HERE = Path(__file__).parent
_BIN = """\
#!/usr/bin/env python3
# Made by the launcher of virtual boxes. The client takes its home from this file's folder.
import os
import sys

sys.path.append(os.environ["IOT_BOX_LAUNCHER"])
from box.process import main

main()
"""


def addon_source(odoo_pkg):
    """:return: path of the stock ``iot_drivers`` of this Odoo tree (packaged, or a checkout)

    :raise FileNotFoundError: when the tree has none
    """
    for addons in (Path(odoo_pkg, "addons"), Path(odoo_pkg).parent / "addons"):
        if (addons / "iot_drivers" / "__manifest__.py").is_file():
            return addons / "iot_drivers"
    raise FileNotFoundError(
        f"no addon iot_drivers beside or below {odoo_pkg}: is it an Odoo 19 tree?"
    )


def checksum(folder, skip=()):
    """One digest over names and contents of a folder's files, bytecode and ``skip`` left out."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and "__pycache__" not in name.parts and name.parts[0] not in skip:
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


class Home:
    """Builds the home of a box; an existing one keeps its pairing, handlers and switches."""

    def __init__(self, settings):
        self.settings = settings
        self.path = Path(settings.home)
        self.addon = self.path / "odoo" / "addons" / "iot_drivers"
        self.conf = self.path / "odoo.conf"
        self.log = self.path / "rootfs/var/log/odoo/odoo-server.log"
        self.bin = self.path / "odoo" / "odoo-bin"

    def build(self, devices):
        """
        :param devices: what a new box has plugged in, words as in the switch ``devices``
        :raise RuntimeError: when the client's copy differs from the original
        """
        for folder in ("odoo/addons", "data", "printed", "dev", "run", "nginx/conf", "git/cmd"):
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.path / "tmp", ignore_errors=True)  # as on a box, lost with its power
        (self.path / "tmp").mkdir()
        make_event_file(self.path)
        self._copy_addon()
        self.bin.write_text(_BIN, encoding="utf-8")
        self._write_rootfs()
        self._write_conf()
        self.settings.save()
        self._link_windows_programs()
        controls = Controls(self.path)
        controls.write_default("ip", self.settings.address)
        controls.write_default("devices", " ".join(devices))
        controls.write_default("weight", "0.000")
        controls.write_default("faults", "")

    def _copy_addon(self):
        source = addon_source(self.settings.odoo_pkg)
        if self.addon.exists():
            # the handlers are the client's to replace
            self._compare(self.addon, source, skip=("iot_handlers",))
            return
        partial = self.addon.with_name("iot_drivers.part")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(source, partial, ignore=shutil.ignore_patterns("__pycache__"))
        self._compare(partial, source)
        partial.rename(self.addon)

    def _compare(self, copy, source, skip=()):
        if checksum(copy, skip) != checksum(source, skip):
            raise RuntimeError(f"{copy} differs from {source}: remove {self.path} to start anew")

    def _link_windows_programs(self):
        """A Windows box has these below its home, not on ``PATH``."""
        for name, standin in {"git/cmd/git.exe": "git", "nginx/nginx.exe": "noted"}.items():
            program = self.path / name
            program.unlink(missing_ok=True)
            program.symlink_to(_HERE / "standins/commands" / standin)

    def _write_rootfs(self):
        files = {
            "sys/firmware/devicetree/base/serial-number": f"{self.settings.identifier}\0",
            "proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\0",
            "var/odoo/iotbox_version": "2025.10.01\n",
        }
        for name, text in files.items():
            path = self.path / "rootfs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for folder in (
            "etc/ssl/certs",
            "etc/ssl/private",
            "etc/hostapd",
            "var/log/odoo",
            "root_bypass_ramdisks/etc/ssl/certs",
            "root_bypass_ramdisks/etc/ssl/private",
        ):
            (self.path / "rootfs" / folder).mkdir(parents=True, exist_ok=True)

    def _write_conf(self):
        conf = configparser.RawConfigParser()
        conf.read(self.conf)
        options = {
            "server_wide_modules": "iot_drivers,web",
            "data_dir": str(self.path / "data"),
            "http_interface": self.settings.address,
            "http_port": str(self.settings.port),
            "logfile": str(self.log),
            "max_cron_threads": "0",
            # a box has no database: nothing may find one by the environment or a local socket
            "db_host": "127.0.0.1",
            "db_port": "1",
        }
        if not conf.has_section("options"):
            conf.add_section("options")
        for key, value in options.items():
            conf.set("options", key, value)
        with open(self.conf, "w", encoding="utf-8") as stream:
            conf.write(stream)

    def environment(self):
        """:return: the environment of the box's process"""
        # the client restarts by exec of a bare «python», looked up here: it must be this one
        path = [_HERE / "standins/commands", Path(sys.executable).parent, os.environ["PATH"]]
        # odoo and odoo.addons are namespace packages: the home's portion comes first, and with it
        # the copy of iot_drivers
        python_path = [_HERE / "standins/python", self.path, Path(self.settings.odoo_pkg).parent]
        # neither this machine's databases nor its way out
        kept = {
            k: v for k, v in os.environ.items() if not re.match("PG|.*_proxy$", k, re.IGNORECASE)
        }
        return {
            **kept,
            "IOT_BOX_HOME": str(self.path),
            "IOT_BOX_IDENTIFIER": self.settings.identifier,
            "IOT_BOX_LAUNCHER": str(_HERE.parent),
            "PATH": ":".join(map(str, path)),
            "PYTHONPATH": ":".join(map(str, python_path)),
            "HOME": str(self.path / "run"),
            "TMPDIR": str(self.path / "tmp"),
        }
