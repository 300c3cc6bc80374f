"""The story of the seed: a box is connected, a point of sale chosen for it, and something sold."""

import pytest
from harness.addon import wait_online
from harness.iot_screen import LOAD, Popup, open_iot
from harness.paper import Printer
from harness.pos_screen import PosChoice, Till
from harness.shop import APPLE, Shop
from playwright.sync_api import expect

NEAR = "127.0.0"


@pytest.mark.long
def test_a_box_is_connected_chosen_for_a_point_of_sale_and_prints_what_is_sold_there(
    own_network, shop_server, box_factory, browser, page, shot
):
    shop = Shop(shop_server)
    elsewhere, here = map(shop.point_of_sale, ("Market Stall", "Corner Shop"))
    box = box_factory(block=NEAR)
    popup = Popup.opened(open_iot(page, shop_server))
    popup.expect_state("connected")
    wait_online(shop_server, box)  # with its devices
    choice = PosChoice(page)
    choice.expect_offered("Market Stall", "Corner Shop")
    shot(page, "1-choose")
    choice.choose("Corner Shop")
    choice.expect_used("EPSON TM-m30", "Toledo 8217", "Display")
    shot(page, "2-chosen")
    choice.close()
    expect(page.get_by_role("dialog")).to_have_count(0)

    printer = Printer(box)
    with browser.new_context() as context:
        context.set_default_timeout(LOAD)
        till = Till(context.new_page(), shop_server).open(here)
        till.expect_status("success")
        shot(till.page, "3-till")
        till.sell(APPLE)
        till.print_receipt()
        printer.wait_pictures(1)
        printer.wait_pulses(1)
        shot(till.page, "4-printed")
    configs = shop_server.call_kw(
        "pos.config", "search_read", [["iot_box_id", "!=", False]], ["name"]
    )
    assert [config["id"] for config in configs] == [here]
    assert shop.orders(here) == [2.5]
    assert shop.orders(elsewhere) == []
