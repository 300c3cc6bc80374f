"""The errors of this addon as data: a code for programs, a message for people.

They are turned into an answer at the edge only: ``controllers/box_dispatcher.py`` for boxes,
``controllers/form_dispatcher.py`` for those of their requests that are forms.
"""

import logging


class IotError(Exception):
    """Root of the errors of this addon.

    :param str code: stable reason code, never translated
    :param str message: one English sentence, safe to show to a stranger
    """

    loglevel = logging.INFO  # read by ``odoo.http``: what a stranger does wrong is no error of ours

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def detail(self):
        """What is noted beside the code, to be explained to people later in their languages.

        :rtype: str
        """
        return self.message


class MalformedPayload(IotError):
    """A request of a box breaks the contract; nothing was read from or written to the database."""

    def __init__(self, message):
        super().__init__('malformed', message)


class SetupRefused(IotError):
    """A box may not connect. Strangers see one message, administrators the code."""

    MESSAGE = (
        "This IoT box is not connected to this database, or its token is no longer valid. "
        "Connect it again with a new token."
    )

    def __init__(self, code):
        super().__init__(code, self.MESSAGE)


class BrokerError(IotError):
    """A pairing broker did not do what it was asked to; the code says why."""

    def __init__(self, code):
        super().__init__(code, "The pairing code could not be used.")


class PairingUnavailable(IotError):
    """A box gets no pairing code now, whatever the reason."""

    def __init__(self):
        super().__init__('unavailable', "No pairing code can be given now.")


class PairingExpired(IotError):
    """A pairing is over, or never was."""

    def __init__(self):
        super().__init__('expired', "The pairing code has expired.")


class UnusableBaseUrl(IotError):
    """No IoT box could reach this database at its ``web.base.url``."""

    def __init__(self, code):
        super().__init__(code, "The base URL of this database cannot be used by an IoT box.")


class NotEligible(IotError):
    """The boxes of this database may not have certificates.

    :param tuple[str] reasons: codes, see ``tools/eligibility.py``
    :param str message: English; for those who may know about this database
    """

    def __init__(self, reasons, message):
        super().__init__('not_eligible', message)
        self.reasons = reasons

    @property
    def detail(self):
        return ' '.join(self.reasons)


class MalformedAction(IotError):
    """An action that no such device has, or with arguments it does not take; nothing was sent."""

    def __init__(self, message):
        super().__init__('malformed_action', message)


class AuthorityError(IotError):
    """A certificate authority did not issue.

    :param str code: ``unavailable``, ``refused``, ``timeout``, ``invalid_answer``,
        ``not_configured``, ``missing_library``, ``unexpected`` (a fault of this server) or
        ``being_made``, which comes to an end by itself
    :param datetime retry_at: in UTC, naive: it asked not to be asked again before; None if it did
        not say
    """

    def __init__(self, code, message, retry_at=None):
        super().__init__(code, message)
        self.retry_at = retry_at


class SealBroken(IotError):
    """A secret of this database cannot be read: the database was copied, or its secret changed."""

    def __init__(self):
        super().__init__('seal_broken', "A secret of this database cannot be read any more.")


class DnsUpdateError(IotError):
    """A DNS server did not take a change, or does not show it; codes as ``AuthorityError``'s."""


class CertificateRefused(IotError):
    """A stranger asks for a certificate; it learns nothing else."""

    def __init__(self):
        super().__init__('refused', "No certificate is available.")
