"""What the failures of an ACME authority mean: to whom it must be told, and whether they pass."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

import josepy
import requests
from acme import errors, messages

from ...exceptions import AuthorityError, DnsUpdateError

_logger = logging.getLogger(__name__)

MAX_DETAIL_LENGTH = 300
# the library decodes answers without care for what is missing in them
REMOTE_ERRORS = (
    DnsUpdateError,
    errors.Error,
    josepy.errors.Error,
    requests.RequestException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)


class Remedy(Enum):
    WAIT = 'ask again in a moment'
    NEW_ORDER = 'an order of an earlier try may be out of date: begin another one'
    NEW_ACCOUNT = 'open an account with the same key'
    NONE = 'a person has to do something, or time must pass; a begun order is still good'


@dataclass(frozen=True)
class Verdict:
    """
    :param AuthorityError error: for people
    :param Remedy remedy:
    """

    error: AuthorityError
    remedy: Remedy


# by the type of a problem (RFC 8555, section 6.7); all others are a refusal of the order
_PROBLEMS = {
    'badNonce': (Remedy.WAIT, 'unavailable', "has a failure"),
    'serverInternal': (Remedy.WAIT, 'unavailable', "has a failure"),
    'rateLimited': (Remedy.NONE, 'refused', "wants a pause"),
    'accountDoesNotExist': (Remedy.NEW_ACCOUNT, 'refused', "does not know its account"),
}
_REFUSAL = (Remedy.NEW_ORDER, 'refused', "refused")
# the first class that fits
_FAILURES = (
    (errors.ValidationError, (Remedy.NEW_ORDER, 'refused', "did not accept the zone")),
    (errors.IssuanceError, (Remedy.NEW_ORDER, 'refused', "did not issue")),
    ((errors.TimeoutError, requests.Timeout), (Remedy.WAIT, 'timeout', "did not answer in time")),
    (requests.RequestException, (Remedy.WAIT, 'unavailable', "cannot be reached")),
)
_FAILURE = (Remedy.WAIT, 'unavailable', "has a failure")
# an empty or foreign answer comes from something between here and there, for a while
_NONSENSE = (Remedy.WAIT, 'invalid_answer', "sent an answer that makes no sense")


def judge(error, retry_after):
    """
    :param error: one of ``REMOTE_ERRORS``
    :param float retry_after: seconds that the authority asked for, or None
    :rtype: Verdict
    """
    if isinstance(error, DnsUpdateError):
        remedy = Remedy.WAIT if error.code == 'unavailable' else Remedy.NONE
        return Verdict(AuthorityError(error.code, error.message), remedy)
    remedy, code, predicate = _meaning(error)
    retry_at = None
    if retry_after is not None:
        retry_at = datetime.now(UTC).replace(tzinfo=None) + timedelta(seconds=retry_after)
    message = f"The ACME authority {predicate}{_own_words(error)}."
    return Verdict(AuthorityError(code, message, retry_at), remedy)


def _meaning(error):
    if isinstance(error, messages.Error):
        return _PROBLEMS.get(error.code, _REFUSAL)
    for classes, meaning in _FAILURES:
        if isinstance(error, classes):
            return meaning
    match error:
        case errors.ClientError(args=[requests.Response(status_code=status)]):
            if status == 429 or status >= 500:
                return _FAILURE
    _logger.info("unexpected answer of an ACME authority", exc_info=error)
    return _NONSENSE


def seconds_to_wait(response):
    """What a refusing answer says in ``Retry-After``: seconds or a date (RFC 9110, 10.2.3).

    :return: seconds, not below 0; None if it does not say
    """
    text = response.headers.get('Retry-After', '')
    if text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _own_words(error):
    """What the authority says itself, which is for administrators."""
    if isinstance(error, errors.ValidationError):
        problems = [
            challenge.error
            for authorization in error.failed_authzrs
            for challenge in authorization.body.challenges
            if challenge.error
        ]
    elif isinstance(error, errors.IssuanceError):
        problems = [error.error]
    elif isinstance(error, messages.Error):
        problems = [error]
    else:
        return ''
    words = ' '.join(str(problem.detail or problem.code or '') for problem in problems)
    return f": {words[:MAX_DETAIL_LENGTH].rstrip('.')}"
