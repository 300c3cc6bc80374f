"""What can go wrong between somebody who asks and the server that answers.

Each fault is a function that takes ``pass_on``, the way to the server behind, and returns what is
answered instead: ``(status, headers, body)``.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor


class ConnectionBroken(ConnectionResetError):
    """Raised by a fault: who asked gets no answer at all."""


def unreached(_pass_on):
    """The connection breaks before the server has got anything."""
    raise ConnectionBroken


def lost(pass_on):
    """The server has acted, but nobody hears of it."""
    pass_on()
    raise ConnectionBroken


def twice(pass_on):
    """The same arrives twice, at the same instant."""
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(lambda _time: pass_on(), range(2)))[-1]


def truncated(pass_on):
    """Half of the JSON; other answers are as they were."""
    code, headers, content = pass_on()
    is_json = headers.get("Content-Type", "").startswith("application/json")
    return code, headers, content[: len(content) // 2] if is_json else content


def emptied(pass_on):
    """The server has acted, but its answer is 200 with nothing."""
    pass_on()
    return empty(pass_on)


def empty(_pass_on):
    """200 with nothing, by something on the way."""
    return 200, {}, b""


def late(seconds):
    """The true answer, perhaps after whoever asked has given up."""

    def fault(pass_on):
        time.sleep(seconds)
        return pass_on()

    return fault


def status(code, **headers):
    """An error page of something on the way."""
    return lambda _pass_on: (code, headers, b"<html>no</html>")


def problem(code, kind, **headers):
    """An ACME error (RFC 8555, section 6.7)."""
    body = f'{{"type": "urn:ietf:params:acme:error:{kind}", "detail": "by the test"}}'
    headers["Content-Type"] = "application/problem+json"
    return lambda _pass_on: (code, headers, body.encode())


def json_answer(content):
    """An answer of a server that can more than the one behind."""
    headers = {"Content-Type": "application/json"}
    return lambda _pass_on: (200, headers, json.dumps(content).encode())


def around(before=None, after=None):
    """Do something when the server has not got it yet, or has answered but nobody has heard it.

    :param before, after: functions without arguments
    """

    def fault(pass_on):
        if before:
            before()
        answer = pass_on()
        if after:
            after()
        return answer

    return fault
