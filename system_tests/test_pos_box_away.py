"""A till whose printer has no paper, and whose box dies in the middle of a sale."""

import pytest
from harness.addon import new_token, wait_online
from harness.paper import Printer
from harness.pos_screen import Till
from harness.shop import APPLE, Shop


@pytest.fixture
def shop(own_network, shop_server, box):
    """A shop with a box, a receipt printer, a scale and a display."""
    box.connect_to_server(new_token(shop_server)["token"])
    wait_online(shop_server, box)
    return Shop(shop_server)


@pytest.mark.long
def test_who_sells_goes_on_without_paper_and_without_the_box(shop, shop_server, box, page, shot):
    pos = shop.point_of_sale("Corner Shop")
    shop.associate(pos, box)
    printer = Printer(box)
    till = Till(page, shop_server).open(pos)

    box.controls.write("faults", "printer no-paper")
    till.sell(APPLE)
    till.print_receipt()
    till.expect_dialog("The printer has no paper.")
    shot(page, "no-paper")
    box.controls.write("faults", "")
    till.click("Retry")
    printer.wait_pictures(1)
    till.next_order()
    till.expect_status("success")
    assert len(printer.pictures()) == 1

    pulses = printer.pulses()
    till.add(APPLE)
    box.kill()
    till.pay()
    till.expect_paid()
    till.print_receipt()
    till.expect_dialog("Not printed")
    shot(page, "away")
    till.click("Continue")
    till.expect_status("danger")
    till.next_order()
    till.sell(APPLE, APPLE)
    till.print_receipt()
    till.expect_dialog("Not printed")

    box.start()
    wait_online(shop_server, box)
    till.click("Retry")
    printer.wait_pictures(2)
    till.next_order()
    till.expect_status("success")
    assert shop.orders(pos) == [5.0, 2.5, 2.5]
    assert len(printer.pictures()) == 2
    assert printer.pulses() == pulses  # those of the time without the box come no more
