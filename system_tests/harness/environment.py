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
    :param shop_template: another one that has Point of Sale and all addons; files ``test_pos_*``
    :param own_network: whether the tests run in a network namespace of their own
    """

    root: Path
    state: Path
    odoo: Path
    odoo_pkg: Path
    python: Path
    conf: Path
    template: str
    chromium: Path
    shop_template: str = ""
    own_network: bool = False

    @classmethod
    def read(cls):
        given = {name: os.environ.get(_variable(name)) for name in cls.__annotations__}
        missing = [name for name, value in given.items() if not value and not hasattr(cls, name)]
        if missing:
            names = ", ".join(map(_variable, missing))
            raise pytest.UsageError(
                f"start the system tests by ./dev test system_tests ({names} not set)"
            )
        kinds = cls.__annotations__.items()
        return cls(**{name: kind(given[name]) for name, kind in kinds if given[name]})

    @property
    def filestore(self):
        conf = RawConfigParser()
        conf.read(self.conf)
        return Path(conf["options"]["data_dir"], "filestore")


def _variable(name):
    return f"IOT_DEV_{name.upper()}"
