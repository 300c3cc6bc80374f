"""Start, restart, stop and loss of power of a virtual box."""

import pytest
from box.waiting import wait_until


def test_stop_leaves_no_process(box):
    assert len(box.processes()) == 2, "the launcher and the client"
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
    processes = box.processes()
    wait_until(lambda: len(box.devices()) == 3, 20, "three devices")
    before = set(box.devices())
    box.restart()
    assert box.processes() == processes
    wait_until(lambda: set(box.devices()) == before, 20, "the same devices again")


def test_end_of_the_client_ends_the_launcher_with_its_last_words(box_factory):
    box = box_factory(start=False)
    other = box_factory()
    box.address = other.address
    box._command[box._command.index("--address") + 1] = other.address
    with pytest.raises(RuntimeError, match=rf"cannot listen on http://{other.address}:8069"):
        box.start()
