"""A barcode scanner of a box, from its keys to the order at a till."""

from box.waiting import wait_until
from harness.addon import SECONDS, new_token, wait_online
from harness.pos_screen import Till
from harness.shop import APPLE, Shop

BAR_CODE = "4006381333931"


def test_what_is_scanned_is_sold(own_network, shop_server, box_factory, page):
    box = box_factory(devices="keyboard")
    box.connect_to_server(new_token(shop_server)["token"])
    wait_online(shop_server, box, {"keyboard"})
    call = shop_server.call_kw
    [device] = call("iot.device", "search", [])
    call("iot.device", "write", [device], {"is_scanner": True})
    wait_online(shop_server, box, {"scanner"})
    domain = [["unconfirmed_settings", "=", False]]
    wait_until(lambda: call("iot.device", "search", domain), SECONDS, "the confirmation")

    shop = Shop(shop_server)
    [apple] = call("product.template", "search", [["name", "=", APPLE]])
    call("product.template", "write", [apple], {"barcode": BAR_CODE})
    pos = shop.point_of_sale("Corner Shop")
    [box_id] = call("iot.box", "search", [])
    devices = {"iot_box_id": box_id, "iot_scanner_ids": [[6, 0, [device]]]}
    call("pos.config", "write", [pos], devices)
    till = Till(page, shop_server).open(pos)
    for price in ("2.50", "5.00"):
        box.press_keys(f"{BAR_CODE}\n")
        till.expect_line(APPLE, price)
