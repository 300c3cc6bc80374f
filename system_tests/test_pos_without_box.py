"""A point of sale to which no box belongs, in a database with a box: all is as it was before."""

from harness.addon import new_token, wait_online
from harness.paper import Printer
from harness.pos_screen import Till
from harness.shop import APPLE, CHEESE, Shop


def test_a_point_of_sale_without_a_box_sells_and_prints_by_the_browser_as_ever(
    own_network, shop_server, box, page, shot
):
    box.connect_to_server(new_token(shop_server)["token"])
    wait_online(shop_server, box)
    printer = Printer(box)
    shop = Shop(shop_server)
    pos = shop.point_of_sale("Corner Shop")
    elsewhere = []
    page.on(
        "request",
        lambda request: (
            elsewhere.append(request.url)
            if not request.url.startswith((shop_server.url, "data:", "blob:"))
            else None
        ),
    )
    till = Till(page, shop_server).open(pos)
    till.sell(APPLE, CHEESE)
    till.print_receipt()
    till.expect_printed_by_browser(1)
    shot(page, "printed-by-the-browser")
    till.next_order()
    assert (till.proxy_status.count(), till.iot_status.count()) == (0, 0)
    assert shop.orders(pos) == [12.5]
    assert (printer.pictures(), printer.pulses()) == ([], 0)
    assert elsewhere == []
    assert shop_server.sql("select count(*) from iot_request") == [(0,)]
