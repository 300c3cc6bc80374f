"""Times as boxes tell them, who may have no clock, or be no boxes."""

from ..const import EARLIEST_YEAR, LATEST_YEAR


def is_plausible(time):
    """Tell whether a time can be meant: at the ends of the calendar it could not even be shown.

    :param datetime time: in UTC
    :rtype: bool
    """
    return EARLIEST_YEAR <= time.year <= LATEST_YEAR
