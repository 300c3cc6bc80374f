"""The harness itself: a real Odoo and PostgreSQL that can be stopped and started."""

import pytest
import requests
from harness.odoo_server import OdooRpcError


def test_a_server_has_a_database_of_its_own(odoo_server):
    assert odoo_server.login() == 2
    base_url = odoo_server.call_kw("ir.config_parameter", "get_param", "web.base.url")
    assert base_url == odoo_server.url
    [[name]] = odoo_server.sql("select current_database()")
    assert name == odoo_server.database


def test_an_error_is_raised(odoo_server):
    odoo_server.login()
    with pytest.raises(OdooRpcError, match="no_such_method"):
        odoo_server.call_kw("res.users", "no_such_method", [])


def test_a_killed_server_starts_again_on_its_port(odoo_server):
    odoo_server.kill()
    with pytest.raises(requests.ConnectionError):
        odoo_server.rpc("/web/webclient/version_info")
    odoo_server.start()
    assert odoo_server.rpc("/web/webclient/version_info")["server_serie"] == "19.0"


def test_a_server_outlives_a_restart_of_its_database(odoo_factory):
    server = odoo_factory(own_cluster=True)
    assert server.login() == 2
    server.cluster.restart()
    assert server.login() == 2


def test_a_person_logs_in_with_a_browser(page, odoo_server):
    page.goto(f"{odoo_server.url}/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar")
