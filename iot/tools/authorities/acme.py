"""Certificates by ACME (RFC 8555) with the challenge DNS-01; the protocol by the library ``acme``.

One wildcard a database: limits of public authorities count names, and a private address cannot be
proven to them by any other challenge.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ...exceptions import AuthorityError
from ..certificate_request import read_chain

try:
    from .acme_errors import REMOTE_ERRORS, judge
    from .acme_session import AcmeSession
except ImportError as missing:
    if missing.name.partition('.')[0] not in ('acme', 'josepy'):
        raise
    AcmeSession = None


@dataclass(frozen=True)
class AcmeSettings:
    """
    :param str directory_url: of the authority
    :param str email: for its warnings; may be empty
    :param bool terms_accepted: a person has read its terms of service and agrees
    """

    directory_url: str
    email: str = ''
    terms_accepted: bool = False


def check_library():
    """:raise AuthorityError: ``missing_library``"""
    if AcmeSession is None:
        raise AuthorityError(
            'missing_library',
            "The Python library acme is not installed on this server: pip install acme.",
        )


class AcmeAuthority:
    """
    :param AcmeSettings settings:
    :param zone: a ``DnsZone``, where the challenges are shown
    :param store: keeps account and order over restarts; ``load()`` returns the dict that was given
        to ``save(dict)`` last, or an empty one. It holds private keys.
    """

    def __init__(self, settings, zone, store):
        check_library()
        if not settings.directory_url.startswith('https://'):
            raise AuthorityError('not_configured', "The ACME directory needs an https address.")
        self._settings = settings
        self._zone = zone
        self._store = store

    def issue(self, request, deadline):
        """Get a certificate. An order that an earlier call began is gone on with.

        Call `forget_order` when the certificate is in safety: until then this returns it again.

        :param CertificateRequest request: without addresses; the authority decides on its lifetime
        :param Deadline deadline: after that the order is left as it is
        :rtype: CertificateChain
        :raise AuthorityError:
        """
        if not self._settings.terms_accepted:
            raise AuthorityError(
                'not_configured', "The terms of service of the ACME authority are not accepted."
            )
        if request.ip_addresses:
            raise AuthorityError(
                'refused', "Public authorities issue no certificate for a private address."
            )
        attempt = 0
        while True:
            session = AcmeSession(self._settings, self._zone, self._store)
            try:
                fullchain_pem, key_pem = session.run(request, deadline)
            except REMOTE_ERRORS as error:
                verdict = judge(error, session.retry_after)
                if not session.can_go_on(verdict.remedy):
                    raise verdict.error from error
                attempt += 1
                wait = session.retry_after or 0
                if deadline.left() <= wait:
                    raise verdict.error from error
                deadline.pause(wait)
                deadline.back_off(attempt)
                if deadline.is_over():
                    raise verdict.error from error
            else:
                try:
                    return read_chain(fullchain_pem, key_pem, request, _now())
                except AuthorityError:
                    session.forget_order()  # it would lead to the same again
                    raise

    def forget_order(self):
        """The next certificate is of another order, and its key is not kept here any more."""
        AcmeSession(self._settings, self._zone, self._store).forget_order()

    def terms_url(self, deadline):
        """Make sure that the authority can be reached.

        :return: where its terms of service are; empty if it has none
        :rtype: str
        :raise AuthorityError:
        """
        session = AcmeSession(self._settings, self._zone, self._store)
        try:
            return session.terms_url(deadline)
        except REMOTE_ERRORS as error:
            raise judge(error, session.retry_after).error from error

    def renewal_time(self, leaf_pem, deadline):
        """When the authority wishes the certificate to be renewed (ARI, RFC 9773).

        :param str leaf_pem: a certificate of this authority
        :return: in UTC, naive; None if it has no wish, or does not say now
        :rtype: datetime | None
        """
        session = AcmeSession(self._settings, self._zone, self._store)
        try:
            wish = session.renewal_time(leaf_pem, deadline)
        except REMOTE_ERRORS:
            return None
        return wish and wish.astimezone(UTC).replace(tzinfo=None)


def _now():
    # an authority whose clock is a little ahead issues nothing invalid
    return datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=1)
