from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..exceptions import MalformedPayload
from ..tools.certificate_status import CertificateStatus, certificate_state
from .common import NOW

END = datetime(2026, 4, 1, 12, 34, 56)
SECOND = timedelta(seconds=1)


def parse(date, **box):
    return CertificateStatus.parse(
        {**(box or {'identifier': 'b1'}), 'ssl_certificate_end_date': date}
    )


class TestCertificateStatus(BaseCase):
    def test_every_form_of_a_date_is_the_same_time(self):
        for text in (
            '2026-04-01 12:34:56',
            '2026-04-01 12:34:56+00:00',
            '2026-04-01T12:34:56',
            '2026-04-01T12:34:56Z',
            '2026-04-01 14:34:56+02:00',
            '2026-04-01 12:34:56.789012+00:00',
        ):
            with self.subTest(text=text):
                self.assertEqual(parse(text).end_date, END)

    def test_older_clients_name_the_box_by_its_mac_address(self):
        status = parse('2026-04-01 12:34:56', iot_mac='b8:27:eb:00:00:01')
        self.assertEqual(status.box, 'b8:27:eb:00:00:01')

    def test_what_is_no_date_is_refused(self):
        for value in (
            None, False, '', 'soon', 7, 1e99, [], {}, '2026-13-01 00:00:00', '2' * 99,
            '0001-01-01 00:00:00+23:59', '9999-12-31 23:59:59-23:59',
            '0001-01-01 00:00:00', '1999-12-31 23:59:59', '2201-01-01 00:00:00',
            '9999-12-31 23:59:59',
        ):  # fmt: skip
            with (
                self.subTest(value=value),
                self.assertRaisesRegex(MalformedPayload, 'end_date'),
            ):
                parse(value)

    def test_a_post_without_a_box_is_refused(self):
        for box in (
            {'other': 1},
            {'identifier': 7},
            {'identifier': 'a b'},
            {'identifier': 'x' * 999},
        ):
            with (
                self.subTest(box=box),
                self.assertRaisesRegex(MalformedPayload, 'identifier'),
            ):
                parse('2026-04-01 12:34:56', **box)

    def test_the_state_changes_with_ten_days_left_and_at_the_end(self):
        for left, state in (
            (timedelta(days=10) + SECOND, 'valid'),
            (timedelta(days=10), 'expiring'),
            (SECOND, 'expiring'),
            (timedelta(0), 'expired'),
            (timedelta(days=-400), 'expired'),
        ):
            with self.subTest(left=left):
                self.assertEqual(certificate_state(NOW + left, NOW), state)
        self.assertEqual(certificate_state(False, NOW), 'none')
