"""A number of minutes as it stands in a system parameter, where anybody may have typed anything."""

from datetime import timedelta


def parse_minutes(text, *, default, least, most):
    """Return the duration that a system parameter means.

    :param text: its value as Odoo returns it, false if it is not set
    :type text: str | bool
    :param datetime.timedelta default: for what is no number
    :param datetime.timedelta least: in place of anything shorter
    :param datetime.timedelta most: in place of anything longer
    :rtype: datetime.timedelta
    """
    try:
        return min(max(timedelta(minutes=int(text or '')), least), most)
    except (ValueError, OverflowError):
        return default
