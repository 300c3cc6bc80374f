"""Who hears the messages to a box, on real websockets."""

import json

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, boxes, new_token, post_setup
from websocket import create_connection


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
    odoo_server.call_kw("iot.box", "request_connection_test", [boxes(odoo_server)[0]["id"]])
    messages = [message["message"] for message in json.loads(socket.recv())]
    assert [message["type"] for message in messages] == ["test_connection"]
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
    odoo_server.call_kw("iot.box", "request_connection_test", [boxes(odoo_server)[0]["id"]])
    assert "test_connection" in listener.recv()
    # what the listener has got was sent to all: had the other been entitled, it would be here
    eavesdropper.ping()
    assert eavesdropper.recv_data(control_frame=True)[0] == 0xA  # pong, and no message before it
    listener.close()
    eavesdropper.close()
