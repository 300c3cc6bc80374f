"""May the boxes of this database have HTTPS certificates? (contract sections 6.2, 13)

Only a production database with an ongoing subscription has them, as Odoo documents it, unless its
administrator lets its own authority do without one. What is unknown speaks against it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ..exceptions import UnusableBaseUrl
from .base_url import WARNING_LOOPBACK, box_server_url

OWN_AUTHORITY = 'own'
# What the platform Odoo.sh calls the branch that is in production; elsewhere nothing is said.
PRODUCTION_STAGES = (None, '', 'production')
# No public name ends like that (RFC 2606, section 2). Odoo.sh puts builds that are not in
# production below the last.
TEST_DOMAINS = ('.test', '.example', '.invalid', '.dev.odoo.com')


@dataclass(frozen=True, kw_only=True)
class EligibilityFacts:
    """What a database knows of itself, as it has it written down; None for what it does not know.

    :param bool is_neutralized: Odoo made it harmless, as it does with copies for tests
    :param str current_uuid: of the database
    :param frozenset[str] recorded_uuids: of databases that its boxes were connected to, two of them
        if there are several
    :param str platform_stage: what the platform says it is used for
    :param bool is_test_mode: the server runs tests
    :param bool is_development_mode: the server runs for a developer
    :param str base_url: its ``web.base.url``
    :param str enterprise_code: of its contract with Odoo
    :param str expiration_date: of this contract, UTC
    :param str expiration_reason: of this contract, or ``trial``, which is also what None means
    :param str authority: which one would issue the certificates
    :param bool own_authority_without_subscription: its administrator allows that
    :param datetime now: UTC without a time zone
    """

    is_neutralized: bool | None
    current_uuid: str | None
    recorded_uuids: frozenset[str]
    platform_stage: str | None
    is_test_mode: bool | None
    is_development_mode: bool | None
    base_url: str | None
    enterprise_code: str | None
    expiration_date: str | None
    expiration_reason: str | None
    authority: str
    own_authority_without_subscription: bool
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The outcome.

    :param tuple[str] reasons: codes of all that speaks against certificates; empty: nothing does
    :param bool is_production: the database is the one that people work with
    :param str subscription: ``none``, ``trial``, ``in_progress``, ``expired``, or ``unknown`` where
        the record of the database cannot be read
    :param datetime decided_at: UTC without a time zone
    """

    reasons: tuple[str, ...]
    is_production: bool
    subscription: str
    decided_at: datetime

    @property
    def is_eligible(self):
        return not self.reasons


def decide(facts):
    """Decide whether boxes may have certificates.

    :param EligibilityFacts facts:
    :rtype: Verdict
    """
    against_production = tuple(_against_production(facts))
    subscription = _subscription(facts)
    needs_subscription = not (
        facts.authority == OWN_AUTHORITY and facts.own_authority_without_subscription is True
    )
    against_subscription = ()
    if needs_subscription and subscription != 'in_progress':
        against_subscription = (f'subscription_{subscription}',)
    return Verdict(
        reasons=against_production + against_subscription,
        is_production=not against_production,
        subscription=subscription,
        decided_at=facts.now,
    )


def _against_production(facts):
    if facts.is_neutralized is not False:
        yield 'neutralized'
    if not facts.current_uuid or not facts.recorded_uuids:
        yield 'not_recorded'
    elif facts.recorded_uuids != {facts.current_uuid}:
        yield 'copied'
    if facts.platform_stage not in PRODUCTION_STAGES:
        yield 'stage'
    if facts.is_test_mode is not False:
        yield 'test_mode'
    if facts.is_development_mode is not False:
        yield 'development_mode'
    if not _is_production_url(facts.base_url):
        yield 'base_url'


def _is_production_url(base_url):
    try:
        server_url, warning = box_server_url(base_url)
    except UnusableBaseUrl:
        return False
    host = urlsplit(server_url).hostname.rstrip('.')
    return warning != WARNING_LOOPBACK and not f'.{host}'.endswith(TEST_DOMAINS)


def _subscription(facts):
    is_trial = facts.expiration_reason in (None, '', 'trial')
    if not facts.enterprise_code and not (is_trial and facts.expiration_date):
        return 'none'
    expires_at = _moment(facts.expiration_date)
    if expires_at is None:
        return 'unknown'
    if expires_at <= facts.now:
        return 'expired'
    return 'trial' if is_trial else 'in_progress'


def _moment(text):
    """Return the moment that a text names, UTC without a time zone, or None."""
    try:
        moment = datetime.fromisoformat((text or '').strip())
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
