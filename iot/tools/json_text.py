"""Values from elsewhere as JSON text of bounded length, which any text column can hold."""

import json


def json_text(value, limit):
    """Return a value as JSON of ASCII characters, or None where it is too long or no JSON.

    :param value: anything
    :param int limit: characters
    :rtype: str | None
    """
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return None
    return text if len(text) <= limit else None
