"""The tests on the form of a device, in Chromium with stock boxes: directly where the page reaches
the box, by way of the server where it does not, and once in either case."""

import io
from contextlib import contextmanager

import pytest
from box.waiting import wait_until
from harness import addon
from harness.device_form import DeviceForm, give_boxes_time
from harness.iot_screen import LOAD, SECONDS, log_in
from harness.paper import blackness, picture_of
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

ACTION = "/iot_drivers/action"


@pytest.fixture
def server(own_network, odoo_server):
    return odoo_server


@pytest.fixture
def form(page, server, request):
    """:return: ``form(device_type, *domain)`` opens the form of the only such device"""
    request.getfixturevalue("office" if "office" in request.fixturenames else "connected_box")
    give_boxes_time(page)
    log_in(page, server.url, "/odoo/iot")
    expect(page.locator(".o_kanban_record").first).to_be_visible(timeout=LOAD)
    return lambda *device: DeviceForm(page).open(server, *device)


@pytest.fixture
def printed(connected_box):
    """:return: a function that waits for a print job and returns all since the start of the test"""
    box = connected_box
    wait_until(box.printed, SECONDS, "the status ticket of a box that starts")
    before = set(box.printed())

    def jobs():
        return wait_until(
            lambda: [job for job in box.printed() if job not in before], SECONDS, "a print job"
        )

    return jobs


@pytest.fixture
def office(server, box_factory):
    """A box with printers for sheets and for labels."""
    box = box_factory(devices="office-printer,label-printer,scale,display")
    box.connect_to_server(addon.new_token(server)["token"])
    addon.wait_online(server, box)
    query = "select count(*) from iot_device where type = 'printer' and announced_connected"
    wait_until(lambda: server.sql(query) == [(2,)], SECONDS, "both printers")
    return box


@contextmanager
def blocked(page):
    """The page cannot reach any box, as if a firewall stood between."""
    pattern = f"**{ACTION}"
    page.route(pattern, lambda route: route.abort())
    yield
    page.unroute(pattern)


def requests_of(server):
    fields = ["state", "reason", "action", "message", "result"]
    return server.call_kw("iot.request", "search_read", [], fields, order="id")


def test_a_test_page_comes_out_of_the_printer_directly(form, printed, server, shot, environment):
    printer = form("printer")
    printer.click("Print Test Page")
    printer.expect_end("done", "Printed.", path="direct")
    [job] = printed()
    paper = picture_of(job)
    paper.save(environment.state / "screenshots" / "test-page.png")
    assert paper.width == 512
    assert 0.05 < blackness(paper) < 0.5  # neither an empty page nor a black one
    shot(printer.page, "printed")
    wait_until(lambda: requests_of(server)[0]["state"] == "done", SECONDS, "the note of the server")
    assert [request["action"] for request in requests_of(server)] == ["print_receipt"]


def test_a_page_that_does_not_reach_the_box_goes_by_the_server_and_does_not_try_again(
    form, printed, server, page, shot
):
    printer = form("printer")
    asked = []
    page.on("request", lambda request: ACTION in request.url and asked.append(request.url))
    with blocked(page):
        printer.click("Print Test Page")
        printer.expect_end("done", "Printed.", path="server")
        shot(page, "by-the-server")
        assert len(asked) == 1
        with page.expect_response("**/request_action"):
            printer.click("Print Test Page")
        printer.expect_end("done", "Printed.", path="server")
    assert len(asked) == 1
    wait_until(lambda: len(printed()) == 2, SECONDS, "both pages")
    assert [request["state"] for request in requests_of(server)] == ["done", "done"]


def test_an_action_whose_answer_is_lost_is_sent_both_ways_and_prints_once(
    form, printed, server, page, connected_box
):
    """The box prints, and neither the page nor the server hears of it; it goes to the box again by
    its websocket, under the same id."""
    wait_settled(server)

    def lose_answer(route):
        if connected_box.identifier in route.request.post_data:
            route.continue_()  # whether the box is there
        else:
            route.fetch()
            route.abort()

    page.route(f"**{ACTION}", lose_answer)
    connected_box.controls.write("faults", "http refuse")
    printer = form("printer")
    with page.expect_response("**/take_over_direct") as taken:
        printer.click("Print Test Page")
    assert taken.value.json()["result"]["state"] == "sent"
    wait_until(
        lambda: "Duplicate action print_receipt" in connected_box.log(), SECONDS, "the second one"
    )
    expire(server)
    printer.expect_end("expired", "The device may have done it all the same")
    assert len(printed()) == 1


def expire(server):
    """Let the time pass that a box has for an answer."""
    server.sql("update iot_request set expires_at = now() at time zone 'utc'")


def wait_settled(server):
    """Wait until the box's websocket is old enough that a second way is taken."""
    wait_until(
        lambda: server.sql(
            "select 1 from iot_box where websocket_opened_at < now() at time zone 'utc'"
            " - interval '20 seconds'"
        ),
        60,
        "20 s of one websocket",
    )


def test_the_scale_tells_its_weight_on_both_ways(form, connected_box, page, shot):
    connected_box.controls.write("weight", "1.250")
    scale = form("scale")
    scale.click("Read Weight")
    scale.expect_end("done", "Weight: 1.250 kg", path="direct")
    shot(page, "weight")
    connected_box.controls.write("weight", "0.4")
    with blocked(page):
        scale.click("Read Weight")
        scale.expect_end("done", "Weight: 0.400 kg", path="server")


def test_the_display_shows_the_test_picture_and_the_boxs_own_page_again(
    form, connected_box, server, page, shot
):
    display = form("display")
    display.click("Show Test Picture")
    display.expect_end("done", "The display shows a test picture", path="direct")
    url = f"{server.url}/iot/static/img/display_test.svg"
    wait_until(lambda: shown(connected_box, url), SECONDS, "the picture on the display")
    shot(page, "shown")
    page.goto(url)
    shot(page, "picture")
    display = form("display")
    with blocked(page):
        display.click("End Test")
        display.expect_end("done", "The display shows its page again", path="server")
    status = "http://localhost:8069/status/"
    wait_until(lambda: shown(connected_box, status), SECONDS, "the box's own page")


def shown(box, url):
    """Whether the last page that the box's browser was given is this one."""
    opened = [line for line in box.commands() if "chromium " in line and "http" in line]
    return opened and f"{url} " in opened[-1]


def test_a_box_that_is_off_is_said_to_be_offline(form, connected_box, server, shot):
    tests = {
        "printer": "Print Test Page",
        "scale": "Read Weight",
        "display": "Show Test Picture",
    }
    connected_box.stop()
    wait_until(lambda: not addon.boxes(server)[0]["is_online"], SECONDS, "the server to notice it")
    for device_type, button in tests.items():
        tested = form(device_type)
        tested.click(button)
        expect(tested.answer).to_contain_text("The IoT box is offline; waiting for it")
        shot(tested.page, f"{device_type}-waiting")
        expire(server)
        tested.expect_end("expired", "The IoT box is offline. Check its power and its network.")
    shot(tested.page, "offline")


def test_a_printer_without_paper_says_so(form, connected_box, printed, page, shot):
    connected_box.controls.write("faults", "printer no-paper")
    printer = form("printer")
    printer.click("Print Test Page")
    printer.expect_end("failed", "The printer has no paper.", path="direct")
    shot(page, "no-paper")
    connected_box.controls.write("faults", "")
    printer.click("Print Test Page")
    printer.expect_end("done", "Printed.")
    assert len(printed()) == 1


def test_an_office_printer_gets_a_pdf_and_a_label_printer_a_label(form, office, environment):
    wait_until(
        lambda: len(office.printed()) >= 2, SECONDS, "the status tickets of a box that starts"
    )
    before = set(office.printed())
    form("printer", ["subtype", "=", "office_printer"]).click("Print Test Page")
    [job] = wait_until(lambda: set(office.printed()) - before, SECONDS, "the sheet")
    [sheet] = PdfReader(io.BytesIO(job.read_bytes())).pages
    [picture] = sheet.images
    paper = Image.open(io.BytesIO(picture.data))
    paper.save(environment.state / "screenshots" / "test-sheet.png")
    assert (paper.width, paper.getpixel((0, 0))) == (512, (0, 0, 0))  # the frame
    before = set(office.printed())
    form("printer", ["subtype", "=", "label_printer"]).click("Print Test Page")
    [job] = wait_until(lambda: set(office.printed()) - before, SECONDS, "the label")
    label = job.read_text()
    assert label.startswith("^XA^CI28^FO30,30^A0N,28^FH_^FDTest Page^FS")
    assert "^FDZebra ZD421^FS" in label
    assert label.endswith("^XZ\n")


def test_a_page_hears_what_happens_on_a_device_by_itself(form, connected_box, page):
    connected_box.controls.write("weight", "0.500")
    scale = form("scale")
    scale.listen()
    for weight in (1.5, 2.25):
        connected_box.controls.write("weight", str(weight))
        scale.wait_heard("result", weight)
    assert not scale.answer.is_visible()
    page.evaluate("stop.abort()")
    wait_until(lambda: page.evaluate("ended"), SECONDS, "the end")
