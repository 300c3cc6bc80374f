"""When an authority elsewhere is asked again: after failures, and before a certificate ends."""

from datetime import timedelta

# All moments are whole seconds, as the clock is read by which they are found to be over.
# What passes by itself is tried soon; what a person has to mend, or the authority refuses, is not:
# public authorities count failed tries by the hour.
PASSING = ('unavailable', 'timeout', 'invalid_answer', 'unexpected')
FIRST_PAUSE = timedelta(minutes=1)
FIRST_PAUSE_AFTER_REFUSAL = timedelta(minutes=30)
LONGEST_PAUSE = timedelta(hours=6)
MAX_DOUBLINGS = 10


def retry_at(error, failures, now, spread):
    """
    :param AuthorityError error: the last failure; what it says of a pause is kept to
    :param int failures: in a row, this one included
    :param datetime now: UTC, naive
    :param float spread: by chance, from 0 to 1: who failed together comes back apart
    :rtype: datetime
    """
    first = FIRST_PAUSE if error.code in PASSING else FIRST_PAUSE_AFTER_REFUSAL
    pause = min(first * 2 ** min(failures - 1, MAX_DOUBLINGS), LONGEST_PAUSE)
    wish = getattr(error, 'retry_at', None)
    return max(now + pause * (0.5 + spread / 2), wish or now).replace(microsecond=0)


def renewal_at(now, not_after, wish, spread):
    """Return when to renew: as the authority wishes (RFC 9773), else after two thirds of the life.

    :param datetime now: of the issue; UTC, naive, as all of them
    :param datetime not_after: end of the certificate
    :param wish: datetime or None
    :param float spread: by chance, from 0 to 1
    :rtype: datetime
    """
    if wish and wish < not_after:
        return wish.replace(microsecond=0)
    return (now + (not_after - now) * (0.62 + spread * 0.04)).replace(microsecond=0)
