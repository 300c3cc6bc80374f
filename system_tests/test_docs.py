"""README.md, *Try it*: what it promises of its first command."""

import os
import shutil
import signal
import subprocess
import uuid

import pytest
import requests
from box.waiting import wait_until
from harness.addon import DEVICES
from harness.documents import Shell, blocks_for

TEST = "system_tests/test_docs.py::test_run_gives_odoo_and_two_boxes_until_ctrl_c"
ODOO = "http://127.0.0.1:8069"
BOXES = "http://127.0.0.11:8069", "http://127.0.0.12:8069"
READY = "Ctrl-C stops everything."
SECONDS = 300  # where the databases have to be made first


@pytest.fixture
def database(environment):
    name = f"docs_{uuid.uuid4().hex[:12]}"
    yield name
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    for folder in (environment.filestore / name, environment.state / "boxes" / name):
        shutil.rmtree(folder, ignore_errors=True)
    for log in (environment.state / "logs").glob(f"run_{name}_*.log"):
        log.unlink()


def types_of_devices(box_url):
    return set(requests.get(f"{box_url}/iot_drivers/data", timeout=30).json()["devices"])


@pytest.mark.long
def test_run_gives_odoo_and_two_boxes_until_ctrl_c(own_network, environment, database, tmp_path):
    [block] = blocks_for(environment, TEST)
    # a database of its own: that of whoever develops here stays as it is
    places = {"./dev run": f"./dev run --db {database}"}
    command = Shell(environment, tmp_path / "bin", places).command(block)
    output = tmp_path / "output"
    with output.open("wb") as words:
        running = subprocess.Popen(
            **command,
            start_new_session=True,  # it gets the Ctrl-C, this test does not
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )
    try:
        wait_until(
            lambda: running.poll() is not None or READY in output.read_text(), SECONDS, READY
        )
        said = output.read_text()
        assert running.poll() is None, said
        for url in (ODOO, *BOXES):
            assert url in said
        session = requests.Session()
        params = {"db": database, "login": "admin", "password": "admin"}
        answer = session.post(
            f"{ODOO}/web/session/authenticate", json={"params": params}, timeout=60
        )
        assert answer.json()["result"]["username"] == "admin"
        for url in BOXES:
            wait_until(lambda url=url: types_of_devices(url) == DEVICES, 60, f"devices of {url}")
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait(timeout=120)
    for url in (ODOO, *BOXES):
        with pytest.raises(requests.ConnectionError):
            requests.get(url, timeout=30)
