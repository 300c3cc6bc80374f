"""Pairing a stock box by a server token typed into its homepage."""

from configparser import RawConfigParser

from box.waiting import SECONDS, wait_until


def configuration(box):
    """:return: what the client has stored about its server"""
    conf = RawConfigParser()
    conf.read(box.home / "odoo.conf")
    return dict(conf["iot.box"]) if conf.has_section("iot.box") else {}


def test_a_token_of_localhost_is_refused(box):
    boots = box.boots()
    answer = box.connect_to_server("http://localhost:8069?token=t&db_uuid=u&enterprise_code=")
    assert answer == {"status": "failure", "message": "Invalid URL provided."}
    assert "remote_server" not in configuration(box)
    assert box.boots() == boots


def test_a_token_with_an_unknown_parameter_is_refused(box):
    answer = box.connect_to_server("http://127.0.0.1:9?token=t&db_uuid=u&enterprise_code=&extra=1")
    assert answer["status"] == "failure"
    assert "remote_server" not in configuration(box)


def test_a_token_in_url_form_is_stored_and_the_box_restarts(box, odoo_server):
    answer = box.connect_to_server(
        f"{odoo_server.url}?token=secret&db_uuid=u-1&enterprise_code=&db_name={odoo_server.database}"
    )
    assert answer["status"] == "success"
    assert box.boots() == 2
    stored = configuration(box)
    assert stored["remote_server"] == box.data()["server_status"] == odoo_server.url
    assert (stored["token"], stored["db_uuid"]) == ("secret", "u-1")
    assert stored["db_name"] == odoo_server.database
    wait_until(lambda: "POST /iot/setup" in odoo_server.log(), SECONDS, "announcement to Odoo")


def test_a_token_in_pipe_form_is_stored(box, odoo_server):
    assert box.connect_to_server(f"{odoo_server.url}|secret|u-1|code")["status"] == "success"
    stored = configuration(box)
    assert stored["remote_server"] == odoo_server.url
    assert (stored["token"], stored["enterprise_code"]) == ("secret", "code")


def test_the_pairing_is_kept_over_a_power_cut_and_forgotten_on_request(box, odoo_server):
    box.connect_to_server(f"{odoo_server.url}?token=secret&db_uuid=u-1&enterprise_code=")
    box.kill()
    box.start()
    assert box.data()["server_status"] == odoo_server.url
    box.forget_server()
    assert box.data()["server_status"] == ""
    assert "token" not in configuration(box)
