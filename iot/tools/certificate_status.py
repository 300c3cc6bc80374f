"""What a box tells of its HTTPS certificate (contract section 3.4), and what that amounts to."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ..const import CERTIFICATE_EXPIRING
from ..exceptions import MalformedPayload
from .box_identifier import parse_box_identifier
from .box_time import is_plausible

BOX_KEYS = ('identifier', 'iot_mac', 'iot_box_identifier', 'mac')
NONE, VALID, EXPIRING, EXPIRED = 'none', 'valid', 'expiring', 'expired'
# '2026-04-01 12:34:56.123456+00:00' and shorter
MAX_DATE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class CertificateStatus:
    """A checked post.

    :param str box: identifier or MAC address
    :param datetime end_date: naive UTC time
    """

    box: str
    end_date: datetime

    @classmethod
    def parse(cls, params):
        """Check the parameters of a post.

        :param dict params: anything a stranger may post
        :rtype: CertificateStatus
        :raise MalformedPayload: when it names no box or no date
        """
        identifier = next((params[key] for key in BOX_KEYS if params.get(key)), None)
        return cls(
            box=parse_box_identifier(identifier, BOX_KEYS[0]),
            end_date=_parse_date(params.get('ssl_certificate_end_date')),
        )


def certificate_state(end_date, now):
    """Return the state of a certificate.

    A stock box asks for another one when 10 days are left: with fewer, renewal has failed.

    :param end_date: naive UTC datetime, or nothing when no certificate is known
    :param datetime now: naive UTC
    :rtype: str
    """
    if not end_date:
        return NONE
    if end_date <= now:
        return EXPIRED
    return EXPIRING if end_date - now <= CERTIFICATE_EXPIRING else VALID


def _parse_date(value):
    """Return the naive UTC time of a date as any client writes it; without a zone it is UTC."""
    try:
        if not isinstance(value, str) or len(value) > MAX_DATE_LENGTH:
            raise ValueError
        date = datetime.fromisoformat(value)
        if date.tzinfo:
            date = date.astimezone(UTC).replace(tzinfo=None)
        if not is_plausible(date):
            raise ValueError
    except (ValueError, OverflowError) as error:
        raise MalformedPayload("ssl_certificate_end_date must be a date with time.") from error
    return date.replace(microsecond=0)
