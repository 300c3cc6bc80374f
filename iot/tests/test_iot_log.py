from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError

from .. import const
from ..tools.box_log import BoxLog
from .common import NOW, IotCommon, wire_log

SERIAL = '10000000abcd1234'
HOME = '192.168.1.20'
LINE = '30,2026-03-02 08:59:59,250 812 WARNING ? odoo.addons.iot_drivers.main: No paper'


class TestIotLog(IotCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect(SERIAL)

    def post(self, *records, identifier=SERIAL, source=HOME):
        """Post records as the anonymous user of the route."""
        log = BoxLog.parse(wire_log(identifier, *records))
        self.env['iot.log'].with_user(self.public_user)._store(log, source=source)

    def messages(self, box=None):
        return (box or self.box).log_ids.sorted('id').mapped('message')

    def test_records_are_kept_with_time_level_and_source(self):
        self.post(LINE, '20,Started')
        first, second = self.box.log_ids.sorted('id')
        self.assertEqual((first.level, second.level), ('warning', 'info'))
        self.assertEqual(first.logged_at, NOW - timedelta(seconds=1))
        self.assertEqual(first.received_at, NOW)
        self.assertEqual(first.logger, 'odoo.addons.iot_drivers.main')
        self.assertEqual(self.messages(), ["No paper", "Started"])
        self.assertEqual(second.logged_at, False)

    def test_the_local_time_of_a_windows_box_is_taken_back_to_utc(self):
        self.set_up(SERIAL, self.secret, version='W23.11-19.0-20260101')
        for ahead, rest in (
            (timedelta(0), timedelta(0)),
            (timedelta(hours=1), timedelta(0)),
            (-timedelta(hours=9, minutes=30), timedelta(0)),
            (timedelta(hours=5, minutes=45), timedelta(0)),
            (timedelta(hours=14), timedelta(0)),
            (timedelta(days=400), timedelta(days=400)),  # of no zone: its clock is wrong
        ):
            with self.subTest(ahead=ahead):
                first, last = (NOW + ahead - timedelta(seconds=age) for age in (500, 2))
                self.post(*(f'20,{time},250 812 INFO ? a: b' for time in (first, last)))
                newest, oldest = self.box.log_ids.sorted('id', reverse=True)[:2]
                self.assertEqual(newest.logged_at, NOW + rest - timedelta(seconds=2))
                self.assertEqual(oldest.logged_at, NOW + rest - timedelta(seconds=500))

    def test_the_time_of_another_box_is_what_its_clock_says(self):
        self.post(f'20,{NOW + timedelta(hours=1)},250 812 INFO ? a: b')
        self.assertEqual(self.box.log_ids.logged_at, NOW + timedelta(hours=1))

    def test_strangers_write_nothing(self):
        self.post(LINE, identifier='unknown')
        self.post(LINE, source='192.168.1.66')
        self.assertFalse(self.env['iot.log'].search([]))

    def test_an_older_box_is_known_by_its_mac_address(self):
        self.post(LINE, identifier='B8:27:EB:00:00:01')
        self.assertEqual(self.messages(), ["No paper"])

    def test_only_the_newest_records_are_kept(self):
        other, _secret, _channel = self.connect('20000000abcd1234', source='192.168.1.21')
        self.post('20,other', identifier=other.identifier, source='192.168.1.21')
        with patch.object(const, 'MAX_LOG_RECORDS', 5):
            self.post(*(f'20,{number}' for number in range(4)))
            self.assertEqual(len(self.box.log_ids), 4)
            self.post(*(f'20,{number}' for number in range(4, 7)))
        self.assertEqual(self.messages(), ["2", "3", "4", "5", "6"])
        self.assertEqual(self.messages(other), ["other"])

    def test_a_box_that_logs_too_much_is_cut_short_for_a_while(self):
        with patch.object(const, 'MAX_LOG_RECORDS_PER_MINUTE', 3):
            self.post('20,1', '20,2', '20,3')
            for _repetition in range(3):
                self.post('20,lost')
            self.assertEqual(self.messages(), ["1", "2", "3", False])
            self.assertEqual(self.box.log_ids.sorted('id')[-1].level, 'gap')
            self.clock.tick(const.LOG_RATE_WINDOW)
            self.post('20,4')
        self.assertEqual(self.messages(), ["1", "2", "3", False, "4"])

    def test_the_cost_does_not_depend_on_the_number_of_records(self):
        self.post(LINE)
        counts = []
        for size in (1, 10, 50):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.post(*[LINE] * size)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts, [4] * 3)  # identity, rate, insertion, surplus

    def test_old_records_are_purged(self):
        self.post('20,old')
        self.clock.tick(const.LOG_RETENTION)
        self.post('20,young')
        self.env['iot.log']._gc_old_records()
        self.assertEqual(self.messages(), ["old", "young"])
        self.clock.tick(timedelta(seconds=1))
        self.env['iot.log']._gc_old_records()
        self.assertEqual(self.messages(), ["young"])

    def test_they_go_with_their_box(self):
        self.post(LINE)
        self.box.unlink()
        self.assertFalse(self.env['iot.log'].search([]))

    def test_administrators_of_its_company_read_them(self):
        self.post(LINE)
        self.assertEqual(self.box.with_user(self.manager).log_ids.message, "No paper")
        self.assertFalse(self.env['iot.log'].with_user(self.other_manager).search([]))
        with self.assertRaises(AccessError):
            self.box.with_user(self.user).read(['log_ids'])
