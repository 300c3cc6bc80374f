from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tools.translate import code_translations

from ..tools.certificate_status import CertificateStatus
from .certificate_common import HOME, CertificateCommon, names_of
from .common import NOW


class TestCertificateReason(CertificateCommon):
    """What administrators read beside the certificate of a box."""

    def reason(self):
        self.env.invalidate_all()
        return self.box.with_user(self.manager).certificate_reason

    def take_drivers(self):
        boxes = self.env['iot.box'].with_user(self.public_user)
        boxes._get_handlers(self.box.identifier, if_none_match=None, automatic=True, source=HOME)

    def test_it_tells_the_next_thing_that_keeps_a_certificate_away(self):
        self.set_params({'database.expiration_date': '2026-03-01 00:00:00'})
        self.assertEqual(self.reason(), "The Odoo subscription of this database has ended.")
        self.set_params({'database.expiration_date': '2099-03-01 00:00:00'})
        self.assertIn("Update Drivers Now", self.reason())
        self.take_drivers()
        self.assertIn("within the hour", self.reason())
        self.ask(address='192.168.1.99')
        self.assertIn("has not announced", self.reason())
        self.ask()
        self.assertIn("within the hour", self.reason())
        status = CertificateStatus(self.box.identifier, NOW + timedelta(days=90))
        self.env['iot.box']._receive_certificate_status(status, source=HOME)
        self.assertFalse(self.reason())

    def test_a_box_of_another_version_asks_odoo(self):
        self.set_up(self.box.identifier, self.secret, version='L24.10-18.0#abc')
        self.assertIn("another Odoo version", self.reason())

    def test_users_do_not_read_it(self):
        with self.assertRaises(AccessError):
            self.box.with_user(self.user).read(['certificate_reason'])

    def test_causes_are_told_in_the_language_of_the_reader(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.set_params({'database.expiration_date': '2026-03-01 00:00:00'})
        self.ask()
        event = self.last_event()
        self.assertEqual(event.detail, 'subscription_expired')
        ended = "The Odoo subscription of this database has ended."
        self.assertEqual(event.with_context(lang='en_US').message, ended)
        french = {ended: "L'abonnement est terminé."}
        with patch.object(code_translations, 'get_python_translations', return_value=french):
            text = event.with_context(lang='fr_FR').message
        self.assertEqual(text, "L'abonnement est terminé.")


class TestBoxClock(CertificateCommon):
    def tell_time(self, offset):
        self.ask(time=NOW + offset)
        self.env.invalidate_all()
        return self.box.with_user(self.user).clock_state

    def test_a_box_that_asks_for_a_certificate_shows_its_clock(self):
        for offset, state in (
            (timedelta(0), 'right'), (timedelta(minutes=5), 'right'),
            (timedelta(minutes=6), 'ahead'), (timedelta(days=400), 'ahead'),
            (-timedelta(minutes=6), 'behind'), (-timedelta(seconds=9), 'right'),
        ):  # fmt: skip
            with self.subTest(offset=offset):
                self.assertEqual(self.tell_time(offset), state)

    def test_a_clock_that_is_centuries_wrong_keeps_no_certificate_away(self):
        for year, state, days in ((1, 'behind', -3650), (9999, 'ahead', 3650)):
            with self.subTest(year=year):
                answer = self.ask(time=datetime(year, 1, 1))
                self.assertEqual(self.box.clock_state, state)
                self.assertEqual(self.box.clock_offset, days * 86400)
                self.assertTrue(names_of(self.certificates._wire_answer(answer)))

    def test_it_is_not_held_against_it_the_next_day(self):
        self.assertEqual(self.tell_time(timedelta(hours=2)), 'ahead')
        self.clock.tick(timedelta(days=1, seconds=1))
        self.env.invalidate_all()
        self.assertEqual(self.box.clock_state, 'right')

    def test_who_shows_no_token_tells_nothing_of_it(self):
        before = self.snapshot()
        self.ask(token='wrong', time=NOW + timedelta(days=3))
        self.assertEqual(self.snapshot(), before)
