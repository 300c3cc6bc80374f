"""Stock boxes and the addon: connecting by token, refusals, what lasts through restarts."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from box.waiting import wait_until
from websocket import create_connection

SECONDS = 30  # a box takes 1-2 s to restart and up to 10 s to open its websocket again
DEVICES = {"printer", "scale", "display"}


def boxes(server):
    """:return: all boxes of the database, as an administrator reads them"""
    fields = ["name", "identifier", "ip", "is_online", "device_count", "connected_device_count"]
    return server.call_kw("iot.box", "search_read", [], fields)


def connected_types(server):
    devices = server.call_kw("iot.device", "search_read", [["connected", "=", True]], ["type"])
    return {device["type"] for device in devices}


def new_token(server):
    """:return: what *Offline pairing* shows"""
    server.login()
    return server.call_kw("iot.token", "create_for_offline_pairing")


def wait_online(server, box):
    """Wait until the box listens and has announced all its devices."""

    def online():
        found = [record for record in boxes(server) if record["identifier"] == box.identifier]
        return found and found[0]["is_online"] and connected_types(server) >= DEVICES

    wait_until(online, SECONDS, f"{box.url} online")


def attempts(server, outcome):
    domain = [["outcome", "=", outcome]]
    return server.call_kw("iot.connection.attempt", "search_read", domain, ["reason", "identifier"])


@pytest.fixture
def connected_box(odoo_server, box):
    """A box that was connected by a token, with its devices, listening."""
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, box)
    return box


@pytest.mark.parametrize("form", ["token", "legacy_token"])
def test_a_token_connects_a_stock_box_with_its_devices(odoo_server, box, form):
    token = new_token(odoo_server)
    assert box.connect_to_server(token[form])["status"] == "success"
    wait_online(odoo_server, box)
    [record] = boxes(odoo_server)
    assert record["identifier"] == box.identifier
    assert record["ip"] == box.address
    assert record["connected_device_count"] == len(DEVICES)
    [stored] = odoo_server.call_kw("iot.token", "read", [token["id"]], ["state", "box_id"])
    assert (stored["state"], stored["box_id"][0]) == ("used", record["id"])


def test_a_second_stock_box_is_refused_the_token_of_the_first(odoo_server, box_factory):
    token = new_token(odoo_server)
    first, second = box_factory(), box_factory()
    first.connect_to_server(token["token"])
    wait_online(odoo_server, first)
    before = boxes(odoo_server)
    second.connect_to_server(token["token"])
    wait_until(lambda: attempts(odoo_server, "refused"), SECONDS, "the refusal")
    [attempt] = attempts(odoo_server, "refused")
    assert (attempt["reason"], attempt["identifier"]) == ("used_by_other", second.identifier)
    assert boxes(odoo_server) == before


def test_an_unplugged_device_is_shown_as_disconnected_and_comes_back(odoo_server, connected_box):
    connected_box.unplug("scale")
    wait_until(lambda: connected_types(odoo_server) == DEVICES - {"scale"}, SECONDS, "no scale")
    connected_box.plug("scale")
    wait_until(lambda: connected_types(odoo_server) == DEVICES, SECONDS, "the scale again")
    [record] = boxes(odoo_server)
    assert record["device_count"] == len(DEVICES)


def test_a_name_given_by_a_user_survives_a_restart_of_the_box(odoo_server, connected_box):
    [printer] = odoo_server.call_kw("iot.device", "search", [["type", "=", "printer"]])
    odoo_server.call_kw("iot.device", "write", [printer], {"name": "Receipts"})
    connected_box.restart()
    wait_online(odoo_server, connected_box)
    [device] = odoo_server.call_kw("iot.device", "read", [printer], ["name", "connected"])
    assert device == {"id": printer, "name": "Receipts", "connected": True}


def assert_same_box(server, box, before):
    """The box is connected again by itself, as the same record with the same devices."""
    wait_online(server, box)
    assert [record["id"] for record in boxes(server)] == [record["id"] for record in before]
    assert [record["device_count"] for record in boxes(server)] == [len(DEVICES)]
    assert len(attempts(server, "accepted")) == 1
    assert not attempts(server, "refused")


def wait_offline(server):
    wait_until(lambda: not boxes(server)[0]["is_online"], SECONDS, "the box offline")


def test_a_box_reconnects_after_its_own_restart(odoo_server, connected_box):
    before = boxes(odoo_server)
    connected_box.stop()
    wait_offline(odoo_server)
    connected_box.start()
    assert_same_box(odoo_server, connected_box, before)


def test_a_box_reconnects_after_a_power_cut(odoo_server, connected_box):
    before = boxes(odoo_server)
    connected_box.kill()
    wait_offline(odoo_server)
    connected_box.start()
    assert_same_box(odoo_server, connected_box, before)


def test_a_box_reconnects_after_a_restart_of_the_server(odoo_server, connected_box):
    before = boxes(odoo_server)
    odoo_server.stop()
    odoo_server.start()
    odoo_server.login()
    assert_same_box(odoo_server, connected_box, before)


def test_a_box_reconnects_after_the_server_was_killed(odoo_server, connected_box):
    before = boxes(odoo_server)
    odoo_server.kill()
    odoo_server.start()
    odoo_server.login()
    subscriptions = odoo_server.sql("select websocket_key from iot_box")
    wait_until(
        lambda: odoo_server.sql("select websocket_key from iot_box") != subscriptions,
        SECONDS,
        "a new websocket",
    )
    assert_same_box(odoo_server, connected_box, before)


def test_a_box_reconnects_after_a_restart_of_the_database(odoo_factory, box):
    server = odoo_factory(own_cluster=True)
    box.connect_to_server(new_token(server)["token"])
    wait_online(server, box)
    before = boxes(server)
    server.cluster.restart()
    wait_until(lambda: _reads(server), SECONDS, "an answer of the database")
    box.unplug("scale")
    wait_until(lambda: "scale" not in connected_types(server), SECONDS, "the news of the box")
    box.plug("scale")
    assert_same_box(server, box, before)


def _reads(server):
    try:
        return boxes(server)
    except requests.RequestException:
        return False


def test_deleting_a_listening_box_makes_it_forget_the_database(odoo_server, connected_box):
    [record] = boxes(odoo_server)
    connected_at = odoo_server.sql("select extract(epoch from websocket_opened_at) from iot_box")
    # the client ignores this command in the first five seconds of a websocket (contract 4.3)
    wait_until(
        lambda: odoo_server.sql("select extract(epoch from now())")[0][0] > connected_at[0][0] + 6,
        SECONDS,
        "the box obeying",
    )
    boots = connected_box.boots()
    odoo_server.call_kw("iot.box", "unlink", [record["id"]])
    connected_box.wait_restarted(boots)
    assert connected_box.data()["server_status"] == ""
    assert not boxes(odoo_server)


def post_setup(server, identifier, token):
    body = {
        "params": {
            "iot_box": {
                "identifier": identifier,
                "mac": None,
                "ip": "127.0.0.1",
                "token": token,
                "version": "L2025.10.22-19.0#1a2b3c4",
            },
            "devices": {
                f"printer-{number}": {"name": "Printer", "type": "printer", "connection": "direct"}
                for number in range(10)
            },
        }
    }
    return requests.post(f"{server.url}/iot/setup", json=body, timeout=SECONDS).json()


def test_twenty_first_setups_at_once_make_one_box(odoo_server):
    token = new_token(odoo_server)
    secret = token["legacy_token"].split("|")[1]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: post_setup(odoo_server, "b1", secret), range(20)))
    channels = [answer.get("result") for answer in answers]
    assert None not in channels, answers
    assert len(set(channels)) == 1
    [record] = boxes(odoo_server)
    assert (record["identifier"], record["device_count"]) == ("b1", 10)
    assert len(attempts(odoo_server, "accepted")) == 1
    [stored] = odoo_server.call_kw("iot.token", "read", [token["id"]], ["state", "box_id"])
    assert (stored["state"], stored["box_id"][0]) == ("used", record["id"])


def test_twenty_boxes_at_once_with_one_token_make_one_box(odoo_server):
    secret = new_token(odoo_server)["legacy_token"].split("|")[1]
    with ThreadPoolExecutor(20) as pool:
        answers = list(
            pool.map(lambda number: post_setup(odoo_server, f"b{number}", secret), range(20))
        )
    assert sum("result" in answer for answer in answers) == 1
    assert {answer["error"]["code"] for answer in answers if "error" in answer} == {403}
    assert len(boxes(odoo_server)) == 1
    assert {attempt["reason"] for attempt in attempts(odoo_server, "refused")} == {"used_by_other"}


def subscribe(server, **data):
    socket = create_connection(
        f"{server.url.replace('http', 'ws')}/websocket",
        origin=server.url,
        header=["User-Agent: OdooIoTBox/1.0"],
        timeout=SECONDS,
    )
    socket.send(json.dumps({"event_name": "subscribe", "data": data}))
    return socket


@pytest.mark.parametrize("dialect", ["channel", "token"])
def test_both_dialects_of_boxes_hear_the_messages_to_the_box(odoo_server, dialect):
    secret = new_token(odoo_server)["legacy_token"].split("|")[1]
    channel = post_setup(odoo_server, "b1", secret)["result"]
    data = {
        "channel": {"channels": [channel], "last": 0, "identifier": "b1"},
        "token": {"channels": [], "last": 0, "iot_token": secret},
    }[dialect]
    socket = subscribe(odoo_server, **data)
    wait_until(lambda: boxes(odoo_server)[0]["is_online"], SECONDS, "the box online")
    odoo_server.call_kw("iot.box", "unlink", [boxes(odoo_server)[0]["id"]])
    messages = [message["message"] for message in json.loads(socket.recv())]
    assert [message["type"] for message in messages] == ["server_clear"]
    assert messages[0]["payload"]["iot_identifiers"] == ["b1"]
    socket.close()


def test_a_guessed_channel_hears_nothing(odoo_server):
    secret = new_token(odoo_server)["legacy_token"].split("|")[1]
    channel = post_setup(odoo_server, "b1", secret)["result"]
    eavesdropper = subscribe(
        odoo_server, channels=["iot_channel_" + "0" * 64, "b1", secret], last=0, identifier="b1"
    )
    listener = subscribe(odoo_server, channels=[channel], last=0, identifier="b1")
    wait_until(lambda: boxes(odoo_server)[0]["is_online"], SECONDS, "the box online")
    odoo_server.call_kw("iot.box", "unlink", [boxes(odoo_server)[0]["id"]])
    assert "server_clear" in listener.recv()
    # what the listener has got was sent to all: had the other been entitled, it would be here
    eavesdropper.ping()
    assert eavesdropper.recv_data(control_frame=True)[0] == 0xA  # pong, and no message before it
    listener.close()
    eavesdropper.close()
