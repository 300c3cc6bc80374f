from datetime import datetime, timedelta

from ..tools.certificate_status import CertificateStatus
from .common import NOW, IotCommon

HOME, ELSEWHERE = '192.168.1.20', '192.168.1.99'


class TestBoxCertificate(IotCommon):
    def setUp(self):
        super().setUp()
        self.box = self.connect(source=HOME)[0]

    def tell(self, end_date, box=None, source=HOME):
        status = CertificateStatus(box or self.box.identifier, end_date)
        boxes = self.env['iot.box'].with_user(self.public_user)
        boxes._receive_certificate_status(status, source=source)
        self.env.flush_all()

    def test_a_box_without_certificate_says_so(self):
        self.assertEqual(self.box.certificate_state, 'none')
        self.assertEqual(self.box.certificate_days_left, 0)
        self.assertFalse(self.box.certificate_term)

    def test_people_see_until_when_the_certificate_of_a_box_is_valid(self):
        self.tell(NOW + timedelta(days=30, hours=5))
        box = self.box.with_user(self.user)
        self.assertRecordValues(
            box,
            [
                {
                    'certificate_end_date': NOW + timedelta(days=30, hours=5),
                    'certificate_told_at': NOW,
                    'certificate_state': 'valid',
                    'certificate_days_left': 30,
                    'certificate_term': "until Apr 1, 2026, 30 days left",
                    'is_clock_behind': False,
                }
            ],
        )
        self.assertTrue(self.notifications('iot.box/changed'))

    def test_what_was_told_before_is_neither_written_nor_told_to_the_screens(self):
        self.tell(NOW + timedelta(days=30))
        self.forget_notifications()
        before = self.snapshot()
        for _repetition in range(5):
            self.clock.tick(timedelta(seconds=10))
            self.tell(NOW + timedelta(days=30))
        self.assertEqual(self.snapshot(), before)
        self.clock.tick(timedelta(minutes=1))
        self.tell(NOW + timedelta(days=30))
        self.assertEqual(self.box.certificate_told_at, datetime.now())
        self.assertFalse(self.notifications('iot.box/changed'))

    def test_time_alone_makes_a_certificate_expire(self):
        self.tell(NOW + timedelta(days=30))
        for days, state, left, term in (
            (20, 'expiring', 10, "until Apr 1, 2026, 10 days left"),
            (31, 'expired', 0, "until Apr 1, 2026"),
        ):
            self.clock.move_to(NOW + timedelta(days=days))
            self.env.invalidate_all()
            self.assertEqual(self.box.certificate_state, state)
            self.assertEqual(self.box.certificate_days_left, left)
            self.assertEqual(self.box.certificate_term, term)
            found = self.env['iot.box'].search([('certificate_state', '=', state)])
            self.assertEqual(found, self.box)

    def test_a_box_that_takes_an_old_certificate_for_valid_has_a_late_clock(self):
        self.tell(NOW - timedelta(days=1))
        self.assertTrue(self.box.is_clock_behind)
        self.tell(NOW + timedelta(days=60))
        self.assertFalse(self.box.is_clock_behind)

    def test_older_boxes_are_known_by_their_mac_address(self):
        self.tell(NOW + timedelta(days=30), box=self.box.mac.upper())
        self.assertEqual(self.box.certificate_state, 'valid')

    def test_nobody_else_tells_it_of_a_box(self):
        before = self.snapshot()
        self.tell(NOW + timedelta(days=30), source=ELSEWHERE)
        self.tell(NOW + timedelta(days=30), box='unknown')
        self.assertEqual(self.snapshot(), before)
