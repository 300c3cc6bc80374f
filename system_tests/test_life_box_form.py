"""The buttons on the form of a stock box, in Chromium: what they do, and what they say."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from box.waiting import wait_until
from harness.addon import SECONDS, boxes, new_token, wait_online
from harness.box_form import ENDED, RETURNED
from playwright.sync_api import expect

AUTHTOKEN = "2abcDEF0123456789_5xyzXYZ"
NGROK = ("127.0.0.1", 4040)
SILENCE = "http refuse"  # it hears and obeys, and cannot answer


@pytest.mark.long
def test_the_connections_of_a_box_are_measured(odoo_server, connected_box, box_form):
    screen = box_form(odoo_server)
    screen.click("Test Connection")
    screen.expect_report(ENDED, "The box answers.")
    # the stand-in of the box's measuring program needs 1 ms for any way
    expect(screen.report).to_contain_text("The Internet (WAN): fast.")
    assert [line for line in connected_box.commands() if line.startswith("sudo mtr")]

    connected_box.controls.write("faults", SILENCE)
    screen.click("Test Connection")
    screen.expect_report(ENDED, "The box did not answer in time.")

    connected_box.stop()
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    screen.click("Test Connection")
    screen.expect_report(ENDED, "The box is offline: nothing was sent to it.")


def test_a_box_restarts_once_and_is_followed_until_it_is_back(odoo_server, connected_box, box_form):
    boots = connected_box.boots()
    screen = box_form(odoo_server)
    screen.click("Restart")
    screen.confirm("Restart")
    screen.expect_report(RETURNED, "The box has restarted and is online again.")
    assert connected_box.boots() == boots + 1


@pytest.mark.long
def test_a_box_that_restarts_without_a_word_is_not_said_to_have_done_so(
    odoo_server, connected_box, box_form
):
    boots = connected_box.boots()
    screen = box_form(odoo_server)
    connected_box.controls.write("faults", SILENCE)
    screen.click("Restart")
    screen.confirm("Restart")
    screen.expect_report(ENDED, "The box went offline before it answered.")
    connected_box.wait_restarted(boots)
    connected_box.stop()
    screen.click("Restart")
    screen.confirm("Restart")
    screen.expect_report(ENDED, "The box is offline: nothing was sent to it.")
    connected_box.controls.write("faults", "")
    connected_box.start()
    boots = connected_box.boots()
    wait_online(odoo_server, connected_box)
    assert connected_box.boots() == boots  # what was refused does not happen later


def test_the_logs_of_a_box_are_downloaded_though_it_is_off(
    odoo_server, box_factory, page, box_form
):
    box = box_factory(mode="rpi")  # those of the mode ``test`` send none
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, box)
    # any line: the first ones are a stranger's, if they come before its first setup
    line = wait_until(
        lambda: odoo_server.call_kw("iot.log", "search_read", [], ["message"], limit=1),
        SECONDS,
        "logs of the box",
    )[0]
    screen = box_form(odoo_server)
    box.stop()
    with page.expect_download() as download:
        screen.click("Download Logs")
    assert download.value.suggested_filename == f"{box.identifier}.log"
    assert line["message"] in download.value.path().read_text()


@pytest.fixture
def ngrok():
    """The program's local page, which tells a box that the tunnel is open."""

    class Tunnels(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"tunnels": []}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(NGROK, Tunnels)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("own_network")
def test_the_tunnel_of_a_box_is_opened_and_closed(
    odoo_server, connected_box, box_form, ngrok, page
):
    screen = box_form(odoo_server)
    screen.click("Remote Debug")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Start", exact=True)).to_be_disabled()
    dialog.get_by_label("Authtoken of ngrok").fill(AUTHTOKEN)
    screen.picture("dialog")
    report = dialog.locator(".o_iot_debug_report")
    screen.confirm("Start")
    screen.expect_report(ENDED, "the tunnel is open", report)
    expect(dialog.get_by_label("Authtoken of ngrok")).to_have_value("")
    ngrok.shutdown()
    ngrok.server_close()
    screen.confirm("Stop")
    screen.expect_report(ENDED, "no tunnel is open", report)
    calls = [line for line in connected_box.commands() if "ngrok" in line]
    assert [line.split(" --config")[0] for line in calls] == [
        f"sudo ngrok config add-authtoken {AUTHTOKEN}",
        "sudo systemctl restart odoo-ngrok.service",
        "sudo ngrok config add-authtoken ",
        "sudo systemctl stop odoo-ngrok.service",
    ]
    assert AUTHTOKEN not in odoo_server.log()
    kept = odoo_server.call_kw("iot.request", "search_read", [])
    assert [entry["state"] for entry in kept] == ["done", "done"]
    assert AUTHTOKEN not in str(kept)

    connected_box.stop()
    wait_until(lambda: not boxes(odoo_server)[0]["is_online"], SECONDS, "the box offline")
    screen.confirm("Check")
    screen.expect_report(ENDED, "The box is offline: nothing was sent to it.", report)
