"""A scanner on a box, and the till that hears it."""

import pytest
from harness.addon import new_token, wait_online
from harness.device_requests import set_device
from harness.iot_screen import LOAD
from harness.pos_screen import Till
from harness.shop import APPLE, APPLE_BARCODE, Shop


@pytest.mark.long
def test_what_is_scanned_at_the_box_is_sold_at_the_till(
    own_network, shop_server, box_factory, page, shot
):
    box = box_factory(devices="keyboard")
    box.connect_to_server(new_token(shop_server)["token"])
    wait_online(shop_server, box, {"keyboard"})
    set_device(shop_server, "keyboard", is_scanner=True)
    wait_online(shop_server, box, {"scanner"})
    shop = Shop(shop_server)
    pos = shop.point_of_sale("Corner Shop")
    shop.associate(pos, box)
    till = Till(page, shop_server)
    with page.expect_request("**/iot_drivers/event", timeout=3 * LOAD):
        till.open(pos)
    box.press_keys(f"{APPLE_BARCODE}\n")
    till.expect_line(APPLE, "2.50")
    box.press_keys(f"{APPLE_BARCODE}\n")
    till.expect_line(APPLE, "5.00")
    till.expect_status("success")
    shot(page, "scanned")
