"""Many stock boxes online at once: by hand, as it needs memory for all of them.

IOT_MANY_BOXES=50 ./dev test system_tests/test_life_many.py
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from box.waiting import wait_until
from harness.addon import boxes, new_token

COUNT = int(os.environ.get("IOT_MANY_BOXES", "0"))
SECONDS = 300
AT_ONCE = 4  # starts of Python processes on few cores


@pytest.mark.skipif(not COUNT, reason="set IOT_MANY_BOXES to a number of boxes")
def test_many_boxes_are_online_at_once(odoo_server, box_factory, capsys):
    def tell(figure):
        with capsys.disabled():
            print(figure)

    def online():
        return sum(box["is_online"] for box in boxes(odoo_server))

    def wait_all(event, begin):
        wait_until(lambda: online() == COUNT, SECONDS, f"all boxes online {event}")
        tell(f"{COUNT} boxes online {event}: {time.monotonic() - begin:.1f} s")

    made = [box_factory(start=False, devices="scale") for _ in range(COUNT)]
    tokens = [new_token(odoo_server)["token"] for _ in made]
    begin = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as starters:
        list(starters.map(lambda box: box.start(), made))
        tell(f"{COUNT} boxes started: {time.monotonic() - begin:.1f} s")
        begin = time.monotonic()
        list(starters.map(lambda box, token: box.connect_to_server(token), made, tokens))
    wait_all("after connecting", begin)

    begin = time.monotonic()
    boxes(odoo_server)
    tell(f"all of them read: {1000 * (time.monotonic() - begin):.0f} ms")
    [[writes, servers]] = odoo_server.sql(
        "select (select n_tup_upd from pg_stat_user_tables"
        " where relname = 'iot_websocket_server'), count(*) from iot_websocket_server"
    )
    tell(f"heartbeats written so far by {servers} process: {writes}")

    [[former]] = odoo_server.sql("select distinct websocket_server from iot_box")
    odoo_server.kill()
    odoo_server.start()
    odoo_server.login()
    begin = time.monotonic()
    wait_until(
        lambda: (
            not odoo_server.sql(
                "select 1 from iot_box where websocket_server = %s limit 1", (former,)
            )
        ),
        SECONDS,
        "all boxes on the new process",
    )
    wait_all("after a killed server was back", begin)
