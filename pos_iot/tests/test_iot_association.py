from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DEVICES, PRINTER, PosIotCommon


@tagged('post_install', '-at_install')
class TestIotAssociation(PosIotCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect(devices=DEVICES)
        self.managed = self.config.with_user(self.pos_manager)

    def test_the_popup_offers_the_points_of_sale_of_the_company_of_the_box(self):
        self.make_config("Far", company=self.other_company)
        bar = self.make_config("Bar")
        choice = self.box.with_user(self.pos_manager).get_pos_choice()
        self.assertEqual(choice['box_name'], self.box.name)
        self.assertEqual(
            {config['id'] for config in choice['configs']},
            set(self.env['pos.config'].search([('company_id', '=', self.company.id)]).ids),
        )
        self.assertLessEqual({self.config.id, bar.id}, {own['id'] for own in choice['configs']})

    def test_the_popup_offers_nothing_to_who_configures_no_point_of_sale(self):
        self.assertFalse(self.box.with_user(self.manager).get_pos_choice()['configs'])
        with self.assertRaises(AccessError):
            self.box.with_user(self.pos_user).get_pos_choice()

    def test_association_gives_each_device_its_role(self):
        shown = self.managed.associate_iot_box(self.box.id)
        self.assertRecordValues(
            self.config,
            [
                {
                    'iot_box_id': self.box.id,
                    'iot_receipt_printer_id': self.device(self.box, 'printer').id,
                    'iot_scale_id': self.device(self.box, 'scale').id,
                    'iot_display_id': self.device(self.box, 'display').id,
                    'iot_scanner_ids': self.device(self.box, 'scanner').ids,
                    'is_posbox': True,
                    'iface_print_via_proxy': True,
                    'iface_cashdrawer': True,
                    'iface_electronic_scale': True,
                    'iface_scan_via_proxy': False,
                }
            ],
        )
        self.assertEqual(shown['box_name'], self.box.name)
        self.assertIn(
            {'label': "IoT Receipt Printer", 'devices': [PRINTER['name']]}, shown['roles']
        )

    def test_devices_that_a_box_tells_of_later_take_the_empty_places(self):
        empty, secret, _channel = self.connect('10000000ffff0002')
        self.managed.associate_iot_box(empty.id)
        self.assertFalse(self.config.iot_device_ids)
        self.set_up('10000000ffff0002', secret, {'lp0': PRINTER})
        printer = self.device(empty, 'printer')
        self.assertEqual(self.config.iot_receipt_printer_id, printer)
        self.set_up('10000000ffff0002', secret, {'lp1': PRINTER, **DEVICES})
        self.assertEqual(self.config.iot_receipt_printer_id, printer)
        self.assertEqual(self.config.iot_scale_id, self.device(empty, 'scale'))

    def test_a_point_of_sale_that_cannot_take_devices_keeps_no_box_away(self):
        empty, secret, _channel = self.connect('10000000ffff0002')
        other = self.make_config("Bar")
        self.managed.associate_iot_box(empty.id)
        other.with_user(self.pos_manager).associate_iot_box(empty.id)
        write = type(other).write
        refusal = "Not while a session is open."

        def refuse_for_one(config, vals):
            if config == self.config:
                raise UserError(refusal)
            return write(config, vals)

        with (
            patch.object(type(other), 'write', refuse_for_one),
            self.assertLogs('odoo.addons.iot.models.failures', 'ERROR') as logs,
        ):
            self.assertTrue(self.set_up('10000000ffff0002', secret, {'lp0': PRINTER}))
        self.assertIn(refusal, logs.output[0])
        printer = self.device(empty, 'printer')
        self.assertEqual(printer.identifier, 'lp0')
        self.assertFalse(self.config.iot_receipt_printer_id)
        self.assertEqual(other.iot_receipt_printer_id, printer)

    def test_what_was_chosen_by_hand_stays(self):
        empty, secret, _channel = self.connect('10000000ffff0002')
        self.managed.associate_iot_box(empty.id)
        self.set_up('10000000ffff0002', secret, {'lp0': PRINTER})
        self.managed.iot_receipt_printer_id = False
        self.set_up('10000000ffff0002', secret, {'lp1': PRINTER, **DEVICES})
        self.assertFalse(self.config.iot_device_ids)

    def test_two_tills_on_one_box_share_printer_and_scale_only(self):
        other = self.make_config("Bar")
        self.managed.associate_iot_box(self.box.id)
        other.with_user(self.pos_manager).associate_iot_box(self.box.id)
        self.assertEqual(
            other.iot_device_ids, self.device(self.box, 'printer') | self.device(self.box, 'scale')
        )
        self.assertEqual(len(self.config.iot_device_ids), 4)

    def test_undo_brings_back_what_was(self):
        former, _secret, _channel = self.connect('10000000ffff0002', devices=DEVICES)
        scale = self.device(former, 'scale')
        self.managed.write({'iot_box_id': former.id, 'iot_scale_id': scale.id})
        before = self.managed.read()
        self.managed.associate_iot_box(self.box.id)
        self.assertEqual(self.config.iot_box_id, self.box)
        shown = self.managed.undo_iot_association()
        self.assertEqual(shown['box_name'], former.name)
        self.assertFalse(shown['has_undo'])
        changing = {'write_date', 'last_data_change'}
        after = self.managed.read()
        for values in (*before, *after):
            for name in changing:
                values.pop(name)
        self.assertEqual(after, before)

    def test_undo_brings_back_an_address_typed_by_hand(self):
        self.managed.write({'is_posbox': True, 'proxy_ip': '192.168.1.9'})
        self.managed.associate_iot_box(self.box.id)
        self.managed.undo_iot_association()
        self.assertRecordValues(
            self.config, [{'is_posbox': True, 'proxy_ip': '192.168.1.9', 'iot_box_id': False}]
        )

    def test_undo_of_what_was_changed_since_is_refused(self):
        self.managed.associate_iot_box(self.box.id)
        self.managed.iot_scale_id = False
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            self.managed.undo_iot_association()
        self.assertEqual(self.config.iot_box_id, self.box)

    def test_undo_works_once(self):
        self.managed.associate_iot_box(self.box.id)
        self.managed.undo_iot_association()
        with self.assertRaises(UserError):
            self.managed.undo_iot_association()

    def test_undo_does_without_a_box_that_was_deleted_since(self):
        former, _secret, _channel = self.connect('10000000ffff0002', devices=DEVICES)
        scale = self.device(former, 'scale')
        self.managed.write({'iot_box_id': former.id, 'iot_scale_id': scale.id})
        self.managed.associate_iot_box(self.box.id)
        former.unlink()
        self.managed.undo_iot_association()
        self.assertRecordValues(
            self.config, [{'iot_box_id': False, 'iot_device_ids': [], 'is_posbox': False}]
        )

    def test_a_box_of_another_company_or_none_is_refused(self):
        far = self.make_config("Far", company=self.other_company)
        self.pos_manager.company_ids |= self.other_company
        both = self.managed.with_context(allowed_company_ids=self.pos_manager.company_ids.ids).env
        with self.assertRaisesRegex(UserError, "belong to different companies"):
            far.with_env(both).associate_iot_box(self.box.id)
        self.assertFalse(far.iot_box_id)
        box_id = self.box.id
        self.box.unlink()
        for nothing in (box_id, False, 'box', [box_id], None):
            with self.assertRaisesRegex(UserError, "does not exist any more"):
                self.managed.associate_iot_box(nothing)
