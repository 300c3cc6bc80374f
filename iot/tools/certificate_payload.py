"""Bodies of the two requests for a certificate (contract section 6.2)."""

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ..const import MAX_TEXT_LENGTH, MAX_TOKEN_LENGTH
from ..exceptions import MalformedPayload
from .box_identifier import parse_box_identifier
from .wire_text import ascii_text


@dataclass(frozen=True, slots=True)
class BoxCertificatePayload:
    """A box asks its own database: ``POST /iot/box/certificate``.

    :param str token: of its last setup
    :param str address: its own, in normal form; on the wire the only one of a list
    :param datetime time: by its clock, naive UTC; None if it does not tell
    """

    identifier: str
    token: str = field(repr=False)
    address: str
    time: datetime | None = None

    @classmethod
    def parse(cls, params):
        """Check the parameters of a request.

        :param dict params: anything a stranger may post
        :rtype: BoxCertificatePayload
        :raise MalformedPayload: naming what breaks a rule
        """
        addresses = params.get('addresses')
        if not isinstance(addresses, list) or len(addresses) != 1:
            raise MalformedPayload("addresses must be a list of one entry.")
        return cls(
            identifier=parse_box_identifier(params.get('identifier'), 'identifier'),
            token=ascii_text(params.get('token'), 'token', MAX_TOKEN_LENGTH),
            address=_address(addresses[0]),
            time=_time(params.get('time')),
        )


@dataclass(frozen=True, slots=True)
class ContractCertificatePayload:
    """A box asks as it asks Odoo: ``POST /odoo-enterprise/iot/x509``. It does not say who it is."""

    db_uuid: str
    enterprise_code: str = field(repr=False)

    @classmethod
    def parse(cls, params):
        """Check the parameters of a request.

        :param dict params: anything a stranger may post
        :rtype: ContractCertificatePayload
        :raise MalformedPayload: naming what breaks a rule
        """
        return cls(
            db_uuid=ascii_text(params.get('db_uuid'), 'db_uuid', MAX_TEXT_LENGTH),
            enterprise_code=ascii_text(
                params.get('enterprise_code'), 'enterprise_code', MAX_TEXT_LENGTH
            ),
        )


def _address(value):
    try:
        if not isinstance(value, str):
            raise ValueError
        return str(ipaddress.ip_address(value))
    except ValueError as error:
        raise MalformedPayload("addresses must have an IP address.") from error


def _time(value):
    if value is None:
        return None
    try:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError
        return datetime.fromtimestamp(value, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError) as error:
        raise MalformedPayload("time must be a number of seconds since 1970.") from error
