"""What the pairing broker refuses on a real server: guesses, races, replays, floods, rubbish.
Each refusal leaves its state as it was."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from harness import broker

SERIAL_NUMBER = "10000000abcd1234"
WRONG_CODES = 20  # of one user, then it is locked
CODES_OF_ONE_SOURCE = 60
WAY = {"url": "http://127.0.0.1:9", "token": "t", "db_uuid": "u", "enterprise_code": ""}


@pytest.fixture
def server(odoo_server):
    """A server whose ``call_kw`` acts as its administrator."""
    odoo_server.login()
    return odoo_server


def serve_others(server):
    server.call_kw("ir.config_parameter", "set_param", "iot.broker_serves_others", "True")


def claim(server, code, token="t"):
    body = {"params": {**WAY, "pairing_code": code, "token": token}}
    return broker.post(server, broker.CLAIM, body)


def test_of_two_claims_at_once_one_wins(server):
    serve_others(server)
    for number in range(5):
        code, uuid = broker.register(server, f"box-{number}")
        tokens = ("first", "second")
        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(lambda token: claim(server, code, token), tokens))  # noqa: B023
        wins = [token for token, answer in zip(tokens, answers, strict=True) if "result" in answer]
        losses = [answer["error"]["data"]["code"] for answer in answers if "error" in answer]
        assert (len(wins), losses) == (1, ["claimed"])
        assert broker.ask(server, f"box-{number}", code, uuid)["result"]["token"] == wins[0]


def test_a_code_is_claimed_once(server):
    code, uuid = broker.register(server, SERIAL_NUMBER)
    assert broker.hand_over(server, code) == {"serial_number": SERIAL_NUMBER}
    before = broker.state(server)
    assert broker.hand_over(server, code) == {"error": "claimed"}
    assert broker.state(server) == before
    assert broker.ask(server, SERIAL_NUMBER, code, uuid)["result"]["url"] == server.url


def test_what_was_handed_over_is_told_once_even_to_questions_at_the_same_time(server):
    code, uuid = broker.register(server, SERIAL_NUMBER)
    broker.hand_over(server, code)
    with ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(lambda _: broker.ask(server, SERIAL_NUMBER, code, uuid), range(4))
        )
    assert sorted("result" in answer for answer in answers) == [False, False, False, True]
    assert [answer["error"] for answer in answers if "error" in answer] == ["expired"] * 3

    before = broker.state(server)
    assert [row["token"] for (row,) in before] == [None], "nor is it kept"
    assert broker.ask(server, SERIAL_NUMBER, code, uuid)["error"] == "expired"
    assert broker.state(server) == before


def test_a_question_with_the_uuid_of_another_box_learns_nothing(server):
    code, uuid = broker.register(server, "box-1")
    _code, uuid_of_another = broker.register(server, "box-2")
    broker.hand_over(server, code)
    before = broker.state(server)
    assert broker.ask(server, "box-1", code, uuid_of_another)["error"] == "expired"
    assert broker.state(server) == before
    assert broker.ask(server, "box-1", code, uuid)["result"]["url"] == server.url


def test_after_too_many_wrong_codes_the_right_one_is_refused(server):
    code, uuid = broker.register(server, SERIAL_NUMBER)
    before = broker.state(server)
    for number in range(WRONG_CODES):
        guess = "ZZZ-ZZZ-ZZZ" if number % 2 else "nonsense"  # malformed ones count as well
        assert broker.hand_over(server, guess) == {"error": "unknown_code"}
    assert broker.hand_over(server, code) == {"error": "locked"}
    assert broker.state(server) == before
    assert broker.ask(server, SERIAL_NUMBER, code, uuid)["result"] == {}

    # when the time is over, the right code connects
    server.sql("update iot_broker_guesser set since = since - interval '2 hours'")
    assert broker.hand_over(server, code) == {"serial_number": SERIAL_NUMBER}


def test_guesses_at_the_same_time_are_all_counted(server):
    serve_others(server)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: claim(server, "ZZZ-ZZZ-ZZZ"), range(12)))
    counted = server.sql("select wrong_codes from iot_broker_guesser order by key")
    assert counted == [(12,), (12,)], "of the address and of all strangers"


def test_a_flood_of_boxes_at_one_address_is_limited(server):
    answers = [broker.ask(server, f"box-{n}") for n in range(CODES_OF_ONE_SOURCE + 10)]
    assert ["result" in answer for answer in answers] == [True] * CODES_OF_ONE_SOURCE + [False] * 10
    assert answers[-1]["error"]["message"] == "No pairing code can be given now."
    assert len(broker.state(server)) == CODES_OF_ONE_SOURCE
    # a box that restarts is no other box
    assert "result" in broker.ask(server, "box-0")


RUBBISH = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[" * 5000,
    "null",
    "[]",
    '"text"',
    {"params": None},
    {"params": []},
    {"params": {}},
    {"params": {"serial_number": None}},
    {"params": {"serial_number": "a b"}},
    {"params": {"serial_number": "x" * 5000}},
    {"params": {"serial_number": SERIAL_NUMBER, "pairing_uuid": ["x"]}},
    {"params": {"serial_number": SERIAL_NUMBER, "pairing_uuid": "x", "pairing_code": {"a": 1}}},
    {"params": {"serial_number": SERIAL_NUMBER, "pairing_uuid": "\x00"}},
]


def test_rubbish_is_told_so_in_words(server):
    serve_others(server)
    code, uuid = broker.register(server, SERIAL_NUMBER)
    before = broker.state(server)
    for path in (broker.POLL, broker.CLAIM):
        for body in RUBBISH:
            answer = broker.post(server, path, body)
            assert "result" not in answer, (path, body)
            assert answer["error"].keys() == {"code", "message"}, (path, body)
            assert answer["error"]["code"] == 400, (path, body)
    assert broker.state(server) == before
    assert broker.ask(server, SERIAL_NUMBER, code, uuid)["result"] == {}
    assert "Traceback" not in server.log()


def test_waiting_boxes_cost_the_database_no_write(odoo_factory):
    """A transaction that only reads gets no number, so no number is given away meanwhile."""
    server = odoo_factory(own_cluster=True)
    server.login()
    code, uuid = broker.register(server, SERIAL_NUMBER)

    def next_transaction():
        [(number,)] = server.sql("select pg_snapshot_xmax(pg_current_snapshot())::text::int")
        return number

    broker.ask(server, SERIAL_NUMBER, code, uuid)  # the first time Odoo may fill its caches
    before = next_transaction()
    for _question in range(50):
        assert broker.ask(server, SERIAL_NUMBER, code, uuid)["result"] == {}
    assert next_transaction() == before
    broker.register(server, "another")
    assert next_transaction() > before, "the measure sees a write"
