"""What ``./dev test`` tells the system tests, by environment variables."""

import os
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Environment:
    """
    :param root: the repository
    :param state: folder for everything that is made here
    :param odoo: Odoo's launcher, a file
    :param odoo_pkg: folder of the ``odoo`` Python package
    :param python: interpreter with Odoo's requirements
    :param conf: Odoo's configuration
    :param template: name of the database that tests copy
    :param chromium: the browser, a file
    """

    root: Path
    state: Path
    odoo: Path
    odoo_pkg: Path
    python: Path
    conf: Path
    template: str
    chromium: Path

    @classmethod
    def read(cls):
        missing = [name for name in cls.__annotations__ if not os.environ.get(_variable(name))]
        if missing:
            names = ", ".join(map(_variable, missing))
            raise pytest.UsageError(
                f"start the system tests by ./dev test system_tests ({names} not set)"
            )
        return cls(
            **{
                name: kind(os.environ[_variable(name)])
                for name, kind in cls.__annotations__.items()
            }
        )

    @property
    def filestore(self):
        conf = RawConfigParser()
        conf.read(self.conf)
        return Path(conf["options"]["data_dir"], "filestore")


def _variable(name):
    return f"IOT_DEV_{name.upper()}"
