"""Two do the same at the same instant, on a server with two processes: one of them is tried again
by Odoo, and nobody sees an error."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from box.waiting import wait_until
from harness import broker
from harness.addon import SECONDS, new_token, post_setup
from harness.held import held
from harness.prefork_server import PreforkServer

IDENTIFIER = "10000000abcd1234"


@pytest.fixture
def server(odoo_factory):
    """One that may have certificates."""
    server = odoo_factory(kind=PreforkServer, start=False)
    server.set_parameter("web.base.url", "https://odoo.example.com")
    server.set_parameter("database.enterprise_code", "M26030200000001")
    server.set_parameter("database.expiration_reason", "renewal")
    server.set_parameter("database.expiration_date", "2099-01-01 00:00:00")
    server.start()
    server.login()
    return server


@pytest.fixture
def colleague(server):
    """Another administrator, in a browser of his own."""
    groups = server.sql(
        "select res_id from ir_model_data where model = 'res.groups'"
        " and (module, name) in (('base', 'group_system'), ('iot', 'group_iot_manager'))"
    )
    values = {"name": "Colleague", "login": "colleague", "password": "colleague-of-admin"}
    values["group_ids"] = [(4, group) for (group,) in groups]
    server.call_kw("res.users", "create", values)
    colleague = server.another_session()
    colleague.login("colleague", "colleague-of-admin")
    return colleague


def secret_of(token):
    """:return: what a box presents of a token that somebody has made"""
    return token["legacy_token"].split("|")[1]


def at_once(server, table, *works):
    """Let works begin, stop each before it has written to a table, and let them go on together.

    :return: what each has returned
    """
    before = server.log().count("tries left")
    with ThreadPoolExecutor(len(works)) as threads:
        with held(server, table) as count_waiting:
            answers = [threads.submit(work) for work in works]

            def are_under_way():  # or have met each other already
                met = server.log().count("tries left") - before
                over = sum(answer.done() for answer in answers)
                return count_waiting() + met + over >= len(works)

            wait_until(are_under_way, SECONDS, "all of them")
        return [answer.result() for answer in answers]


def test_two_setups_of_one_box(server):
    secret = secret_of(new_token(server))
    first, second = at_once(
        server, "iot_connection_attempt", *[lambda: post_setup(server, IDENTIFIER, secret)] * 2
    )
    assert first["result"] == second["result"]
    assert server.sql("select identifier from iot_box") == [(IDENTIFIER,)]
    assert server.sql("select count(*) from iot_device") == [(10,)]
    assert server.sql("select outcome from iot_connection_attempt") == [("accepted",)]


def test_a_setup_and_the_deletion_of_its_box(server):
    secret = secret_of(new_token(server))
    post_setup(server, IDENTIFIER, secret)
    server.sql("delete from iot_device where identifier = 'printer-0'")  # the box has news
    [box] = server.call_kw("iot.box", "search", [])
    is_deleted, answer = at_once(
        server,
        "iot_device",
        lambda: server.call_kw("iot.box", "unlink", [box]),
        lambda: post_setup(server, IDENTIFIER, secret),
    )
    assert answer["result"].startswith("iot_channel_"), "of the box, or of its tombstone"
    assert is_deleted is True
    assert server.sql("select 1 from iot_box union all select 1 from iot_device") == []
    assert server.sql("select identifier from iot_tombstone") == [(IDENTIFIER,)]


def test_two_claims_of_one_code(server, colleague):
    code, uuid = broker.register(server, IDENTIFIER)
    answers = at_once(
        server,
        "iot_broker_pairing",
        lambda: broker.hand_over(server, code),
        lambda: broker.hand_over(colleague, code),
    )
    assert sorted(answers, key=str) == [{"error": "claimed"}, {"serial_number": IDENTIFIER}]
    handed_over = broker.ask(server, IDENTIFIER, code, uuid)["result"]
    assert "result" in post_setup(server, IDENTIFIER, handed_over["token"])


def test_two_people_ask_for_the_first_certificate(server, colleague):
    post_setup(server, IDENTIFIER, secret_of(new_token(server)))
    server.call_kw("ir.config_parameter", "set_param", "iot.certificate_authority", "odoo")

    def press(person):
        settings = person.call_kw("res.config.settings", "create", {})
        return person.call_kw("res.config.settings", "action_get_iot_certificate", [settings])

    answers = at_once(server, "iot_wildcard", lambda: press(server), lambda: press(colleague))
    assert answers[0] == answers[1]
    assert server.sql("select authority, failure from iot_wildcard") == [("odoo", None)]
