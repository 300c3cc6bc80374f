"""What a till does with the devices of its box, directly and by way of the server."""

import re

import pytest
from box.waiting import wait_until
from harness.addon import new_token, wait_online
from harness.iot_screen import LOAD
from harness.paper import SECONDS, Printer, blackness
from harness.pos_screen import Till, Weighing
from harness.shop import APPLE, CHEESE, Shop
from playwright.sync_api import expect

ACTION = "**/iot_drivers/action"
SHOWN = re.compile(r"chromium (\S+/pos_customer_display/\S+)")


@pytest.fixture
def shop(own_network, shop_server, box):
    """A shop with a box, a receipt printer, a scale and a display."""
    box.connect_to_server(new_token(shop_server)["token"])
    wait_online(shop_server, box)
    return Shop(shop_server)


@pytest.fixture
def pos(shop, box):
    """A point of sale that uses them."""
    pos = shop.point_of_sale("Corner Shop")
    shop.associate(pos, box)
    return pos


@pytest.mark.long
def test_a_sale_opens_the_drawer_prints_the_receipt_and_weighs_with_tare(
    shop, pos, shop_server, box, page, shot, environment
):
    printer = Printer(box)
    till = Till(page, shop_server).open(pos)
    till.expect_status("success")

    till.add(APPLE)
    box.controls.write("weight", "0.250")  # the empty bowl
    weighing = Weighing(till, CHEESE)
    weighing.expect_gross("0.25 kg")
    weighing.tare()
    weighing.expect_net("0.00 kg")
    box.controls.write("weight", "1.500")
    weighing.expect_gross("1.50 kg")
    weighing.expect_net("1.25 kg")
    shot(page, "weighed")
    weighing.order()
    till.expect_line(CHEESE, "12.50")

    till.pay()
    till.expect_paid()
    printer.wait_pulses(1)
    till.print_receipt()
    [receipt] = printer.wait_pictures(1)
    receipt.save(environment.state / "screenshots" / "pos-receipt.png")
    assert 0.02 < blackness(receipt) < 0.5  # neither empty nor black
    till.next_order()
    assert shop.orders(pos) == [15.0]
    assert printer.pulses() == 1
    till.expect_printed_by_browser(0)

    page.route(ACTION, lambda route: route.abort())  # a page that does not reach the box
    till.sell(APPLE)
    printer.wait_pulses(2)
    till.print_receipt()
    *_, second = printer.wait_pictures(2)
    assert second.height < receipt.height  # of one line less
    shot(page, "by-the-server")
    till.next_order()
    assert len(printer.pictures()) == 2


def test_the_customer_sees_on_the_display_of_the_box_what_is_sold(
    pos, shop_server, box, browser, page, shot
):
    till = Till(page, shop_server).open(pos)

    def shown():
        return SHOWN.findall("\n".join(box.commands()))

    [address] = wait_until(shown, SECONDS, "a page on the display")
    with browser.new_context() as context:  # of nobody who has logged in
        context.set_default_timeout(LOAD)
        display = context.new_page()
        display.goto(address)
        till.add(APPLE)
        line = display.locator(".orderline", has_text=APPLE)
        expect(line).to_contain_text("2.50")
        till.add(APPLE)
        expect(line).to_contain_text("5.00")
        shot(display, "display")
        till.pay()
        till.expect_paid()
        expect(display.get_by_text("Thank you")).to_be_visible()
    assert shown() == [address]
