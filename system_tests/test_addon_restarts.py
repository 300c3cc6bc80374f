"""A connected stock box finds its database again, whatever was restarted or killed."""

import pytest
import requests
from box.waiting import wait_until
from harness.addon import (
    DEVICES,
    SECONDS,
    attempts,
    boxes,
    connected_types,
    new_token,
    wait_online,
)
from harness.invariants import Invariants
from harness.server_log import LOST_DATABASE, STOPPING


@pytest.fixture
def invariants(odoo_server, connected_box):
    return Invariants(odoo_server, connected_box)


def assert_same_box(server, box, invariants, explained=None):
    """The box is connected again by itself, as the same record with the same devices."""
    wait_online(server, box)
    invariants.check(explained)
    assert [record["device_count"] for record in boxes(server)] == [len(DEVICES)]
    assert len(attempts(server, "accepted")) == 1
    assert not attempts(server, "refused")


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_box_reconnects_after_it_was_off(odoo_server, connected_box, invariants, end):
    getattr(connected_box, end)()
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    connected_box.start()
    assert_same_box(odoo_server, connected_box, invariants)


def test_a_box_reconnects_after_a_restart_of_the_server(odoo_server, connected_box, invariants):
    odoo_server.stop()
    odoo_server.start()
    odoo_server.login()
    assert_same_box(odoo_server, connected_box, invariants, STOPPING)


def test_a_box_reconnects_after_the_server_was_killed(odoo_server, connected_box, invariants):
    subscriptions = odoo_server.sql("select websocket_key from iot_box")
    odoo_server.kill()
    odoo_server.start()
    odoo_server.login()
    wait_until(
        lambda: odoo_server.sql("select websocket_key from iot_box") != subscriptions,
        SECONDS,
        "a new websocket",
    )
    assert_same_box(odoo_server, connected_box, invariants)


def test_a_box_reconnects_after_a_restart_of_the_database(odoo_factory, box):
    server = odoo_factory(own_cluster=True)
    box.connect_to_server(new_token(server)["token"])
    wait_online(server, box)
    invariants = Invariants(server, box)
    server.cluster.restart()
    wait_until(lambda: _reads(server), SECONDS, "an answer of the database")
    box.unplug("scale")
    wait_until(lambda: "scale" not in connected_types(server), SECONDS, "the news of the box")
    box.plug("scale")
    assert_same_box(server, box, invariants, LOST_DATABASE)


def _reads(server):
    try:
        return boxes(server)
    except requests.RequestException:
        return False
