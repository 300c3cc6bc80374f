"""The connection doctor for pages that come by HTTPS: the permission of the browser, and proxies
before Odoo."""

import re

from harness import addon
from harness.doctor import HEIGHT, Doctor, visit_doctor
from harness.iot_screen import Popup
from harness.visitor import WITHOUT_PERMISSION
from playwright.sync_api import expect

POLICY = b"Content-Security-Policy: connect-src 'self'\r\n"


def test_granted_all_is_well(lan_server, lan_box, lan, visit, shot):
    visitor = visit()
    visitor.permit("granted")
    popup = Popup.opened_for(visitor.open_iot(), lan.box_host)
    popup.expect_state("choosing")
    doctor = Doctor(popup)
    doctor.expect_no_findings_but()
    for name in ("page", "permission", "mixed_content", "network", "websocket"):
        doctor.expect(name, "ok")
    shot(visitor.page, "doctor", HEIGHT)


def test_denied_it_tells_how_to_allow_it_and_that_helps(lan_server, lan_box, lan, visit, shot):
    visitor = visit()
    visitor.permit("denied")
    popup = visitor.open_popup()
    popup.search_address(lan.box_host)
    popup.expect_state("nothing_found")
    doctor = Doctor(popup)
    doctor.expect_no_findings_but("permission")
    doctor.expect("permission", "problem", "Your browser does not let Odoo look for devices")
    doctor.expect("network", "skipped")
    shot(visitor.page, "doctor", HEIGHT)
    visitor.permit("granted")
    doctor.step("permission").click()  # Search again
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(lan_server)] == [lan_box.identifier]


def test_unanswered_it_tells_to_answer(lan_server, lan_box, visit, shot):
    visitor = visit()
    visitor.permit("prompt")
    doctor = visit_doctor(visitor.open_popup())
    doctor.expect_no_findings_but("permission")
    doctor.expect("permission", "warning", "Your browser may still be asking")
    doctor.expect("network", "skipped")
    shot(visitor.page, "doctor", HEIGHT)


def test_a_browser_without_the_permission_is_told_of_the_pairing_code(
    lan_server, lan_box, visit, shot
):
    visitor = visit(*WITHOUT_PERMISSION)
    visitor.forget_permissions()
    popup = visitor.open_popup()
    popup.expect_state("nothing_found")
    doctor = Doctor(popup)
    doctor.expect_no_findings_but("mixed_content")
    doctor.expect("permission", "skipped")
    doctor.expect("network", "skipped")
    shot(visitor.page, "doctor", HEIGHT)
    expect(doctor.step("mixed_content")).to_have_text("Use Pairing Code")
    doctor.step("mixed_content").click()
    popup.expect_state("code")


def test_a_proxy_that_does_not_upgrade_websockets_is_told(lan_server, lan_box, lan, front, shot):
    def forget_upgrade(data):
        return data.replace(b"Upgrade: websocket\r\n", b"")  # as nginx does unless told otherwise

    with front(to_server=forget_upgrade) as visit:
        visitor = visit()
        visitor.permit("granted")
        popup = Popup.opened_for(visitor.open_iot(), lan.box_host)
        popup.expect_state("choosing")
        doctor = Doctor(popup)
        doctor.expect_no_findings_but("websocket")
        doctor.expect("websocket", "problem", "with the headers Upgrade and Connection")
        expect(doctor.step("websocket")).to_have_attribute(
            "href", re.compile(r"^https://www\.odoo\.com/documentation/")
        )
        shot(visitor.page, "doctor", HEIGHT)


def test_a_proxy_that_forbids_the_page_to_connect_is_told(lan_server, lan_box, front, shot):
    def forbid(data):
        first, separator, rest = data.partition(b"\r\n")
        is_answer = first.startswith(b"HTTP/1.") and b" 101 " not in first
        return first + separator + POLICY + rest if is_answer else data

    with front(to_client=forbid) as visit:
        visitor = visit()
        visitor.permit("granted")
        popup = visitor.open_popup()
        popup.expect_state("nothing_found")
        doctor = Doctor(popup)
        doctor.expect_no_findings_but("page")
        doctor.expect("page", "problem", "This page may not connect to boxes")
        doctor.expect("network", "skipped")
        shot(visitor.page, "doctor", HEIGHT)
        doctor.step("page").click()
        popup.expect_state("code")
