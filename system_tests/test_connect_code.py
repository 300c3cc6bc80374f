"""The popup of *Connect* in Chromium with stock boxes: pairing codes."""

import pytest
from box.waiting import wait_until
from harness import addon
from harness.iot_screen import SECONDS, Popup, open_iot

HANDED = "POST /iot_drivers/connect_to_server"  # in the log of a box
NEAR, FAR = "127.0.0", "127.77.0"  # what a browser on this machine searches, and what it does not


@pytest.fixture
def make_box(server, box_factory):
    """Make boxes that show a code of this server's broker, and ask about it often.

    :return: a function of the address block, which answers the box and its code
    """

    def make(block):
        box = box_factory(redirect=server.url, poll_interval=0.5, devices="", block=block)
        return box, wait_until(lambda: box.data()["pairing_code"], SECONDS, "a code")

    return make


def test_the_code_of_a_near_box_is_resolved_without_the_broker(server, make_box, page, shot):
    _other_box, _code = make_box(NEAR)  # two, so that none connects by itself
    box, code = make_box(NEAR)
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("choosing")
    popup.enter_code(code.lower().replace("-", " "))
    popup.expect_state("connected")
    shot(page, "connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]
    assert HANDED in box.log()
    assert server.sql("select count(*) from iot_broker_pairing where claimed_at is not null") == [
        (0,)
    ]


def test_the_code_of_a_box_out_of_reach_goes_to_the_broker(server, make_box, page, shot):
    box, code = make_box(FAR)
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    box.controls.write("faults", "http delay 600")
    popup.enter_code(code)
    popup.expect_state("waiting")
    shot(page, "1-waiting")
    box.controls.write("faults", "")
    popup.expect_state("connected")
    shot(page, "2-connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]
    assert HANDED not in box.log()


def test_a_wrong_code_is_told_and_the_right_one_connects(server, make_box, page, shot):
    box, code = make_box(FAR)
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    popup.enter_code(("C" if code[0] == "B" else "B") + code[1:])
    popup.expect_text("No box has this pairing code")
    shot(page, "1-wrong-code")
    assert addon.boxes(server) == []
    popup.enter_code(code)
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]


def test_an_expired_code_is_told_and_the_next_one_connects(server, make_box, page, shot):
    box, code = make_box(FAR)
    server.sql("update iot_broker_pairing set expires_at = now() at time zone 'utc'")
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    popup.enter_code(code)
    popup.expect_text("This pairing code has expired")
    popup.expect_text("Restart the box: it shows a new one.")
    shot(page, "1-expired")
    wait_until(lambda: box.data()["pairing_code_expired"], SECONDS, "the end of the code")
    box.restart()
    new_code = wait_until(lambda: box.data()["pairing_code"], SECONDS, "a new code")
    popup.enter_code(new_code)
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [box.identifier]


def test_a_code_used_already_is_told(server, make_box, page, shot):
    box, code = make_box(FAR)
    token = server.call_kw("iot.token", "create_for_handing_over")
    box.controls.write("faults", "http refuse")  # it cannot fetch what is handed over
    server.call_kw("iot.token", "action_hand_to_broker", [token["id"]], code, token["legacy_token"])
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    popup.enter_code(code)
    popup.expect_text("This pairing code was used already")
    shot(page, "used")
    box.controls.write("faults", "")
    wait_until(lambda: addon.boxes(server), SECONDS, "the box, by the first use of its code")
