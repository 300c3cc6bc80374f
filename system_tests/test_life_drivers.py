"""Stock boxes take the drivers of the database, and load them."""

import re

import pytest
from box.waiting import wait_until
from harness.addon import DEVICES, SECONDS, new_token, wait_online
from harness.box_form import ENDED, RETURNED
from playwright.sync_api import expect

ADDON = "iot_test_oven"
DRIVER = "drivers/oven_driver.py"
BUTTON = "Update Drivers Now"
MANIFEST = {"name": "Oven", "author": "Test", "license": "LGPL-3", "depends": ["iot"]}
INTERFACE = """\
from odoo.addons.iot_drivers.interface import Interface


class OvenInterface(Interface):
    connection_type = "oven"

    def get_devices(self):
        return {"oven": {}}
"""
DRIVER_OF = """\
from odoo.addons.iot_drivers.driver import Driver


class OvenDriver(Driver):
    connection_type = "oven"

    def __init__(self, identifier, device):
        super().__init__(identifier, device)
        self.device_type = "device"
        self.device_connection = "direct"
        self.device_name = "%s"

    @classmethod
    def supported(cls, device):
        return True
"""


class Handlers:
    """The folder ``iot_handlers`` of an addon."""

    def __init__(self, path):
        self.path = path / ADDON / "iot_handlers"
        self.write("../__init__.py", "")
        self.write("../__manifest__.py", repr(MANIFEST))
        self.write("interfaces/oven_interface.py", INTERFACE)
        self.write(DRIVER, DRIVER_OF % "Oven 1")

    def write(self, name, text):
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text)


@pytest.fixture
def handlers(tmp_path):
    return Handlers(tmp_path / "addons")


@pytest.fixture
def server(odoo_factory, handlers):
    """A server with an addon that brings a driver."""
    server = odoo_factory(start=False, addons=handlers.path.parent.parent)
    server.install(ADDON)
    return server.start()


def connect(server, box, devices=frozenset(DEVICES)):
    box.connect_to_server(new_token(server)["token"])
    wait_online(server, box, devices)


def read(server, *fields):
    return server.call_kw("iot.box", "search_read", [], list(fields))[0]


def wait_device(server, name):
    domain = [["announced_name", "=", name], ["connected", "=", True]]
    wait_until(lambda: server.call_kw("iot.device", "search", domain), SECONDS, name)


def answers(server):
    """:return: the status of each answer to a box that asked for drivers"""
    return re.findall(r'"POST /iot/get_handlers HTTP/1.1" (\d+)', server.log())


def handler_files(box):
    folder = box.home / "odoo/addons/iot_drivers/iot_handlers"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}


@pytest.mark.parametrize(
    ("mode", "devices"),
    [("rpi", frozenset(DEVICES)), ("windows", frozenset({"printer", "scale"}))],
)
def test_a_box_loads_the_drivers_of_the_database_beside_the_stock_ones(
    server, box_factory, mode, devices
):
    box = box_factory(mode=mode)
    stock = handler_files(box)
    connect(server, box, devices)
    wait_device(server, "Oven 1")
    assert handler_files(box) == stock | {DRIVER, "interfaces/oven_interface.py"}
    assert answers(server) == ["200"]
    before = read(server, "drivers_state", "drivers_fetched_at")
    assert before["drivers_state"] == "current"
    assert before["drivers_fetched_at"]

    box.restart()
    wait_until(lambda: answers(server) == ["200", "304"], SECONDS, "304")
    wait_online(server, box, devices)
    wait_device(server, "Oven 1")
    assert read(server, "drivers_state", "drivers_fetched_at") == before


def test_a_changed_driver_is_taken_at_the_next_start(server, box, handlers):
    connect(server, box)
    wait_device(server, "Oven 1")
    handlers.write(DRIVER, DRIVER_OF % "Oven 22")
    assert read(server, "drivers_state")["drivers_state"] == "outdated"
    box.restart()
    wait_device(server, "Oven 22")
    assert read(server, "drivers_state")["drivers_state"] == "current"
    assert answers(server) == ["200", "200"]


def test_with_automatic_updates_off_drivers_are_taken_when_a_person_wants_it(server, box, handlers):
    connect(server, box)
    wait_device(server, "Oven 1")
    box_id = read(server, "id")["id"]
    server.call_kw("iot.box", "write", [box_id], {"drivers_auto_update": False})
    handlers.write(DRIVER, DRIVER_OF % "Oven 22")
    box.restart()
    wait_until(lambda: len(answers(server)) == 2, SECONDS, "the question at the start")
    wait_device(server, "Oven 1")
    assert read(server, "drivers_state")["drivers_state"] == "outdated"
    box.force_drivers_update()
    wait_device(server, "Oven 22")
    assert read(server, "drivers_state")["drivers_state"] == "current"


def test_an_update_asked_for_on_the_form_restarts_the_box_which_takes_the_drivers(
    server, box, handlers, box_form
):
    connect(server, box)
    wait_device(server, "Oven 1")
    box_id = read(server, "id")["id"]
    server.call_kw("iot.box", "write", [box_id], {"drivers_auto_update": False})
    handlers.write(DRIVER, DRIVER_OF % "Oven 22")
    boots = box.boots()
    screen = box_form(server)
    screen.click(BUTTON)
    screen.confirm("Update")
    screen.expect_report(RETURNED, "The box is back, with the drivers of this database.")
    wait_device(server, "Oven 22")
    assert box.boots() == boots + 1
    assert read(server, "drivers_state")["drivers_state"] == "current"
    expect(screen.button(BUTTON)).to_have_count(0)

    handlers.write(DRIVER, DRIVER_OF % "Oven 333")
    box.stop()
    wait_until(lambda: not read(server, "is_online")["is_online"], SECONDS, "the box offline")
    screen.click(BUTTON)
    screen.confirm("Update")
    screen.expect_report(ENDED, "The box is offline: nothing was sent to it.")
    assert read(server, "drivers_state")["drivers_state"] == "outdated"


def test_a_box_of_another_odoo_version_keeps_its_own_drivers(server, box_factory):
    box = box_factory(release="18.0")
    stock = handler_files(box)
    connect(server, box)
    box.force_drivers_update()
    wait_online(server, box)
    assert handler_files(box) == stock
    assert set(answers(server)) == {"200"}
    assert read(server, "drivers_state")["drivers_state"] == "other_series"


def test_a_box_keeps_its_own_drivers_where_no_addon_brings_any(odoo_server, connected_box):
    stock = handler_files(connected_box)
    connected_box.force_drivers_update()
    wait_online(odoo_server, connected_box)
    assert handler_files(connected_box) == stock
    assert "Deleted old IoT handlers" not in connected_box.log()
    assert set(answers(odoo_server)) == {"200"}
    state = read(odoo_server, "drivers_state", "drivers_fetched_at")
    assert (state["drivers_state"], state["drivers_fetched_at"]) == ("own", False)


def test_drivers_of_an_addon_that_has_gone_leave_the_box(server, box):
    connect(server, box)
    wait_device(server, "Oven 1")
    [module] = server.call_kw("ir.module.module", "search", [["name", "=", ADDON]])
    server.call_kw("ir.module.module", "button_immediate_uninstall", [module])
    box.restart()
    wait_until(lambda: len(answers(server)) == 2, SECONDS, "the question at the start")
    wait_online(server, box)
    stock = "drivers/serial_scale_driver.py"
    wait_until(lambda: {DRIVER, stock} & handler_files(box) == {stock}, SECONDS, "its own drivers")
