"""What a box calls itself (contract section 2.1)."""

import re

from ..const import MAX_IDENTIFIER_LENGTH
from ..exceptions import MalformedPayload
from .wire_text import exact_text

# Serial numbers, UUIDs, MAC addresses, and the literal of a test system.
_BOX_IDENTIFIER = re.compile(r'[A-Za-z0-9][A-Za-z0-9_.:-]*')


def parse_box_identifier(value, label):
    """Check the identifier of a box.

    :param value: anything a stranger may post
    :param str label: what to call it in an error
    :rtype: str
    :raise MalformedPayload: when no box has such an identifier
    """
    identifier = exact_text(value, label, MAX_IDENTIFIER_LENGTH)
    if not _BOX_IDENTIFIER.fullmatch(identifier):
        raise MalformedPayload(
            f"{label} must have letters, digits and . _ : - only, and start with a letter or digit."
        )
    return identifier
