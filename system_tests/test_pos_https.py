"""A till that came by HTTPS, and speaks to the box on its network by the user's permission."""

import pytest
from harness.addon import new_token, wait_online
from harness.iot_screen import LOAD
from harness.paper import Printer
from harness.pos_screen import Till
from harness.shop import APPLE, Shop

ACTION = "POST /iot_drivers/action"


@pytest.fixture
def lan_server(lan, odoo_factory, environment):
    server = odoo_factory(address=lan.host, template=environment.shop_template)
    server.login()
    return server


def test_a_permitted_till_prints_directly(visit, lan_server, lan, box_factory):
    box = box_factory(devices="printer", **lan.box_options)
    box.connect_to_server(new_token(lan_server)["token"])
    wait_online(lan_server, box, {"printer"})
    shop = Shop(lan_server)
    pos = shop.point_of_sale("Corner Shop")
    shop.associate(pos, box)
    printer = Printer(box)
    visitor = visit()
    visitor.permit("granted")

    till = Till(visitor.page, lan_server)
    visitor.log_in(f"/pos/ui/{pos}")
    visitor.page.locator(".open-register-btn").click(timeout=LOAD)
    till.dialog.get_by_role("button", name="Open Register").click()
    till.expect_products()
    assert visitor.page.evaluate("odoo.use_lna") is True
    till.sell(APPLE)
    till.print_receipt()
    printer.wait_pictures(1)
    till.next_order()
    till.expect_status("success")
    assert ACTION in box.log()
    assert len(printer.pictures()) == 1
