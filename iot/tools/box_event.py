"""Body of ``POST /iot/box/send_websocket`` and of its older aliases (contract section 3.5).

A box posts all that happens on its devices there: answers, weights, each key of a keyboard. No key
but the identifier is certain, and most have several types.
"""

import json
from dataclasses import dataclass

from ..const import MAX_DEVICE_IDENTIFIER_LENGTH, MAX_RESULT_LENGTH, MAX_TEXT_LENGTH
from ..exceptions import MalformedPayload
from .box_identifier import parse_box_identifier
from .json_text import json_text
from .wire_text import is_unprintable

BOX_KEYS = ('iot_box_identifier', 'identifier', 'iot_mac', 'mac')
MAX_UID_LENGTH = 64
# Requests of remote debugging are answered to this session, whoever asked.
DEBUG_SESSION = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request ended. ``result`` is of bounded size."""

    state: str
    reason: str | bool = False
    message: str | bool = False
    result: object = None


@dataclass(frozen=True, slots=True)
class BoxEvent:
    """A checked event.

    :param str box: identifier or MAC address
    :param device: identifier; None where the box names none
    :param tuple[str, ...] uids: requests that it may answer, the likeliest first
    :param bool is_debug: it answers a request of remote debugging, if any
    :param outcome: None for what ends nothing: telemetry, warnings
    :param str warning: code that a printer reports before it goes on
    """

    box: str
    device: str | None
    uids: tuple[str, ...]
    is_debug: bool
    outcome: Outcome | None
    warning: str | bool = False

    @classmethod
    def parse(cls, params):
        """Check the parameters of an event.

        :param dict params: anything a stranger may post
        :rtype: BoxEvent
        :raise MalformedPayload: when it names no box
        """
        identifier = next((params[key] for key in BOX_KEYS if params.get(key)), None)
        device = params.get('device_identifier')
        return cls(
            box=parse_box_identifier(identifier, BOX_KEYS[0]),
            device=device if _is_text(device, MAX_DEVICE_IDENTIFIER_LENGTH) else None,
            uids=tuple(_uids(params)),
            is_debug=params.get('session_id') is DEBUG_SESSION and device is None,
            outcome=_outcome(params),
            warning=_short(params.get('message')) if params.get('status') == 'warning' else False,
        )

    @classmethod
    def parse_outcome(cls, params):
        """Check what a browser heard of a box directly.

        :param params: anything
        :rtype: Outcome
        :raise MalformedPayload: when it is no end of an action
        """
        outcome = _outcome(params) if isinstance(params, dict) else None
        if outcome is None:
            raise MalformedPayload("The outcome must be an object with a final status.")
        return outcome


def _is_text(value, limit):
    """Without control characters, which no device and no request has (PostgreSQL refuses NUL)."""
    is_short = isinstance(value, str) and 0 < len(value) <= limit
    return is_short and not any(map(is_unprintable, value))


def _uids(params):
    """Yield what may be the id of a request: all clients echo it, each somewhere else.

    A serial device puts the command's own keys on top; without them it is a reading that happens to
    fall into an action, although it tells ``owner`` and ``action_args`` of that action already.
    """
    candidates = [params.get(key) for key in ('session_id', 'action_unique_id', 'operation_id')]
    if not isinstance(params.get('status'), dict):
        echo = params.get('action_args')
        echo = echo if isinstance(echo, dict) else {}
        candidates += [echo.get('action_unique_id'), params.get('owner'), params.get('print_id')]
    for candidate in candidates:
        if _is_text(candidate, MAX_UID_LENGTH) and candidate.isascii() and candidate.isprintable():
            yield candidate


def _outcome(params):
    status = params.get('status')
    if isinstance(status, dict):  # serial devices
        if status.get('status') == 'error':
            trace = status.get('message_body')
            return Outcome('failed', 'box_error', _last_line(trace))
        return Outcome('done', result=_bounded(params.get('result')))
    match status:
        case 'success':
            if params.get('result') == 'pending':
                return None  # newer printers: the job has only begun
            return Outcome('done', result=_bounded(params.get('result')))
        case 'error':
            code = params.get('message')
            if _is_text(code, MAX_TEXT_LENGTH) and code.isascii() and code.isidentifier():
                return Outcome('failed', code)
            return Outcome('failed', 'box_error', _last_line(params.get('result')))
        case 'disconnected':
            # told of a device that is not there without a time, of one that goes away with one
            reason = 'device_lost' if 'time' in params else 'unknown_device'
            return Outcome('failed', reason)
        case 'duplicate':  # newer boxes: executed before
            return Outcome('done', 'duplicate')
    return None


def _bounded(value):
    text = json_text(value, MAX_RESULT_LENGTH)
    return None if text is None or value == '' else json.loads(text)


def _short(value):
    return value[:MAX_TEXT_LENGTH] if isinstance(value, str) and value.isprintable() else False


def _last_line(value):
    lines = value.split('\n') if isinstance(value, str) else []
    printable = [line.strip() for line in lines if line.strip() and line.strip().isprintable()]
    return printable[-1][:MAX_TEXT_LENGTH] if printable else False
