"""What ``./dev wheel`` builds: all of each addon, and what pip has to know of it."""

import ast
import os
import subprocess

import pytest
from harness.wheels import Wheels

ADDONS = ["iot", "iot_mail", "pos_iot"]
NOT_IN_WHEELS = {"pyproject.toml"}


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
