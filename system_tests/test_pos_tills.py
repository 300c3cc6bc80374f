"""Two tills that share a box with a printer for receipts and another one in the kitchen."""

import pytest
from box.waiting import wait_until
from harness.addon import boxes, new_token, wait_online
from harness.iot_screen import LOAD
from harness.paper import SECONDS, Printer
from harness.pos_screen import Till
from harness.shop import APPLE, SOUP, Shop


@pytest.fixture
def box(own_network, shop_server, box_factory):
    box = box_factory(devices="printer,printer2")
    box.connect_to_server(new_token(shop_server)["token"])
    wait_online(shop_server, box, types={"printer"})
    wait_until(
        lambda: boxes(shop_server)[0]["connected_device_count"] == 2, SECONDS, "both printers"
    )
    return box


@pytest.fixture
def tills(browser, shop_server):
    """:return: screens of two browsers"""
    contexts = [browser.new_context() for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(LOAD)
    yield [Till(context.new_page(), shop_server) for context in contexts]
    for context in contexts:
        context.close()


@pytest.mark.long
def test_two_tills_share_a_printer_for_receipts_and_the_one_in_the_kitchen(
    shop_server, box, tills, environment
):
    shop = Shop(shop_server)
    stores = [shop.point_of_sale(f"Till {number}") for number in (1, 2)]
    for pos in stores:
        shop.associate(pos, box)
    counter, kitchen = shop.receipt_printers()
    # by itself the second till would take the printer that nobody uses
    shop_server.call_kw("pos.config", "write", stores, {"iot_receipt_printer_id": counter})
    shop.add_order_printer(stores, kitchen)
    receipts, orders = Printer(box, 1), Printer(box, 2)
    for till, pos in zip(tills, stores, strict=True):
        till.open(pos)

    for till in tills:
        till.add(APPLE)
        till.add(SOUP)
    for till in tills:
        till.pay()
    for till in tills:
        till.expect_paid()
    for till in tills:
        till.print_receipt()
    printed = receipts.wait_pictures(2)
    ordered = orders.wait_pictures(2)
    receipts.wait_pulses(2)
    ordered[0].save(environment.state / "screenshots" / "pos-kitchen.png")
    for till in tills:
        till.next_order()
        till.expect_status("success")
    assert [shop.orders(pos) for pos in stores] == [[6.5], [6.5]]
    assert len({receipt.tobytes() for receipt in printed}) == 2
    assert (len(receipts.pictures()), receipts.pulses()) == (2, 2)
    assert (len(orders.pictures()), orders.pulses()) == (2, 0)
