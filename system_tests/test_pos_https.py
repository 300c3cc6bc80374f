"""A till that came by HTTPS, and speaks to the box on its network by the user's permission."""

import pytest
from harness.addon import new_token, wait_online
from harness.device_form import give_boxes_time
from harness.paper import Printer
from harness.pos_screen import Till
from harness.shop import APPLE, Shop

ACTION = "POST /iot_drivers/action"


@pytest.fixture
def lan_server(lan, odoo_factory, environment):
    server = odoo_factory(address=lan.host, template=environment.shop_template)
    server.login()
    return server


@pytest.mark.long
def test_a_permitted_till_prints_directly_and_another_one_by_the_server(
    visit, lan_server, lan, box_factory
):
    box = box_factory(devices="printer", **lan.box_options)
    box.connect_to_server(new_token(lan_server)["token"])
    wait_online(lan_server, box, {"printer"})
    shop = Shop(lan_server)
    pos = shop.point_of_sale("Corner Shop")
    shop.associate(pos, box)
    printer = Printer(box)
    visitor = visit()
    give_boxes_time(visitor.page)

    visitor.permit("denied")
    till = Till(visitor.page, lan_server, visitor.url).open(pos)
    till.sell(APPLE)
    till.print_receipt()
    printer.wait_pictures(1)
    printer.wait_pulses(1)
    till.next_order()
    assert ACTION not in box.log()

    visitor.permit("granted")
    till.reload()
    assert visitor.page.evaluate("odoo.use_lna") is True
    till.sell(APPLE)
    till.print_receipt()
    printer.wait_pictures(2)
    printer.wait_pulses(2)
    till.next_order()
    till.expect_status("success")
    assert ACTION in box.log()
    assert (len(printer.pictures()), printer.pulses()) == (2, 2)
