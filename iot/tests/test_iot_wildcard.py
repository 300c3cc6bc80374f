from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .. import const
from ..tools.authorities import odoo
from .common import NOW
from .odoo_service import SUBJECT
from .wildcard_common import WildcardCommon


class TestIotWildcard(WildcardCommon):
    def test_the_first_box_that_asks_has_the_certificate_made(self):
        answer = self.ask()
        self.assertEqual(answer.code, 'being_made')
        self.assertFalse(self.service.requests, "no box waits for an authority")
        self.assertEqual(self.triggers(), [NOW])
        self.service.will_issue()
        self.run_cron()
        answer = self.ask()
        self.assertEqual(answer['subject_cn'], SUBJECT)
        self.assertIn('PRIVATE KEY', answer['private_key_pem'])
        self.assertEqual(answer['x509_pem'].count('BEGIN CERTIFICATE'), 2)
        self.assertEqual(self.ask()['private_key_pem'], answer['private_key_pem'])
        self.assertEqual(len(self.service.requests), 1)
        self.assertEqual(self.certificates.search([], limit=1).names, SUBJECT)
        self.assertEqual(self.events()[-2:], ['made', 'being_made'])

    def test_the_plain_contract_gets_it_without_an_iot_domain(self):
        self.service.will_issue()
        self.run_cron()
        self.assertEqual(self.ask_by_contract()['subject_cn'], SUBJECT)

    def test_it_is_renewed_in_time_and_boxes_get_the_new_one(self):
        self.service.will_issue()
        self.run_cron()
        first = self.ask()
        renew_at = self.wildcard.renew_at
        self.assertIn(renew_at, self.triggers())
        self.assertTrue(timedelta(days=55) < renew_at - NOW < timedelta(days=60))
        self.clock.move_to(renew_at - timedelta(seconds=1))
        self.run_cron()
        self.assertEqual(len(self.service.requests), 1)
        self.clock.move_to(renew_at)
        self.service.will_answer(self.service.result(now=renew_at))
        self.run_cron()
        self.assertEqual(self.wildcard.not_after, renew_at + timedelta(days=90))
        self.assertNotEqual(self.ask()['private_key_pem'], first['private_key_pem'])

    def test_a_renewal_that_fails_keeps_what_there_is_and_is_tried_again(self):
        self.service.will_issue()
        self.run_cron()
        first = self.ask()
        self.clock.move_to(self.wildcard.renew_at)
        self.service.answers.append((503, b''))
        self.run_cron()
        certificate = self.wildcard
        self.assertEqual(certificate.failure, "Odoo's service answered with status 503.")
        self.assertEqual((certificate.failure_count, self.events()[0]), (1, 'unavailable'))
        self.assertEqual(self.ask()['private_key_pem'], first['private_key_pem'])
        retry_at = certificate.retry_at
        self.assertIn(retry_at, self.triggers())
        self.clock.move_to(retry_at - timedelta(seconds=1))
        self.run_cron()
        self.assertEqual(len(self.service.requests), 2)
        self.clock.move_to(retry_at)
        self.service.will_answer(self.service.result(now=retry_at))
        self.run_cron()
        self.assertFalse(self.wildcard.failure or self.wildcard.retry_at)

    def test_an_ended_certificate_is_not_handed_out(self):
        self.service.will_issue()
        self.run_cron()
        self.clock.move_to(self.wildcard.not_after)
        self.set_params({'database.expiration_date': '2099-01-01 00:00:00'})
        self.assertEqual(self.ask().code, 'being_made')

    def test_boxes_that_ask_in_a_pause_do_not_end_it(self):
        self.service.answers.append((503, b''))
        self.run_cron()
        triggers = self.triggers()
        self.assertEqual(self.ask().code, 'being_made')
        self.assertEqual(self.triggers(), triggers)
        self.run_cron()
        self.assertEqual(len(self.service.requests), 1)

    def test_people_end_a_pause_unless_the_authority_asked_for_it(self):
        self.service.answers.append((503, b''))
        self.run_cron()
        settings = self.env['res.config.settings'].create({})
        settings.action_get_iot_certificate()
        self.service.will_issue()
        self.run_cron()
        self.assertTrue(self.wildcard.not_after)
        self.wildcard.write({'is_pause_wanted': True, 'retry_at': NOW + timedelta(hours=1)})
        with self.assertRaisesRegex(UserError, "asked not to be asked again before 2026-03-02"):
            settings.action_get_iot_certificate()
        self.assertTrue(self.wildcard.retry_at)
        self.clock.move_to(self.wildcard.retry_at)
        for _press in range(2):
            settings.action_get_iot_certificate()
        self.assertFalse(self.wildcard.retry_at)

    def test_who_asked_is_told_what_became_of_it(self):
        settings = self.env['res.config.settings'].with_user(self.env.ref('base.user_admin'))
        for answer, words in (
            (lambda: self.service.answers.append((503, b'')), "answered with status 503"),
            (self.service.will_issue, "certificate of your IoT boxes is ready"),
            (lambda: None, "certificate of your IoT boxes is ready"),
        ):
            with self.subTest(words):
                self.env['bus.bus'].search([]).unlink()
                answer()
                settings.create({}).action_get_iot_certificate()
                self.run_cron()
                messages = self.env['bus.bus'].search([]).mapped('message')
                told = [message for message in messages if 'simple_notification' in message]
                self.assertEqual(len(told), 1)
                self.assertIn(words, told[0])
        self.run_cron()
        self.assertEqual(self.env['bus.bus'].search([]).mapped('message'), messages)

    def test_a_wish_of_the_authority_is_followed(self):
        self.service.will_issue()
        self.run_cron()
        wish = NOW + timedelta(days=3)
        with patch.object(odoo.OdooAuthority, 'renewal_time', lambda *_arguments: wish):
            self.run_cron()
            self.assertEqual(self.wildcard.renew_at, wish)
            self.clock.move_to(wish)
            self.service.will_answer(self.service.result(now=wish))
            self.run_cron()
        self.assertEqual(self.wildcard.not_after, wish + timedelta(days=90))

    def test_what_nobody_expected_is_told_and_tried_again_soon(self):
        settings = self.env['res.config.settings'].with_user(self.env.ref('base.user_admin'))
        settings.create({}).action_get_iot_certificate()
        broken = patch.object(odoo.OdooAuthority, 'issue', side_effect=RuntimeError("a bug"))
        with broken, self.assertLogs('odoo.addons.iot.models.iot_wildcard_issue', 'ERROR') as logs:
            self.run_cron()
        self.assertIn("a bug", logs.output[0])
        self.assertEqual((self.wildcard.failure_code, self.events()[0]), ('unexpected',) * 2)
        self.assertLessEqual(self.wildcard.retry_at, NOW + timedelta(minutes=1))
        self.assertIn(self.wildcard.retry_at, self.triggers())
        messages = self.env['bus.bus'].search([]).mapped('message')
        [told] = [message for message in messages if 'simple_notification' in message]
        self.assertIn(
            "Something unexpected went wrong on this server. (See the log of Odoo.)", told
        )
        self.clock.move_to(self.wildcard.retry_at)
        self.service.will_issue()
        self.run_cron()
        self.assertTrue(self.wildcard.not_after)

    def test_the_order_is_forgotten_when_the_certificate_is_in_safety(self):
        store = self.registry['iot.wildcard']._store
        done = []

        def lose(wildcard, *arguments):
            store(wildcard, *arguments)
            raise RuntimeError("killed")

        def note(_authority):
            done.append(self.wildcard.not_after)

        self.enterContext(patch.object(odoo.OdooAuthority, 'forget_order', note))
        self.service.will_issue()
        with (
            patch.object(self.registry['iot.wildcard'], '_store', lose),
            mute_logger('odoo.addons.iot.models.iot_wildcard_issue'),
        ):
            self.run_cron()
        self.assertEqual(done, [])
        self.assertFalse(self.wildcard.not_after)
        self.clock.move_to(self.wildcard.retry_at)
        self.service.will_issue()
        self.run_cron()
        self.assertEqual(done, [self.wildcard.not_after])

    def test_a_database_that_is_not_eligible_asks_nobody(self):
        self.set_params({'database.expiration_date': '2026-03-01 00:00:00'})
        self.run_cron()
        self.assertFalse(self.service.requests)
        self.assertEqual(self.events(), ['not_eligible'])
        self.assertIn("subscription", self.last_event().message)
        self.assertIn("subscription", self.wildcard.failure)
        with self.assertRaisesRegex(UserError, "subscription of this database has ended"):
            self.env['res.config.settings'].create({}).action_get_iot_certificate()

    def test_the_own_authority_needs_no_wildcard(self):
        self.set_params({const.CERTIFICATE_AUTHORITY_PARAMETER: False})
        self.run_cron()
        with self.assertRaisesRegex(UserError, "own authority"):
            self.env['res.config.settings'].create({}).action_get_iot_certificate()
        self.assertFalse(self.wildcard)
        self.assertIn('x509_pem', self.ask())
