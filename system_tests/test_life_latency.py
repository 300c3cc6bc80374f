"""How long an action takes, from the user through database and box and back to the user.

The figures are printed, beside those of a message that only goes from the database to the user.
"""

import json
import statistics
import time

from harness.addon import SECONDS, new_token
from harness.device_requests import device_id
from websocket import create_connection

TIMES = 20


def listen(server):
    """:return: the websocket of the user's browser, listening"""
    socket = create_connection(
        f"{server.url.replace('http', 'ws')}/websocket",
        origin=server.url,
        cookie=f"session_id={server.session_id()}",
        timeout=SECONDS,
    )
    data = {"channels": [], "last": 0}
    socket.send(json.dumps({"event_name": "subscribe", "data": data}))
    return socket


def wait_for(socket, message_type, **payload):
    """Wait until this message has come.

    :return: its payload
    """
    while True:
        for notification in json.loads(socket.recv()):
            message = notification["message"]
            if message["type"] == message_type and message["payload"].items() >= payload.items():
                return message["payload"]


def measure(work):
    """:return: seconds that each run took"""
    seconds = []
    for _run in range(TIMES):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def test_round_trip_of_an_action_beside_that_of_a_message(odoo_server, connected_box, capsys):
    tokens = [new_token(odoo_server)["id"] for _run in range(TIMES)]
    socket = listen(odoo_server)
    display = device_id(odoo_server, "display")

    def send_message():
        token = tokens.pop()
        odoo_server.call_kw("iot.token", "action_revoke", [token])
        wait_for(socket, "iot.token/revoked", token_id=token)

    def act():
        asked = odoo_server.call_kw("iot.device", "request_action", [display], "display_refresh")
        ended = wait_for(socket, "iot.request/ended", uid=asked["uid"])
        assert ended["state"] == "done"

    figures = {"message": measure(send_message), "action": measure(act)}
    socket.close()
    with capsys.disabled():
        for name, seconds in figures.items():
            low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
            print(f"\n{name:8}{TIMES} × {middle * 1000:.0f} ms", end="")
            print(f" (median; {low * 1000:.0f} to {high * 1000:.0f} ms)", end="")
