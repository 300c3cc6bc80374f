from datetime import timedelta

from odoo import fields

from .request_common import SERIAL, IotRequestCommon


class TestRequestCleanup(IotRequestCommon):
    def bus_rows(self, box=None):
        """Return the numbers of stored messages to the box, sent ones included."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        channel = f'["{self.env.cr.dbname}","iot.box",{(box or self.box).id}]'
        return self.env['bus.bus'].search([('channel', '=', channel)])

    def make_old(self, rows, **age):
        """`create_date` is of the database, whose clock no test stops."""
        created = fields.Datetime.now() - timedelta(**age)
        self.env.cr.execute(
            "UPDATE bus_bus SET create_date = %s WHERE id = ANY(%s)", (created, rows.ids)
        )

    def test_the_message_of_an_expired_request_is_taken_off_the_bus(self):
        self.scale._send_action('read_once')
        expired = self.bus_rows()
        self.clock.tick(timedelta(seconds=10))
        self.scale._send_action('read_once')
        young = self.bus_rows() - expired
        self.make_old(expired | young, seconds=1)
        self.pass_time(seconds=20)
        self.assertEqual(self.bus_rows(), young)

    def test_documents_do_not_lie_in_the_bus_for_long(self):
        request = self.printer._send_action('status').sudo()
        self.answer(request)
        heard = self.bus_rows()
        self.make_old(heard, minutes=2, seconds=1)
        self.env['bus.bus']._sendone(self.user.partner_id, 'other', {})
        self.env.cr.precommit.run()
        others = self.env['bus.bus'].search([]) - heard
        self.make_old(others, days=1)
        self.printer._send_action('status')
        young = self.bus_rows() - heard
        self.make_old(young, minutes=1)
        self.env['iot.request']._cron_expire()
        self.assertFalse(heard.exists())
        self.assertEqual(young.exists(), young)
        self.assertEqual(others.exists(), others)

    def test_the_job_is_woken_up_when_requests_are_over_and_not_for_each(self):
        cron = self.env.ref('iot.ir_cron_expire_requests')
        triggers = self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)])
        request = self.scale._send_action('read_once')
        for _time in range(5):
            self.scale._send_action('read_once')
        new = self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)]) - triggers
        self.assertEqual(
            sorted(new.mapped('call_at')),
            [request.expires_at, request.expires_at + timedelta(minutes=2)],
        )

    def test_the_job_is_woken_up_for_what_is_sent_later_than_it_was_asked_for(self):
        cron = self.env.ref('iot.ir_cron_expire_requests')
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.clock.tick(timedelta(seconds=20))
        self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)]).unlink()
        self.open_websocket('second')
        self.assertEqual(request.state, 'sent')
        triggers = self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)])
        self.assertIn(request.expires_at, triggers.mapped('call_at'))

    def test_requests_are_kept_for_a_week(self):
        request = self.scale._send_action('read_once').sudo()
        self.answer(request)
        self.clock.tick(timedelta(days=7))
        self.env['iot.request']._gc_old_requests()
        self.assertTrue(request.exists())
        self.clock.tick(timedelta(seconds=1))
        self.env['iot.request']._gc_old_requests()
        self.assertFalse(request.exists())

    def test_requests_to_a_deleted_device_or_box_are_gone(self):
        self.scale._send_action('read_once')
        self.printer._send_action('status')
        self.set_up(SERIAL, self.secret, {})
        self.scale.with_user(self.manager).unlink()
        self.assertEqual(self.env['iot.request'].search([]).device_id, self.printer)
        self.box.with_user(self.manager).unlink()
        self.assertFalse(self.env['iot.request'].search([]))
