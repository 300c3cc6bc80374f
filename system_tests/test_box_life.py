"""Start, restart, stop and loss of power of a virtual box."""

import os
import signal
from pathlib import Path

import pytest
from box.virtual_box import VirtualBox
from box.waiting import SECONDS, wait_until


def launcher_and_client(box):
    """:return: both, once there is nothing else: what the client starts looks like it at first"""
    return wait_until(
        lambda: len(found := box.processes()) == 2 and found, SECONDS, "launcher and client"
    )


def test_stop_leaves_no_process(box):
    launcher_and_client(box)
    box.stop()
    assert box.processes() == []
    assert not box.answers()


def test_power_cut_leaves_no_process_and_keeps_the_home(box):
    box.controls.write("weight", "0.750")
    box.kill()
    assert box.processes() == []
    box.start()
    assert box.controls.weight() == 0.75
    assert box.boots() == 2


def test_the_clients_own_restart_keeps_launcher_and_devices(box):
    processes = launcher_and_client(box)
    wait_until(lambda: len(box.devices()) == 3, SECONDS, "three devices")
    before = set(box.devices())
    box.restart()
    assert launcher_and_client(box) == processes
    wait_until(lambda: set(box.devices()) == before, SECONDS, "the same devices again")


def test_a_dead_client_ends_the_launcher_with_its_last_words(box):
    [client] = [pid for pid in launcher_and_client(box) if "odoo-bin" in command_of(pid)]
    os.kill(client, signal.SIGKILL)
    wait_until(lambda: not box.processes(), SECONDS, "end of the launcher")
    assert "the box's process ended with code -9, its last lines:" in box.output()


def test_an_address_in_use_is_named(box, environment, tmp_path):
    second = VirtualBox(environment.odoo_pkg, tmp_path / "second", box.address)
    with pytest.raises(RuntimeError, match=f"cannot listen on {box.url}: Address already in use"):
        second.start()


def command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_text()
