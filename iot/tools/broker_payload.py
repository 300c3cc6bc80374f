"""Bodies of the two broker routes: untrusted wire values in, checked ones out."""

from dataclasses import dataclass

from ..const import MAX_IDENTIFIER_LENGTH, MAX_TOKEN_LENGTH, MAX_URL_LENGTH
from ..exceptions import MalformedPayload, UnusableBaseUrl
from .base_url import box_server_url
from .box_identifier import parse_box_identifier
from .pairing_code import MAX_TYPED_LENGTH
from .wire_text import ascii_text


@dataclass(frozen=True, slots=True)
class PairingPoll:
    """What a box asks (contract section 6.1). Without code it asks for one."""

    serial_number: str
    code: str
    uuid: str

    @classmethod
    def parse(cls, serial_number, pairing_code, pairing_uuid):
        """Check the parameters of a poll.

        :raise MalformedPayload: naming the first value that breaks a rule
        """
        return cls(
            serial_number=parse_box_identifier(serial_number, 'serial_number'),
            code=ascii_text(pairing_code, 'pairing_code', MAX_TYPED_LENGTH),
            uuid=ascii_text(pairing_uuid, 'pairing_uuid', MAX_TYPED_LENGTH),
        )


@dataclass(frozen=True, slots=True)
class PairingClaim:
    """What a database hands over to the box that shows a code."""

    code: str
    url: str
    token: str
    db_uuid: str
    enterprise_code: str

    @classmethod
    def parse(cls, pairing_code, url, token, db_uuid, enterprise_code):
        """Check the parameters of a claim. The code itself is left to the limits on guessing.

        :raise MalformedPayload: naming the first value that breaks a rule
        """
        url = ascii_text(url, 'url', MAX_URL_LENGTH)
        try:
            server_url, _warning = box_server_url(url)
        except UnusableBaseUrl as error:
            raise MalformedPayload(
                "url must be the scheme and host under which a box reaches the database."
            ) from error
        return cls(
            code=pairing_code if isinstance(pairing_code, str) else '',
            url=server_url,
            token=_required(token, 'token', MAX_TOKEN_LENGTH),
            db_uuid=ascii_text(db_uuid, 'db_uuid', MAX_IDENTIFIER_LENGTH),
            enterprise_code=ascii_text(enterprise_code, 'enterprise_code', MAX_IDENTIFIER_LENGTH),
        )

    @classmethod
    def parse_pipe_form(cls, pairing_code, legacy_token):
        """Check a code and a token in pipe form (contract section 9).

        :raise MalformedPayload: naming the first value that breaks a rule
        """
        parts = legacy_token.split('|') if isinstance(legacy_token, str) else ()
        if len(parts) != 4:
            raise MalformedPayload("The token must have four parts.")
        return cls.parse(pairing_code, *parts)


def _required(value, label, limit):
    value = ascii_text(value, label, limit)
    if not value:
        raise MalformedPayload(f"{label} must not be empty.")
    return value
