"""Body of ``POST /iot/log`` (contract section 3.9): untrusted wire text in, clean records out."""

import re
from dataclasses import dataclass
from datetime import datetime

from ..const import MAX_LOG_POST_RECORDS, MAX_LOG_TEXT_LENGTH, MAX_TEXT_LENGTH
from ..exceptions import MalformedPayload
from .box_identifier import parse_box_identifier
from .box_time import is_plausible
from .wire_text import is_unprintable

SEPARATOR = "<log/>\n"
# Numbers of Python's levels; what lies between two of them belongs to the lower one.
LEVELS = ((50, "critical"), (40, "error"), (30, "warning"), (20, "info"), (0, "debug"))

_IDENTITY = re.compile(r"(?:identifier|mac) (.+)")  # mac: boxes before 19.0
_LEVEL = re.compile(r"(\d{1,3}),(.*)", re.DOTALL)
# asctime, milliseconds, pid, level, database ("?" on a box), logger, message
_LINE = re.compile(r"([-\d]{10} [:\d]{8}),\d{3} \d+ [A-Z]+ \S+ (\S+): ?(.*)", re.DOTALL)
# ECMA-48: control sequences (colours), operating system commands (titles), two-character escapes
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])")


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One record.

    ``logged_at`` is naive UTC by the clock of the box, None when it does not tell; ``logger`` may
    be empty; ``message`` may have several lines.
    """

    level: str
    logged_at: datetime | None
    logger: str
    message: str


@dataclass(frozen=True, slots=True)
class BoxLog:
    """The records of one post, oldest first, and the identifier of the box as it claims."""

    identifier: str
    records: tuple[LogRecord, ...]

    @classmethod
    def parse(cls, body):
        """Check the body of a post.

        :param bytes body: anything a stranger may post
        :rtype: BoxLog
        :raise MalformedPayload: naming what breaks a rule
        """
        head, *pieces = body.decode(errors="replace").split(SEPARATOR)
        identity = _IDENTITY.fullmatch(head)
        if not identity:
            raise MalformedPayload("The first record must be the identifier of the box.")
        records = _join(pieces)
        if len(records) > MAX_LOG_POST_RECORDS:
            raise MalformedPayload(f"At most {MAX_LOG_POST_RECORDS} records can be posted at once.")
        return cls(
            identifier=parse_box_identifier(identity[1], "The identifier of the box"),
            records=tuple(_record(number, text) for number, text in records),
        )


def _join(pieces):
    """Return level numbers and texts. A message may contain the separator: boxes do not escape it.

    :param list[str] pieces: what lies between the separators; the last one ends with the body
    """
    records = []
    for piece in pieces:
        if level := _LEVEL.fullmatch(piece):
            records.append((int(level[1]), [level[2]]))
        elif piece and not records:
            raise MalformedPayload("A record must begin with the number of its level.")
        elif piece:
            records[-1][1].append(piece)
    # at the end: to add the pieces one by one would copy all those before each again
    return [(number, SEPARATOR.join(texts)) for number, texts in records]


def _record(number, text):
    text = _clean(text)
    line = _LINE.fullmatch(text)
    logged_at, logger, message = line.groups() if line else (None, "", text)
    return LogRecord(
        level=next(level for least, level in LEVELS if number >= least),
        logged_at=_time(logged_at),
        logger=logger[:MAX_TEXT_LENGTH],
        message=message[:MAX_LOG_TEXT_LENGTH],
    )


def _time(text):
    try:
        time = datetime.fromisoformat(text) if text else None
    except ValueError:  # digits that are no date
        return None
    return time if time and is_plausible(time) else None


def _clean(text):
    """Remove colours and whatever else changes the look of a text; keep its lines."""
    text = _ESCAPE.sub("", text)
    return "".join(filter(_is_kept, text)).rstrip()


def _is_kept(character):
    return character in "\n\t" or not is_unprintable(character)
