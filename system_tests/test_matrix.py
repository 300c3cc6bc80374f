"""Boxes of all versions with all ways to run Odoo: ``./dev matrix`` puts them into README.md."""

import re

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, new_token
from harness.addresses import free_box_address
from harness.box_record import BoxRecord
from harness.deployments import TITLES, deployed
from harness.device_requests import document, look, times_printed
from harness.replayed_box import ReplayedBox

ORDER = "order 17"
BASE_URL = "web.base.url"
HANDLERS = re.compile(r'"POST /iot/get_handlers HTTP/1\.\d" (\d+)')


@pytest.fixture(scope="module", params=TITLES)
def deployment(request, environment, tmp_path_factory):
    with deployed(request.param, environment, tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.fixture
def replay(deployment, cell):
    """Let a box of another version live a day: ``replay("odoo_17")``"""
    boxes = []

    def live(name):
        box = ReplayedBox(name, free_box_address(8069))
        boxes.append(box)
        is_alone = connect(deployment, box)
        live_a_day(deployment, box)
        cell("by a host name of its own" if is_alone else "yes")

    yield live
    for box in boxes:
        box.close()


def connect(deployment, box):
    """Bring a token to the box, and let it announce itself.

    :return: whether the database needed a host name of its own
    """
    server = deployment.server
    is_alone = bool(deployment.other_database) and not box.names_database
    box.take_token(new_token(server))
    if is_alone:
        assert box.set_up().status_code == 404, "nobody can tell which database is meant"
        assert BoxRecord(server, box.identifier).read("name") is None
        server.call_kw("ir.config_parameter", "set_param", BASE_URL, deployment.own_url)
        box.take_token(new_token(server))
        server.call_kw("ir.config_parameter", "set_param", BASE_URL, server.url)
    if box.names_database:  # by a header, which its first request may lack (contract section 1.2)
        bare = box.set_up(has_found_devices=False, is_bare=True)
        assert bare.status_code == (404 if deployment.other_database else 200)
    response = box.set_up(has_found_devices=False)
    assert response.json()["result"].startswith("iot_channel_")
    assert box.set_up().json() == response.json(), "the channel stays"
    return is_alone


def live_a_day(deployment, box):
    """From the handlers to the log. :raise AssertionError: when something got lost on the way"""
    record = BoxRecord(deployment.server, box.identifier)
    devices = box.vectors["setup"]["devices"]
    assert record.devices() == {name: device["type"] for name, device in devices.items()}
    handlers = box.ask_for_handlers()
    assert (handlers.status_code, handlers.content) == (200, b""), "it keeps its own"
    box.listen()
    record.wait_online({"printer", "display"})

    request = record.ask("printer", "print", document(ORDER))
    assert request["state"] == "sent"
    box.print_next()
    assert box.printed == [ORDER.encode()]
    for answer in box.vectors["answers"]:
        assert look(deployment.server, request)["state"] == "sent", "it has not ended yet"
        assert box.answer(answer).json()["result"] is True
    assert record.ended(request)["state"] == "done"
    for failure in box.vectors["failures"]:
        request = record.ask("printer", "print", document(ORDER))
        box.print_next()
        assert box.answer(failure).json()["result"] is True
        failed = record.ended(request)
        assert (failed["state"], failed["reason"]) == ("failed", failure["reason"])

    assert box.tell_log().ok
    assert any("hello from" in message for message in record.logged())
    told = box.tell_certificate()
    assert not told or told.json()["result"] is True
    found = record.read("version", "setup_source", "certificate_end_date")
    announced = box.vectors["setup"]["iot_box"]["version"]
    assert (found["version"], found["setup_source"]) == (announced, box.address)
    assert found["certificate_end_date"] == (told is not None and "2027-04-01 12:34:56")
    check_other_database(deployment)


def check_other_database(deployment):
    if deployment.other_database:
        query = "select count(*) from iot_box"
        found = deployment.server.cluster.execute(deployment.other_database, query)
        assert found == [(0,)], "the box went to the wrong database"


def test_a_box_of_17_prints_and_tells_so(replay):
    """17.0, early 18.0 (replayed)"""
    replay("odoo_17")


def test_a_box_of_18_0_prints_and_tells_so(replay):
    """18.0 (replayed)"""
    replay("odoo_18_0")


def test_a_box_of_18_4_prints_and_tells_so(replay):
    """late 18.0, 18.4 (replayed)"""
    replay("odoo_18_4")


def test_a_stock_box_of_19_0_prints_weighs_and_tells_so(deployment, box_factory, cell):
    """19.0, the stock software"""
    server = deployment.server
    asked = len(HANDLERS.findall(server.log()))
    names = ",".join(f"{name}={address}" for name, address in deployment.names.items())
    box = box_factory(devices="printer,scale", names=names)
    record = BoxRecord(server, box.identifier)
    box.controls.write("weight", "1.250")  # now: a slow scale may answer an older one once
    box.connect_to_server(new_token(server)["token"])
    record.wait_online({"printer", "scale"})
    # without the name of the database, as its first requests may be: the box keeps its own
    statuses = HANDLERS.findall(server.log())[asked:]
    assert statuses and set(statuses) <= {"200", "404" if deployment.other_database else "200"}

    printed = record.ended(record.ask("printer", "print", document(ORDER)))
    assert (printed["state"], times_printed(box, ORDER)) == ("done", 1)
    weighed = record.ended(record.ask("scale", "read_once"))
    assert (weighed["state"], weighed["result"]) == ("done", 1.25)
    wait_until(record.logged, SECONDS, "the log of the box")
    check_other_database(deployment)
    cell("yes")


def test_a_newer_box_prints_and_tells_so(replay):
    """newer, with `iot_token` (replayed)"""
    replay("odoo_newer")
