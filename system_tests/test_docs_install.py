"""README.md, *Install it*: its commands do what it says, with wheels and with folders."""

from dataclasses import replace

import pytest
import requests
from harness.documents import Shell, blocks_for
from harness.odoo_server import OdooServer
from harness.wheels import PipEnvironment

FILE = "system_tests/test_docs_install.py"
ADDONS = ["iot", "iot_mail", "pos_iot"]
CONFIGURATION = "/etc/odoo/odoo.conf"
FOLDER = "/opt/iot-for-odoo"
DATABASE = "-d shop"


class EmptyDatabaseServer(OdooServer):
    """An Odoo whose database is as empty as PostgreSQL makes it."""

    def create_database(self):
        self.cluster.clone("template0", self.database)


def odoo_program(python, environment, *options):
    """:return: a script that runs Odoo as an installed one is run"""
    return f'#!/bin/sh\nexec {python} {environment.odoo} "$@" {" ".join(options)}\n'


def state_of(server, addon):
    domain = [["name", "=", addon]]
    [module] = server.call_kw("ir.module.module", "search_read", domain, ["state"])
    return module["state"]


@pytest.mark.long
def test_wheels_are_installed(environment, odoo_factory, tmp_path):
    pip = PipEnvironment(environment, tmp_path / "venv")
    stock_addons = environment.odoo_pkg / "addons"
    elsewhere = replace(environment, python=pip.python, root=stock_addons)
    server = odoo_factory(start=False, kind=EmptyDatabaseServer, in_environment=elsewhere)
    configuration = ("--addons-path", str(stock_addons), "--no-http")
    shell = Shell(environment, tmp_path / "bin", {DATABASE: f"-d {server.database}"})
    shell.provide("pip", pip.program())
    shell.provide("odoo", odoo_program(pip.python, environment, *configuration))
    [commands] = blocks_for(environment, f"{FILE}::test_wheels_are_installed")
    shell.run(commands)

    assert sorted(path.name for path in pip.addons.iterdir()) == ADDONS
    server.start()
    server.login()
    assert state_of(server, "iot") == "installed"
    assert server.get("/iot/static/description/icon.png").headers["Content-Type"] == "image/png"
    refusal = requests.post(f"{server.url}/iot/setup", json={"params": {}}, timeout=30)
    assert refusal.json()["error"]["code"] == 400
    assert " WARNING " not in server.log()


@pytest.fixture
def shop(odoo_factory):
    """A server that is down, with a database that has the addon, and a setting of it."""
    server = odoo_factory(start=False)
    server.set_parameter("iot.domain", "iot.example.com")
    return server


@pytest.mark.long
def test_folders_are_installed_upgraded_and_uninstalled(environment, shop, tmp_path):
    folder, configuration = tmp_path / "addons", tmp_path / "odoo.conf"
    places = {FOLDER: folder, CONFIGURATION: configuration, DATABASE: f"-d {shop.database}"}
    given = environment.conf.read_text().replace(str(environment.root), str(folder), 1)
    configuration.write_text(given)
    shell = Shell(environment, tmp_path / "bin", places)
    shell.provide("odoo", odoo_program(environment.python, environment))
    test = f"{FILE}::test_folders_are_installed_upgraded_and_uninstalled"
    copy, install, upgrade, uninstall = blocks_for(environment, test)

    shell.run(copy)
    assert sorted(path.name for path in folder.iterdir()) == ADDONS
    shell.run(install)
    (folder / "iot" / "of_the_former_version.py").touch()
    shop.sql("update ir_module_module set latest_version = '19.0.0.9.0' where name = 'iot'")
    shell.run(upgrade)
    assert sorted(path.name for path in folder.iterdir()) == ADDONS
    assert not (folder / "iot" / "of_the_former_version.py").exists()
    [[version]] = shop.sql("select latest_version from ir_module_module where name = 'iot'")
    assert version == "19.0.1.0.0"

    shell.run(uninstall)
    assert shop.sql("select tablename from pg_tables where starts_with(tablename, 'iot_')") == []
    left = shop.sql("select key from ir_config_parameter where starts_with(key, 'iot.')")
    assert left == [("iot.domain",)]
    shop.start()
    shop.login()
    assert state_of(shop, "iot") == "uninstalled"
    setup = requests.post(f"{shop.url}/iot/setup", json={"params": {}}, timeout=30)
    assert setup.status_code == 404
