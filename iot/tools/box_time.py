"""Times as boxes tell them, who may have no clock, or be no boxes."""

from datetime import timedelta

from ..const import EARLIEST_YEAR, LATEST_YEAR


def is_plausible(time):
    """Tell whether a time can be meant: at the ends of the calendar it could not even be shown.

    :param datetime time: in UTC
    :rtype: bool
    """
    return EARLIEST_YEAR <= time.year <= LATEST_YEAR


def zone_offset(time, now):
    """Return by how much a local time that was told just now is ahead of UTC.

    Time zones differ from it by quarters of an hour, by 14 hours at most.

    :param datetime time: local
    :param datetime now: naive UTC
    :return: nothing where the clock itself must be wrong
    :rtype: timedelta
    """
    quarter = timedelta(minutes=15)
    offset = round((time - now) / quarter) * quarter
    return offset if abs(offset) <= timedelta(hours=14) else timedelta()
