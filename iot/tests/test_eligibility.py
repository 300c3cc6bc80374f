import os
import uuid
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tools import config, file_open

from ..exceptions import NotEligible
from ..models.iot_eligibility import REASONS, SUBSCRIPTIONS
from .common import NOW
from .eligibility_common import EligibilityCommon
from .test_eligibility_policy import NOT_IN_PRODUCTION


class TestEligibility(EligibilityCommon):
    def reasons(self):
        self.env.invalidate_all()
        return self.env['iot.eligibility'].with_user(self.public_user)._decide().reasons

    def assert_refused(self, *reasons):
        self.assertEqual(self.reasons(), reasons)

    def test_a_production_database_with_a_subscription_is_eligible(self):
        verdict = self.env['iot.eligibility'].with_user(self.manager).get_verdict()
        self.assertEqual(
            verdict,
            {
                'is_eligible': True,
                'is_production': True,
                'subscription': 'in_progress',
                'subscription_name': "In Progress",
                'decided_at': '2026-03-02 09:00:00',
                'reasons': [],
            },
        )
        self.env['iot.eligibility'].with_user(self.public_user)._check()

    def test_a_neutralized_database_is_not(self):
        with file_open('base/data/neutralize.sql') as file:
            self.env.cr.execute(file.read())
        self.env.registry.clear_cache()
        self.assert_refused('neutralized')

    def test_a_copy_is_not_until_its_boxes_are_its_own(self):
        self.set_params({'database.uuid': str(uuid.uuid4())})
        self.assert_refused('copied')
        self.connect('20000000abcd1234')
        self.assert_refused('copied')
        self.box.with_user(self.manager).action_adopt()
        self.assert_refused()

    def test_a_copy_without_the_boxes_of_the_original_is_a_database_of_its_own(self):
        self.set_params({'database.uuid': str(uuid.uuid4())})
        self.box.unlink()
        self.assert_refused('not_recorded')
        self.connect('20000000abcd1234')
        self.assert_refused()

    def test_a_box_of_any_company_tells_a_copy(self):
        self.connect('20000000abcd1234', user=self.other_manager)
        self.set_params({'database.uuid': str(uuid.uuid4())})
        self.box.action_adopt()
        self.assert_refused('copied')
        verdict = self.env['iot.eligibility'].with_user(self.manager).get_verdict()
        self.assertEqual([reason['code'] for reason in verdict['reasons']], ['copied'])

    def test_a_server_for_tests_or_developers_is_not(self):
        with patch.dict(config.options, {'test_enable': True}):
            self.assert_refused('test_mode')
        with patch.dict(config.options, {'dev_mode': ['reload']}):
            self.assert_refused('development_mode')

    def test_a_platform_tells_its_stage(self):
        for stage, reasons in [('production', ()), ('staging', ('stage',)), ('dev', ('stage',))]:
            with patch.dict(os.environ, {'ODOO_STAGE': stage}):
                self.assert_refused(*reasons)

    def test_the_address_must_be_one_for_others(self):
        self.set_params({'web.base.url': 'http://localhost:8069'})
        self.assert_refused('base_url')

    def test_the_subscription_is_what_odoo_said_of_it(self):
        for values, state in [
            ({'database.expiration_date': '2026-03-02 09:00:00'}, 'expired'),
            ({'database.expiration_date': False}, 'unknown'),
            (
                {'database.expiration_date': '2027-03-02', 'database.expiration_reason': 'trial'},
                'trial',
            ),
            ({'database.enterprise_code': False, 'database.expiration_date': False}, 'none'),
        ]:
            self.set_params(values)
            with self.subTest(values=values):
                self.assert_refused(f'subscription_{state}')

    def test_its_own_authority_may_do_without_a_subscription_if_the_settings_say_so(self):
        self.set_params({'database.enterprise_code': False, 'database.expiration_date': False})
        settings = self.env['res.config.settings'].create({})
        self.assertFalse(settings.iot_own_authority_without_subscription)
        self.assert_refused('subscription_none')
        settings.iot_own_authority_without_subscription = True
        settings.execute()
        self.assert_refused()
        for authority in ('acme', 'odoo', 'unheard of'):
            self.set_params({'iot.certificate_authority': authority})
            self.assert_refused('subscription_none')
        self.set_params({'iot.certificate_authority': 'own'})
        self.assert_refused()
        self.set_params({'iot.own_authority_without_subscription': 'False'})
        self.assert_refused('subscription_none')

    def test_a_refusal_names_all_reasons(self):
        self.set_params(
            {'database.is_neutralized': 'true', 'database.expiration_date': '2026-03-01 00:00:00'}
        )
        with self.assertRaises(NotEligible) as refused:
            self.env['iot.eligibility'].with_user(self.public_user)._check()
        self.assertEqual(refused.exception.code, 'not_eligible')
        self.assertEqual(refused.exception.reasons, ('neutralized', 'subscription_expired'))
        self.assertEqual(
            refused.exception.message,
            "This database was neutralized: it is a copy for tests. "
            "The Odoo subscription of this database has ended.",
        )

    def test_administrators_read_the_reasons_and_what_to_do_in_their_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.set_params({'database.is_neutralized': 'true'})
        eligibility = self.env['iot.eligibility'].with_user(self.manager)
        text, advice = REASONS['neutralized']
        with patch(
            'odoo.tools.translate.code_translations.get_python_translations',
            lambda module, lang: {text._source: "Une copie."} if lang == 'fr_FR' else {},
        ):
            reason = eligibility.with_context(lang='fr_FR').get_verdict()['reasons'][0]
        self.assertEqual(
            reason, {'code': 'neutralized', 'text': "Une copie.", 'advice': advice._source}
        )

    def test_only_administrators_ask(self):
        for user in (self.user, self.outsider, self.public_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env['iot.eligibility'].with_user(user).get_verdict()
        self.env['iot.eligibility'].with_user(self.other_manager).get_verdict()

    def test_the_verdict_is_of_now(self):
        self.clock.move_to('2027-03-02 00:00:00')
        verdict = self.env['iot.eligibility'].with_user(self.manager).get_verdict()
        self.assertEqual(verdict['decided_at'], '2027-03-02 00:00:00')
        self.assertEqual(
            [reason['code'] for reason in verdict['reasons']], ['subscription_expired']
        )
        self.clock.move_to(NOW)
        self.assert_refused()

    def test_each_reason_has_a_text(self):
        against_subscription = {f'subscription_{state}' for state in SUBSCRIPTIONS}
        self.assertEqual(
            set(REASONS),
            {*NOT_IN_PRODUCTION, *against_subscription} - {'subscription_in_progress'},
        )
