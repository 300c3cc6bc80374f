from datetime import timedelta

from odoo.tools import mute_logger

from .. import const
from .common import NOW, IotCommon

LEDGER = 'odoo.addons.iot.models.iot_connection_attempt'


class TestConnectionAttempt(IotCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger(LEDGER))

    def refused(self):
        return self.env['iot.connection.attempt'].search([('outcome', '=', 'refused')])

    def test_repetitions_share_a_row_that_is_written_once_a_minute(self):
        for seconds in (0, 1, 59):
            self.clock.move_to(NOW + timedelta(seconds=seconds))
            self.set_up('b1', 'wrong')
        self.assertRecordValues(self.refused(), [{'count': 1, 'last_at': NOW}])
        self.clock.move_to(NOW + timedelta(seconds=60))
        self.set_up('b1', 'wrong')
        self.assertRecordValues(
            self.refused(), [{'count': 2, 'last_at': NOW + timedelta(seconds=60)}]
        )

    def test_another_box_address_or_reason_has_its_own_row(self):
        self.set_up('b1', 'wrong')
        self.set_up('b2', 'wrong')
        self.set_up('b1', 'wrong', source='192.168.1.21')
        self.set_up('b1', None)
        self.assertEqual(len(self.refused()), 4)

    def test_strangers_cannot_fill_the_database(self):
        self.patch(const, 'MAX_REFUSED_ATTEMPTS', 3)
        for number in range(5):
            self.set_up(f'b{number}', 'wrong')
        self.assertEqual(len(self.refused()), 3)
        self.connect()
        accepted = self.env['iot.connection.attempt'].search([('outcome', '=', 'accepted')])
        self.assertEqual(len(accepted), 1)

    def test_old_refusals_are_cleaned_up_but_not_how_a_box_came_here(self):
        self.set_up('b1', 'wrong')
        box, _secret, _channel = self.connect()
        deleted, _secret, _channel = self.connect('deleted')
        deleted.unlink()
        self.clock.move_to(NOW + const.ATTEMPT_RETENTION + timedelta(seconds=1))
        self.set_up('b2', 'wrong')
        attempts = self.env['iot.connection.attempt']
        attempts._gc_old_attempts()
        self.assertEqual(
            sorted(attempts.search([]).mapped('identifier')), sorted(['b2', box.identifier])
        )
