"""What ``./dev wheel`` builds: installed by pip beside an Odoo from elsewhere, it is the addon."""

import ast
import os
import subprocess
from dataclasses import replace

import pytest
import requests
from harness.odoo_server import OdooServer
from harness.wheels import PipEnvironment, Wheels

ADDONS = ["iot", "iot_mail", "pos_iot"]
NOT_IN_WHEELS = {"pyproject.toml"}


class EmptyDatabaseServer(OdooServer):
    """An Odoo whose database is as empty as PostgreSQL makes it."""

    def create_database(self):
        self.cluster.clone("template0", self.database)


@pytest.fixture(scope="session")
def wheels(environment):
    state = {**os.environ, "DEV_STATE": str(environment.state)}
    command = [environment.root / "dev", "wheel"]
    subprocess.run(command, env=state, check=True, stdout=subprocess.DEVNULL)
    return Wheels(environment.state / "dist")


@pytest.mark.parametrize("addon", ADDONS)
def test_wheel_holds_every_file_of_the_addon_and_the_licence(wheels, environment, addon):
    folder = environment.root / addon
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    source = {str(path.relative_to(folder)): path.read_bytes() for path in files}
    source = {name: content for name, content in source.items() if name not in NOT_IN_WHEELS}
    assert wheels.files(addon) == source | {"LICENSE": (environment.root / "LICENSE").read_bytes()}


@pytest.mark.parametrize("addon", ADDONS)
def test_wheel_says_what_the_manifest_says(wheels, environment, addon):
    manifest = ast.literal_eval((environment.root / addon / "__manifest__.py").read_text())
    metadata = wheels.metadata(addon)
    needed = {f"odoo-addon-{name}==19.0.*" for name in manifest["depends"] if name in ADDONS}
    needed |= set(manifest.get("external_dependencies", {}).get("python", []))
    required = metadata.get_all("Requires-Dist")
    assert {line for line in required if "extra ==" not in line} == needed | {"odoo==19.0.*"}
    assert metadata["Version"] == manifest["version"]
    assert metadata["License-Expression"] == "LGPL-3.0-only"


def test_acme_is_an_extra(wheels):
    required = wheels.metadata("iot").get_all("Requires-Dist")
    extra = [line.split(";")[0] for line in required if line.endswith("extra == 'acme'")]
    assert sorted(extra) == ["acme", "dnspython"]


def test_pip_installs_the_addon_and_odoo_runs_it(wheels, environment, odoo_factory, tmp_path):
    pip = PipEnvironment(environment, tmp_path / "venv")
    pip.install(wheels)
    assert sorted(path.name for path in pip.addons.iterdir()) == ADDONS

    elsewhere = replace(environment, python=pip.python, root=environment.odoo_pkg / "addons")
    server = odoo_factory(start=False, kind=EmptyDatabaseServer, in_environment=elsewhere)
    server.install("iot")
    server.start()
    server.login()
    domain = [["name", "=", "iot"], ["state", "=", "installed"]]
    assert server.call_kw("ir.module.module", "search_count", domain) == 1
    assert server.get("/iot/static/description/icon.png").headers["Content-Type"] == "image/png"
    refusal = requests.post(f"{server.url}/iot/setup", json={"params": {}}, timeout=30)
    assert refusal.json()["error"]["code"] == 400
    assert " WARNING " not in server.log()
