from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DEVICES, PRINTER, PosIotCommon


@tagged('post_install', '-at_install')
class TestIotLoss(PosIotCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect(devices=DEVICES)
        self.managed = self.config.with_user(self.pos_manager)
        self.managed.associate_iot_box(self.box.id)

    def test_a_deleted_box_leaves_and_says_so(self):
        name = self.box.name
        self.box.with_user(self.manager).unlink()
        self.assertRecordValues(
            self.config,
            [
                {
                    'iot_box_id': False,
                    'iot_receipt_printer_id': False,
                    'iot_device_ids': [],
                    'is_posbox': False,
                    'iface_print_via_proxy': False,
                    'iot_lost_names': name,
                }
            ],
        )

    def test_who_deletes_a_box_is_told_who_uses_it(self):
        self.make_order_printer(self.device(self.box, 'printer'), self.make_config("Bar"))
        self.assertIn(
            "These points of sale lose devices: Bar, Shop.",
            self.box.with_user(self.manager).get_deletion_warnings(),
        )

    def test_who_deletes_a_box_that_nobody_uses_is_told_nothing(self):
        other, _secret, _channel = self.connect('10000000ffff0002', devices=DEVICES)
        warnings = ' '.join(other.with_user(self.manager).get_deletion_warnings())
        self.assertNotIn("points of sale", warnings)

    def test_an_archived_point_of_sale_does_not_block(self):
        self.config.active = False
        self.box.with_user(self.manager).unlink()
        self.assertFalse(self.config.iot_box_id)

    def test_an_open_session_does_not_block(self):
        self.env['pos.session'].create({'config_id': self.config.id, 'user_id': self.env.uid})
        self.box.with_user(self.manager).unlink()
        self.assertFalse(self.config.iot_box_id)

    def test_a_deleted_order_printer_leaves_the_printer_without_device(self):
        order_printer = self.make_order_printer(self.device(self.box, 'printer'), self.config)
        self.box.with_user(self.manager).unlink()
        self.assertFalse(order_printer.iot_device_id)
        self.assertEqual(self.config.printer_ids, order_printer)

    def test_a_deleted_device_leaves_and_the_next_one_takes_its_place(self):
        others = {key: value for key, value in DEVICES.items() if value is not PRINTER}
        self.set_up(self.box.identifier, self.secret, others)
        printer = self.device(self.box, 'printer')
        printer.with_user(self.manager).unlink()
        self.assertRecordValues(
            self.config,
            [
                {
                    'iot_box_id': self.box.id,
                    'iot_receipt_printer_id': False,
                    'iface_print_via_proxy': False,
                    'iot_scale_id': self.device(self.box, 'scale').id,
                    'iot_lost_names': PRINTER['name'],
                }
            ],
        )
        self.set_up(self.box.identifier, self.secret, {**others, 'usb2': PRINTER})
        self.assertEqual(self.config.iot_receipt_printer_id, self.device(self.box, 'printer'))

    def test_a_box_given_to_another_company_leaves(self):
        order_printer = self.make_order_printer(self.device(self.box, 'printer'), self.config)
        self.box.company_id = self.other_company
        self.assertRecordValues(
            self.config, [{'iot_box_id': False, 'iot_device_ids': [], 'is_posbox': False}]
        )
        self.assertFalse(order_printer.iot_device_id)
        self.assertIn(self.box.name, self.config.iot_lost_names)

    def test_what_was_lost_is_told_until_it_is_dismissed_or_replaced(self):
        self.box.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            self.config.with_user(self.pos_user).action_dismiss_iot_loss()
        self.assertTrue(self.config.iot_lost_names)
        self.managed.action_dismiss_iot_loss()
        self.assertFalse(self.config.iot_lost_names)

        other, _secret, _channel = self.connect('10000000ffff0002', devices=DEVICES)
        self.managed.associate_iot_box(other.id)
        other.with_user(self.manager).unlink()
        self.assertTrue(self.config.iot_lost_names)
        new, _secret, _channel = self.connect('10000000ffff0003', devices=DEVICES)
        self.managed.associate_iot_box(new.id)
        self.assertFalse(self.config.iot_lost_names)

    def test_the_same_box_connected_again_is_still_in_its_place(self):
        _token, secret = self.mint()
        self.set_up(self.box.identifier, secret, DEVICES)
        self.assertEqual(self.config.iot_box_id, self.box)
        self.assertEqual(len(self.config.iot_device_ids), 4)
