"""Whether a box is there, whoever dies: said truly, and shown without reload."""

import os
import signal
from datetime import timedelta

import pytest
from box.waiting import wait_until
from harness.addon import DEVICES, SECONDS, boxes, new_token, wait_online
from harness.iot_screen import card, open_iot
from harness.prefork_server import PreforkServer
from playwright.sync_api import expect

WATCH = "iot.ir_cron_watch_boxes"
PING_SECONDS = 120  # the bus takes a minute to notice a dead connection


@pytest.fixture
def connect(box):
    def connect(server):
        box.connect_to_server(new_token(server)["token"])
        wait_online(server, box)
        return box

    return connect


def states(server):
    fields = ["status", "status_since", "connected_device_count"]
    return [
        tuple(record[field] for field in fields)
        for record in server.call_kw("iot.box", "search_read", [], fields)
    ]


def holders(server):
    """:return: the keys of the server processes that hold websockets of boxes"""
    return server.sql("select websocket_server from iot_box")


def pass_time(server, seconds):
    """As if all that is known of boxes and server processes had happened so much earlier."""
    time = {"time": timedelta(seconds=seconds)}
    server.sql(
        "update iot_box set websocket_opened_at = websocket_opened_at - %(time)s,"
        " websocket_closed_at = websocket_closed_at - %(time)s,"
        " contact_at = contact_at - %(time)s, online_since = online_since - %(time)s",
        time,
    )
    server.sql("update iot_websocket_server set alive_at = alive_at - %(time)s", time)


def expect_card(page, box, *texts):
    for text in texts:
        expect(card(page, box)).to_contain_text(text)


def test_a_restart_of_the_server_is_no_absence(odoo_server, connect):
    box = connect(odoo_server)
    [(_status, since, _count)] = states(odoo_server)
    [former] = holders(odoo_server)
    odoo_server.stop()
    [[is_open]] = odoo_server.sql("select websocket_opened_at is not null from iot_box")
    [[is_stopped]] = odoo_server.sql("select is_stopped from iot_websocket_server")
    assert is_stopped or not is_open
    # a slow start is none of the boxes' doing
    odoo_server.sql(
        "update iot_box set websocket_closed_at = now() at time zone 'utc'"
        " where websocket_opened_at is null"
    )
    odoo_server.sql("update iot_websocket_server set alive_at = now() at time zone 'utc'")
    odoo_server.start()
    odoo_server.login()
    wait_until(lambda: holders(odoo_server) not in ([former], [(None,)]), SECONDS, "the box back")
    wait_online(odoo_server, box)
    assert states(odoo_server) == [("online", since, len(DEVICES))]


def test_a_box_outlives_a_killed_server(odoo_server, connect):
    box = connect(odoo_server)
    [former] = holders(odoo_server)
    odoo_server.kill()
    odoo_server.start()
    odoo_server.login()
    wait_until(lambda: holders(odoo_server) not in ([former], [(None,)]), SECONDS, "the box back")
    wait_online(odoo_server, box)
    pass_time(odoo_server, 10)
    odoo_server.run_cron(WATCH)
    assert states(odoo_server)[0][0] == "online"
    assert len(odoo_server.sql("select key from iot_websocket_server")) == 2


def test_a_box_that_dies_with_its_server_is_offline_within_a_minute(
    odoo_server, box, page, own_network, shot
):
    """Nobody is left to note its end; the screens hear of it all the same."""
    open_iot(page, odoo_server)
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, box)
    expect_card(page, box, "Online", "3 of 3 devices connected")
    odoo_server.kill()
    box.kill()
    start_seconds = 60
    pass_time(odoo_server, -start_seconds)
    odoo_server.start()
    odoo_server.login()
    [(status, _since, _count)] = states(odoo_server)
    assert status == "online"  # for a minute at most, and as long as nobody can know better
    pass_time(odoo_server, 60 + start_seconds)
    [(status, _since, count)] = states(odoo_server)
    assert (status, count) == ("offline", 0)

    expect_card(page, box, "Online")  # it has not been told yet
    odoo_server.run_cron(WATCH)
    expect_card(page, box, "Offline", "0 of 3 devices connected")
    shot(page, "1-offline")
    pass_time(odoo_server, 60)
    odoo_server.run_cron(WATCH)
    odoo_server.run_cron(WATCH)
    assert odoo_server.log().count(f"({box.identifier}) is lost since") == 1

    box.start()
    wait_online(odoo_server, box)
    expect_card(page, box, "Online", "3 of 3 devices connected")
    shot(page, "2-online-again")
    odoo_server.run_cron(WATCH)
    odoo_server.run_cron(WATCH)
    assert odoo_server.log().count(f"({box.identifier}) is back") == 1


def test_with_worker_processes_all_say_the_same(odoo_factory, connect):
    server = odoo_factory(kind=PreforkServer)
    box = connect(server)
    [(former,)] = holders(server)
    for _any_worker in range(10):
        assert states(server)[0][0] == "online"

    process = server.websocket_process()
    os.kill(process, signal.SIGKILL)
    wait_until(lambda: holders(server) not in ([(former,)], [(None,)]), SECONDS, "the box back")
    wait_online(server, box)
    assert server.websocket_process() != process
    for _any_worker in range(10):
        assert states(server)[0][0] == "online"

    box.kill()
    wait_until(lambda: not boxes(server)[0]["is_online"], SECONDS, "the box offline")
    assert {states(server)[0][0] for _any_worker in range(10)} == {"offline"}


@pytest.mark.long
def test_a_box_whose_power_is_cut_goes_offline_before_the_eyes_of_the_user(
    lan, odoo_factory, box_factory, page, shot
):
    server = odoo_factory(address=lan.host)
    open_iot(page, server)
    box = box_factory(**lan.box_options)
    box.connect_to_server(new_token(server)["token"])
    wait_online(server, box)
    expect_card(page, box, "Online")
    lan.silence()
    expect(card(page, box)).to_contain_text("Offline", timeout=PING_SECONDS * 1000)
    shot(page, "offline")
    assert states(server)[0][0] == "offline"
    lan.end_silence()
    expect(card(page, box)).to_contain_text("Online", timeout=PING_SECONDS * 1000)
