from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

from odoo.tests import BaseCase, tagged

from ..tools.eligibility import EligibilityFacts, Verdict, decide

NOW = datetime(2026, 3, 2, 9, 0, 0)
HERE = '6b2f1c1e-0f2c-11f1-8a55-0242ac120002'
ORIGINAL = '11111111-0f2c-11f1-8a55-0242ac120002'

IN_PRODUCTION = EligibilityFacts(
    is_neutralized=False,
    current_uuid=HERE,
    recorded_uuids=frozenset({HERE}),
    platform_stage=None,
    is_test_mode=False,
    is_development_mode=False,
    base_url='https://odoo.example.com',
    enterprise_code='M26030200000001',
    expiration_date='2027-03-02 00:00:00',
    expiration_reason='renewal',
    authority='odoo',
    own_authority_without_subscription=False,
    now=NOW,
)
# Each of these alone makes a database something else than the one in production.
NOT_IN_PRODUCTION = {
    'neutralized': {'is_neutralized': True},
    'not_recorded': {'recorded_uuids': frozenset()},
    'copied': {'recorded_uuids': frozenset({ORIGINAL})},
    'stage': {'platform_stage': 'staging'},
    'test_mode': {'is_test_mode': True},
    'development_mode': {'is_development_mode': True},
    'base_url': {'base_url': 'http://localhost:8069'},
}

PAST, FUTURE = '2026-03-01 00:00:00', '2026-03-03 00:00:00'
# What the records say of the contract (code, date of expiration, its reason), in words: a contract
# has a code; a trial is what Odoo calls one, or says nothing of; a contract without a date, or with
# one that nobody can read, is not known to go on.
SUBSCRIPTIONS = {
    ('M1', FUTURE, 'renewal'): 'in_progress',
    ('M1', FUTURE, 'trial'): 'trial',
    ('M1', FUTURE, None): 'trial',
    ('M1', PAST, 'renewal'): 'expired',
    ('M1', PAST, 'trial'): 'expired',
    ('M1', PAST, None): 'expired',
    ('M1', 'soon', 'renewal'): 'unknown',
    ('M1', 'soon', 'trial'): 'unknown',
    ('M1', 'soon', None): 'unknown',
    ('M1', None, 'renewal'): 'unknown',
    ('M1', None, 'trial'): 'unknown',
    ('M1', None, None): 'unknown',
    (None, FUTURE, 'renewal'): 'none',
    (None, FUTURE, 'trial'): 'trial',
    (None, FUTURE, None): 'trial',
    (None, PAST, 'renewal'): 'none',
    (None, PAST, 'trial'): 'expired',
    (None, PAST, None): 'expired',
    (None, 'soon', 'renewal'): 'none',
    (None, 'soon', 'trial'): 'unknown',
    (None, 'soon', None): 'unknown',
    (None, None, 'renewal'): 'none',
    (None, None, 'trial'): 'none',
    (None, None, None): 'none',
}
# In the order of the reasons; a database that no box was connected to is no copy.
COMBINATIONS = list(
    product(
        (None, 'neutralized'),
        (None, 'not_recorded', 'copied'),
        *((None, code) for code in ('stage', 'test_mode', 'development_mode', 'base_url')),
    )
)
# Who issues, and whether the administrator lets the own authority do without a subscription.
EXEMPT = {('own', True)}
AUTHORITIES = list(product(('own', 'acme', 'odoo', 'another'), (True, False)))


@tagged('at_install')
class TestEligibilityPolicy(BaseCase):
    def decided(self, **facts):
        return decide(replace(IN_PRODUCTION, **facts))

    def test_each_combination_of_facts_has_its_reasons(self):
        rows = 0
        for combination in COMBINATIONS:
            against = list(filter(None, combination))
            facts = {}
            for code in against:
                facts |= NOT_IN_PRODUCTION[code]
            for (contract, state), issuer in product(SUBSCRIPTIONS.items(), AUTHORITIES):
                facts |= zip(
                    ('enterprise_code', 'expiration_date', 'expiration_reason'),
                    contract,
                    strict=True,
                )
                facts |= zip(
                    ('authority', 'own_authority_without_subscription'), issuer, strict=True
                )
                bars = state != 'in_progress' and issuer not in EXEMPT
                expected = Verdict(
                    reasons=(*against, *([f'subscription_{state}'] if bars else [])),
                    is_production=not against,
                    subscription=state,
                    decided_at=NOW,
                )
                rows += 1
                verdict = self.decided(**facts)
                self.assertEqual(verdict, expected, facts)
                self.assertEqual(verdict.is_eligible, not against and not bars)
        self.assertEqual(rows, 2 * 3 * 2**4 * 24 * 8)

    def test_what_is_unknown_speaks_against_production(self):
        for code, facts in [
            ('neutralized', {'is_neutralized': None}),
            ('not_recorded', {'current_uuid': None}),
            ('not_recorded', {'current_uuid': ''}),
            ('stage', {'platform_stage': 'something new'}),
            ('stage', {'platform_stage': 'Production'}),
            ('test_mode', {'is_test_mode': None}),
            ('development_mode', {'is_development_mode': None}),
            ('base_url', {'base_url': None}),
        ]:
            with self.subTest(facts=facts):
                self.assertEqual(self.decided(**facts).reasons, (code,))

    def test_one_box_of_another_database_makes_a_copy(self):
        mixed = frozenset({HERE, ORIGINAL})
        self.assertEqual(self.decided(recorded_uuids=mixed).reasons, ('copied',))

    def test_a_platform_may_say_production(self):
        for stage in (None, '', 'production'):
            self.assertTrue(self.decided(platform_stage=stage).is_eligible, stage)
        self.assertEqual(self.decided(platform_stage='dev').reasons, ('stage',))

    def test_only_an_address_that_others_can_use_is_one_of_production(self):
        for base_url in (
            'https://shop.odoo.com',
            'http://192.168.1.10:8069',
            'http://shop',
            'https://test.example.com',
            'https://latest',
            'https://[fd00::1]',
        ):
            self.assertTrue(self.decided(base_url=base_url).is_eligible, base_url)
        for base_url in (
            '',
            'https://127.0.0.1',
            'https://[::1]:8069',
            'https://example.com/odoo',
            'https://shop.test',
            'https://test',
            'https://SHOP.INVALID.',
            'https://shop.example',
            'https://shop-staging-123.dev.odoo.com',
        ):
            self.assertEqual(self.decided(base_url=base_url).reasons, ('base_url',), base_url)

    def test_a_subscription_ends_at_the_very_second(self):
        for ends_at, state in [
            ('2026-03-02 09:00:01', 'in_progress'),
            ('2026-03-02 09:00:00', 'expired'),
            ('2026-03-03', 'in_progress'),
            ('2026-03-02', 'expired'),
            ('2026-03-02T10:00:01+01:00', 'in_progress'),
            ('2026-03-02T10:00:00+01:00', 'expired'),
            (' 2026-03-02T09:00:01Z ', 'in_progress'),
            ('0001-01-01T00:00:00+01:00', 'unknown'),
            ('9999-12-31T23:59:59-01:00', 'unknown'),
            ('2026-02-30', 'unknown'),
            ('02/03/2027', 'unknown'),
            ('False', 'unknown'),
        ]:
            with self.subTest(ends_at=ends_at):
                self.assertEqual(self.decided(expiration_date=ends_at).subscription, state)

    def test_time_ends_a_subscription(self):
        self.assertTrue(self.decided().is_eligible)
        verdict = self.decided(now=NOW + timedelta(days=365))
        self.assertEqual(verdict.reasons, ('subscription_expired',))
        self.assertEqual(verdict.decided_at, NOW + timedelta(days=365))
