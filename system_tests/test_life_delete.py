"""A deleted stock box forgets the database: at once, or when it is back; unless it is connected
again."""

from datetime import UTC, datetime, timedelta

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, attempts, boxes, new_token, wait_online

CRON = 90  # s until a thread has looked for scheduled actions, with room


def delete(server):
    server.call_kw("iot.box", "unlink", [record["id"] for record in boxes(server)])


def tombstones(server):
    fields = ["identifier", "listening_since", "told_at"]
    return server.call_kw("iot.tombstone", "search_read", [], fields)


def run_cron(server):
    """Run the scheduled action now, whatever the time."""
    [_model, cron] = server.call_kw(
        "ir.model.data", "check_object_reference", "iot", "iot_tombstone_cron_tell"
    )
    server.call_kw("ir.cron", "method_direct_trigger", [cron])


def wait_obeying(server, model, opened):
    """Wait until the client takes ``server_clear``, which it ignores for five seconds.

    :param opened: field that tells when the websocket was opened
    """

    def obeys():
        deaf_since = datetime.now(UTC) - timedelta(seconds=6)
        domain = [[opened, "<", f"{deaf_since:%Y-%m-%d %H:%M:%S}"]]
        return server.call_kw(model, "search_count", domain)

    wait_until(obeys, SECONDS, "the box obeying")


def expect_forgetting(box, boots, seconds=SECONDS):
    """Wait until a box that had started ``boots`` times has forgotten its database."""
    box.wait_restarted(boots, seconds)
    assert box.data()["server_status"] == ""


@pytest.mark.long
def test_a_box_that_is_off_is_told_when_it_comes_back(odoo_factory, box):
    server = odoo_factory(cron_threads=1)
    box.connect_to_server(new_token(server)["token"])
    wait_online(server, box)
    box.stop()
    wait_until(lambda: not boxes(server)[0]["is_online"], SECONDS, "the box offline")
    delete(server)
    [tombstone] = tombstones(server)
    assert (tombstone["identifier"], tombstone["told_at"]) == (box.identifier, False)

    boots = box.boots()
    box.start()
    assert box.data()["server_status"] == server.url
    expect_forgetting(box, boots + 1, CRON)
    assert tombstones(server)[0]["told_at"]
    assert not boxes(server)
    assert not attempts(server, "refused")


def test_a_box_deleted_in_its_first_seconds_forgets_the_database(odoo_server, box):
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_until(lambda: any(b["is_online"] for b in boxes(odoo_server)), SECONDS, "the box online")
    boots = box.boots()
    delete(odoo_server)
    # its first posts may hold up the deletion for as long as it does not obey: then it is told
    if not tombstones(odoo_server)[0]["told_at"]:
        wait_obeying(odoo_server, "iot.tombstone", "listening_since")
        run_cron(odoo_server)
    expect_forgetting(box, boots)
    assert not boxes(odoo_server)


def test_a_box_connected_again_meanwhile_stays_connected(odoo_server, connected_box):
    connected_box.stop()
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    delete(odoo_server)
    connected_box.start()
    wait_until(lambda: tombstones(odoo_server)[0]["listening_since"], SECONDS, "it listens")

    connected_box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, connected_box)
    wait_obeying(odoo_server, "iot.box", "websocket_opened_at")
    boots = connected_box.boots()
    run_cron(odoo_server)
    assert not tombstones(odoo_server)
    # what comes after a command shows that there was none
    connected_box.unplug("scale")
    query = "select count(*) from iot_device where not announced_connected"
    wait_until(lambda: odoo_server.sql(query)[0][0] == 1, SECONDS, "the news of the box")
    assert connected_box.boots() == boots
    assert connected_box.data()["server_status"] == odoo_server.url
    assert "server_clear" not in connected_box.log()


def test_a_box_that_was_told_and_did_not_hear_is_told_again(odoo_server, connected_box):
    connected_box.stop()
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    delete(odoo_server)
    connected_box.start()
    wait_until(lambda: tombstones(odoo_server)[0]["listening_since"], SECONDS, "it listens")
    connected_box.kill()
    wait_obeying(odoo_server, "iot.tombstone", "listening_since")
    run_cron(odoo_server)
    assert tombstones(odoo_server)[0]["told_at"]

    connected_box.start()
    assert connected_box.data()["server_status"] == odoo_server.url
    wait_until(lambda: tombstones(odoo_server)[0]["listening_since"], SECONDS, "it listens again")
    wait_obeying(odoo_server, "iot.tombstone", "listening_since")
    boots = connected_box.boots()
    run_cron(odoo_server)
    expect_forgetting(connected_box, boots)
