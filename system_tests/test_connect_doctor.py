"""The connection doctor of the popup, on plain pages: real causes, what it says of them, and that
its advice helps."""

import datetime
import subprocess

from harness.doctor import HEIGHT, Doctor, visit_doctor
from harness.iot_screen import Popup, open_iot
from playwright.sync_api import expect

LAN_WITHOUT_SERVICES = "10.98.0.0/24"


def test_on_a_plain_page_of_the_network_all_is_well(lan, lan_server, box_factory, page, shot):
    box = box_factory(devices="", **lan.box_options)
    popup = Popup.opened_for(open_iot(page, lan_server), lan.box_host)
    popup.expect_state("choosing")
    doctor = Doctor(popup)
    doctor.expect_no_findings_but()
    doctor.expect("network", "ok")
    doctor.expect("permission", "skipped")
    assert f"Box: {box.identifier} at {lan.box_host}" in doctor.report
    shot(page, "doctor", HEIGHT)


def test_a_clock_that_differs_is_told(server, page, shot):
    page.clock.set_fixed_time(datetime.datetime.now() + datetime.timedelta(hours=2))
    doctor = visit_doctor(Popup.opened(open_iot(page, server)))
    doctor.expect("clock", "warning", "The clock of this computer is ahead of the server's")
    expect(doctor.step("clock")).to_have_text("Examine again")
    shot(page, "doctor", HEIGHT)
    page.clock.set_fixed_time(datetime.datetime.now())
    doctor.step("clock").click()
    doctor.wait()
    doctor.expect("clock", "ok")


def set_base_url(server, url):
    server.call_kw("ir.config_parameter", "set_param", "web.base.url", url)


def test_a_base_url_of_localhost_is_told_and_can_be_corrected(server, page, shot):
    set_base_url(server, "http://localhost:8069")
    doctor = visit_doctor(Popup.opened(open_iot(page, server)))
    doctor.expect(
        "base_url", "problem", "No box can reach this Odoo at localhost", "http://localhost:8069"
    )
    shot(page, "doctor", HEIGHT)
    with page.expect_popup() as opened:
        doctor.step("base_url").click()
    expect(opened.value.get_by_role("cell", name="web.base.url", exact=True)).to_be_visible()
    set_base_url(server, "http://192.168.1.10:8069")
    doctor.again()
    doctor.expect("base_url", "warning", "This browser gets no answer")  # there is no such host


def test_a_base_url_that_nobody_answers_at_is_told(lan, lan_server, page, shot):
    set_base_url(lan_server, "http://10.99.0.123:8069")
    doctor = visit_doctor(Popup.opened(open_iot(page, lan_server)))
    doctor.expect(
        "base_url",
        "warning",
        "This browser gets no answer at the address of this Odoo",
        "http://10.99.0.123:8069",
    )
    shot(page, "doctor", HEIGHT)
    set_base_url(lan_server, lan_server.url)
    doctor.again()
    doctor.expect("base_url", "ok")


def test_a_server_with_several_databases_is_told(
    own_network, environment, odoo_factory, page, shot
):
    server = odoo_factory(other_databases=[environment.template])
    page.goto(f"{server.url}/web?db={server.database}")
    popup = Popup.opened(open_iot(page, server))
    doctor = visit_doctor(popup)
    doctor.expect("databases", "warning", "This server has several databases")
    shot(page, "doctor", HEIGHT)
    doctor.step("databases").click()
    popup.expect_state("target")


def test_a_server_that_is_gone_is_told_until_it_is_back(server, page, shot):
    popup = Popup.opened(open_iot(page, server))
    popup.click("Use Pairing Code")
    server.stop()
    doctor = Doctor(popup)
    doctor.expect("server", "problem", "The Odoo server did not answer")
    for name in ("websocket", "base_url", "clock", "databases"):
        doctor.expect(name, "skipped")
    shot(page, "doctor", HEIGHT)
    server.start()
    doctor.step("server").click()
    doctor.wait()
    doctor.expect("server", "ok")


def test_an_odoo_on_this_computer_does_not_take_refusals_for_a_veto(server, page, shot):
    """All addresses of this computer refuse, and there is no way to any other."""
    popup = Popup.opened(open_iot(page, server))
    popup.expect_state("nothing_found")
    doctor = Doctor(popup)
    doctor.expect("permission", "skipped")
    doctor.expect("network", "problem", "All requests to the network failed at once")
    shot(page, "doctor", HEIGHT)
    doctor.step("network").click()
    popup.enter_address("127.88.0.0/24")
    popup.expect_state("nothing_found")
    doctor = Doctor(popup)
    doctor.expect("network", "warning", "No IoT box runs on this computer")
    doctor.expect_no_findings_but("network", "base_url")


def test_a_network_where_all_refuse_is_not_taken_for_a_veto(lan, lan_server, page, shot):
    # the kernel answers for each of these addresses, and nobody listens
    subprocess.run(
        ["/usr/sbin/ip", "route", "add", "local", LAN_WITHOUT_SERVICES, "dev", "lo"], check=True
    )
    popup = Popup.opened(open_iot(page, lan_server))
    popup.search_address(LAN_WITHOUT_SERVICES)
    popup.expect_state("nothing_found")
    doctor = Doctor(popup)
    doctor.expect("network", "problem", "All requests to the network failed at once")
    doctor.expect("permission", "skipped")
    doctor.expect_no_findings_but("network")
    assert f"Asked {LAN_WITHOUT_SERVICES}: 254" in doctor.report
    shot(page, "doctor", HEIGHT)


def test_a_silent_address_can_be_opened_beside_the_popup(lan, lan_server, page, shot):
    popup = Popup.opened(open_iot(page, lan_server))
    popup.search_address("192.168.7.7")
    popup.expect_state("nothing_found")
    doctor = Doctor(popup)
    doctor.expect("network", "problem", "This address does not answer", "192.168.7.7")
    expect(doctor.step("network")).to_have_attribute("href", "http://192.168.7.7:8069")
    shot(page, "doctor", HEIGHT)


def test_the_next_step_is_reached_by_keyboard(server, page):
    popup = Popup.opened(open_iot(page, server))
    doctor = visit_doctor(popup)
    step = doctor.step("network")
    for _ in range(10):
        page.keyboard.press("Tab")
        if step.evaluate("step => step === document.activeElement"):
            break
    expect(step).to_be_focused()
    expect(step).to_have_accessible_description("Boxes on your network")
    page.keyboard.press("Enter")
    popup.expect_state("target")
    expect(popup.dialog.get_by_label("Address of the box, or network")).to_be_focused()
