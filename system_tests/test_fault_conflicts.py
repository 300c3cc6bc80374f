"""Two do the same at the same instant, on a server with two processes: one of them is tried again
by Odoo, and nobody sees an error."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from box.waiting import wait_until
from harness import broker
from harness.addon import SECONDS, new_token, post_setup
from harness.addresses import free_box_address
from harness.box_record import BoxRecord
from harness.device_requests import ask, document, pass_time
from harness.held import held
from harness.prefork_server import PreforkServer
from harness.replayed_box import ReplayedBox
from harness.server_log import errors

IDENTIFIER = "10000000abcd1234"
PUBLIC_URL = "https://odoo.example.com"
ORDER = "order 17"


@pytest.fixture
def server(odoo_factory):
    """One that may have certificates."""
    server = odoo_factory(kind=PreforkServer, start=False)
    server.set_parameter("web.base.url", PUBLIC_URL)
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


@pytest.fixture
def box(server):
    """One that listens and answers when it is told to, which stock software does by itself."""
    box = ReplayedBox("odoo_newer", free_box_address(8069))
    forms = new_token(server)
    box.take_token({"token": forms["token"].replace(PUBLIC_URL, server.url)})
    assert box.set_up().ok
    yield box
    box.close()


def ends(server):
    """:return: how the requests stand, and how many times somebody was told of an end"""
    states = [state for (state,) in server.sql("select state from iot_request")]
    query = "select count(*) from bus_bus where message like '%%iot.request/ended%%'"
    [(told,)] = server.sql(query)
    return states, told


def secret_of(token):
    """:return: what a box presents of a token that somebody has made"""
    return token["legacy_token"].split("|")[1]


def at_once(server, table, *works, explained=None):
    """Let works begin, stop each before it has written to a table, and let them go on together.

    :param explained: pattern of errors in the log that are no surprise
    :return: what each has returned
    """
    begin = server.log()
    with ThreadPoolExecutor(len(works)) as threads:
        with held(server, table) as count_waiting:
            answers = [threads.submit(work) for work in works]

            def are_under_way():  # or have met each other already
                met = server.log().count("tries left") - begin.count("tries left")
                over = sum(answer.done() for answer in answers)
                return count_waiting() + met + over >= len(works)

            wait_until(are_under_way, SECONDS, "all of them")
        results = [answer.result() for answer in answers]
    assert errors(server.log()[len(begin) :], explained) == []
    return results


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


def test_two_answers_to_one_request(server, box):
    box.listen()
    BoxRecord(server, box.identifier).wait_online({"printer"})
    ask(server, "printer", "print", document(ORDER))
    box.print_next()
    answer = box.vectors["answers"][-1]
    answers = at_once(server, "iot_request", *[lambda: box.answer(answer)] * 2)
    assert [each.json()["result"] for each in answers] == [True, True]
    assert ends(server) == (["done"], 1)


def test_an_answer_and_the_end_of_its_time(server, box):
    box.listen()
    BoxRecord(server, box.identifier).wait_online({"printer"})
    ask(server, "printer", "print", document(ORDER))
    box.print_next()
    pass_time(server)

    def expire():
        server.run_cron("iot.ir_cron_expire_requests")

    answer, _expired = at_once(
        server,
        "iot_request",
        lambda: box.answer(box.vectors["answers"][-1]),
        expire,
        explained=r"Job 'IoT: end requests",  # Odoo itself tries no scheduled action again
    )
    assert answer.json()["result"] is True
    expire()
    assert ends(server) in ((["done"], 1), (["expired"], 1))


def test_a_box_that_comes_when_it_is_asked_for_something(server, box):
    def come_and_print():
        box.listen()
        box.print_next()

    request, _printed = at_once(
        server,
        "iot_box",
        lambda: ask(server, "printer", "print", document(ORDER)),
        come_and_print,
    )
    assert request["state"] in ("queued", "sent")
    assert box.printed == [ORDER.encode()]
    assert ends(server) == (["sent"], 0)
    assert box.answer(box.vectors["answers"][-1]).json()["result"] is True
    assert ends(server) == (["done"], 1)
