from datetime import datetime

from odoo.tests import BaseCase

from .. import const
from ..exceptions import MalformedPayload
from ..tools.box_log import BoxLog, LogRecord, _join
from .common import wire_log

SERIAL = '10000000abcd1234'
STAMP = '2026-11-20 23:23:01,001 24273'
WARNING = '\x1b[1;33m\x1b[1;49mWARNING\x1b[0m'


class Piece(str):
    """Counts the characters that are copied when it is put behind another text."""

    copied = 0

    def __radd__(self, text):
        Piece.copied += len(text)
        return str(text) + str(self)


class TestBoxLog(BaseCase):
    def parse(self, *records):
        return BoxLog.parse(wire_log(SERIAL, *records)).records

    def test_a_post_of_the_19_0_client_is_understood(self):
        """The captured body of contract section 16."""
        log = BoxLog.parse(
            b'identifier test_identifier<log/>\n'
            b'30,2026-11-20 23:23:01,001 24273 \x1b[1;33m\x1b[1;49mWARNING\x1b[0m ? '
            b'odoo.addons.iot_drivers.main: hello world <log/>\n'
            b'40,2026-11-20 23:23:01,001 24273 \x1b[1;31m\x1b[1;49mERROR\x1b[0m ? '
            b'odoo.addons.iot_drivers.main: boom \nTraceback (most recent call last):\n'
            b'  File "x.py", line 1\nZeroDivisionError: division by zero<log/>\n'
        )
        self.assertEqual(log.identifier, 'test_identifier')
        warning, error = log.records
        self.assertEqual(
            warning,
            LogRecord(
                level='warning',
                logged_at=datetime(2026, 11, 20, 23, 23, 1),
                logger='odoo.addons.iot_drivers.main',
                message="hello world",
            ),
        )
        self.assertEqual(
            error.message,
            'boom \nTraceback (most recent call last):\n  File "x.py", line 1\n'
            'ZeroDivisionError: division by zero',
        )

    def test_older_boxes_name_their_mac_address(self):
        log = BoxLog.parse(b'mac b8:27:eb:00:00:01<log/>\n20,Started<log/>\n')
        self.assertEqual(log.identifier, 'b8:27:eb:00:00:01')
        self.assertEqual(log.records, (LogRecord('info', None, '', "Started"),))

    def test_every_level_has_a_name(self):
        numbers = ('0', '9', '10', '19', '20', '25', '30', '40', '50', '999')
        levels = [record.level for record in self.parse(*(f'{number},x' for number in numbers))]
        self.assertEqual(
            levels,
            [*['debug'] * 4, 'info', 'info', 'warning', 'error', 'critical', 'critical'],
        )

    def test_nothing_is_left_of_colours_and_control_characters(self):
        for text, expected in [
            (f"{STAMP} {WARNING} ? a.b: x", "x"),
            ("\x1b[31mred\x1b[0m \x1b]0;title\x07x\x1b(B\x1bMy", "red xy"),
            ("bell\x07 nul\x00 back\x08 cr\r\nline\ttab", "bell nul back cr\nline\ttab"),
            ("\u202eevil\u200b \x9b31m", "evil 31m"),
            ("lone \x1b", "lone"),
        ]:
            with self.subTest(text=text):
                [record] = self.parse(f'30,{text}')
                self.assertEqual(record.message, expected)

    def test_bytes_that_are_no_text_are_replaced(self):
        body = wire_log(SERIAL, '20,x').replace(b'x', b'a\xff\xed\xa0\x80b')
        [record] = BoxLog.parse(body).records
        self.assertRegex(record.message, '^a\ufffd+b$')

    def test_a_message_that_contains_the_separator_stays_one(self):
        [first, second] = self.parse('20,before<log/>\nafter', '30,next')
        self.assertEqual(first.message, "before<log/>\nafter")
        self.assertEqual(second, LogRecord('warning', None, '', "next"))

    def test_the_pieces_of_a_message_are_not_copied_again_for_each(self):
        pieces = [Piece("x")] * 1000
        self.assertEqual(_join(["20,x", *pieces]), [(20, "<log/>\n".join("x" * 1001))])
        self.assertLess(Piece.copied, len("<log/>\nx") * len(pieces))

    def test_a_line_in_another_form_is_kept_whole(self):
        for text in ("queue is saturating: 800/1000", "2026-99-99 23:23:01,001 1 INFO ? a: b"):
            [record] = self.parse(f'30,{text}')
            self.assertIsNone(record.logged_at)
            self.assertTrue(text.endswith(record.message) and record.message)

    def test_a_year_that_cannot_be_meant_is_no_time(self):
        for year, is_meant in (('0001', False), ('1999', False), ('2000', True), ('9999', False)):
            [record] = self.parse(f'30,{year}-01-01 00:00:00,001 812 INFO ? a.b: x')
            self.assertEqual(bool(record.logged_at), is_meant, year)
            self.assertEqual((record.logger, record.message), ("a.b", "x"))

    def test_long_texts_are_shortened(self):
        [record] = self.parse(f'20,{STAMP} INFO ? {"a" * 1000}: {"x" * 100_000}')
        self.assertEqual(len(record.logger), const.MAX_TEXT_LENGTH)
        self.assertEqual(len(record.message), const.MAX_LOG_TEXT_LENGTH)

    def test_an_empty_post_and_no_records_are_no_errors_of_the_parser(self):
        self.assertEqual(self.parse(), ())

    def test_what_is_no_log_is_refused(self):
        for body in (
            b'',
            b'<log/>\n',
            b'20,x<log/>\n',
            b'identifier<log/>\n',
            b'identifier <log/>\n20,x<log/>\n',
            b'identifier ../../etc<log/>\n20,x<log/>\n',
            b'identifier ' + b'a' * 129 + b'<log/>\n',
            b'identifier b1\n20,x\n',
            b'identifier b1<log/>\nno level<log/>\n',
            b'identifier b1<log/>\n-1,x<log/>\n',
            wire_log('b1', *['20,x'] * (const.MAX_LOG_POST_RECORDS + 1)),
        ):
            with self.subTest(body=body[:60]), self.assertRaises(MalformedPayload):
                BoxLog.parse(body)
