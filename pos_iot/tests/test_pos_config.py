from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .. import uninstall_hook
from .common import DEVICES, PosIotCommon


@tagged('post_install', '-at_install')
class TestPosConfig(PosIotCommon):
    def setUp(self):
        super().setUp()
        self.box, _secret, _channel = self.connect(devices=DEVICES)
        self.printer = self.device(self.box, 'printer')
        self.scale = self.device(self.box, 'scale')

    def test_devices_of_all_roles_and_of_order_printers_are_its_devices(self):
        order_printer = self.make_order_printer(self.printer)
        self.config.write(
            {
                'iot_box_id': self.box.id,
                'iot_scale_id': self.scale.id,
                'iot_scanner_ids': [Command.set(self.device(self.box, 'scanner').ids)],
            }
        )
        scanners = self.device(self.box, 'scanner')
        self.assertEqual(self.config.iot_device_ids, self.scale | scanners | self.printer)
        order_printer.printer_type = 'epson_epos'
        self.assertEqual(self.config.iot_device_ids, self.scale | scanners)

    def test_point_of_sale_asks_the_box_for_what_there_is_and_never_by_its_own_way(self):
        self.config.write({'proxy_ip': '192.168.1.9', 'iface_scan_via_proxy': True})
        self.config.write({'iot_box_id': self.box.id, 'iot_scale_id': self.scale.id})
        self.assertRecordValues(
            self.config,
            [
                {
                    'is_posbox': True,
                    'proxy_ip': False,
                    'iface_electronic_scale': True,
                    'iface_print_via_proxy': False,
                    'iface_scan_via_proxy': False,
                }
            ],
        )
        self.config.write({'iot_scale_id': False, 'iot_receipt_printer_id': self.printer.id})
        self.assertFalse(self.config.iface_electronic_scale)
        self.assertTrue(self.config.iface_print_via_proxy)

    def test_there_is_no_drawer_without_a_printer_that_opens_it(self):
        self.config.write(
            {
                'iot_box_id': self.box.id,
                'iot_receipt_printer_id': self.printer.id,
                'iface_cashdrawer': True,
            }
        )
        self.assertTrue(self.config.iface_cashdrawer)
        self.config.iot_receipt_printer_id = False
        self.assertFalse(self.config.iface_cashdrawer)

    def test_a_printer_without_a_box_keeps_its_drawer(self):
        self.config.write(
            {
                'other_devices': True,
                'epson_printer_ip': '192.168.1.30',
                'iface_cashdrawer': True,
                'iot_box_id': self.box.id,
            }
        )
        self.assertTrue(self.config.iface_cashdrawer)

    def test_without_a_box_its_devices_are_not_used(self):
        for change in ({'iot_box_id': False}, {'is_posbox': False}):
            self.config.write({'iot_box_id': self.box.id, 'iot_scale_id': self.scale.id})
            self.config.write(change)
            self.assertRecordValues(
                self.config,
                [
                    {
                        'iot_box_id': False,
                        'iot_scale_id': False,
                        'iot_device_ids': [],
                        'is_posbox': False,
                        'iface_electronic_scale': False,
                    }
                ],
            )

    def test_another_box_does_not_keep_the_devices_of_the_former_one(self):
        self.config.write({'iot_box_id': self.box.id, 'iot_scale_id': self.scale.id})
        other, _secret, _channel = self.connect('10000000ffff0002', devices=DEVICES)
        printer = self.device(other, 'printer')
        self.config.write({'iot_box_id': other.id, 'iot_receipt_printer_id': printer.id})
        self.assertEqual(self.config.iot_device_ids, printer)
        self.assertFalse(self.config.iot_scale_id)

    def test_devices_of_another_box_or_kind_are_refused(self):
        other, _secret, _channel = self.connect('10000000ffff0002', devices=DEVICES)
        self.config.iot_box_id = self.box
        with self.assertRaisesRegex(ValidationError, "not a device of the IoT Box of Shop"):
            self.config.iot_scale_id = self.device(other, 'scale')
        with self.assertRaisesRegex(ValidationError, "cannot be used as “IoT Scale”"):
            self.config.iot_scale_id = self.printer
        order_printer = self.make_order_printer(self.printer)
        with self.assertRaisesRegex(ValidationError, "is not a printer"):
            order_printer.iot_device_id = self.scale

    def test_a_box_of_another_company_is_refused(self):
        config = self.make_config("Far", company=self.other_company)
        with self.assertRaises(UserError):
            config.iot_box_id = self.box
        order_printer = self.make_order_printer(self.printer)
        with self.assertRaises(UserError):
            order_printer.company_id = self.other_company

    def test_the_page_on_a_display_is_told_by_the_bus(self):
        self.config.proxy_ip = '192.168.1.9'
        self.assertEqual(self.config._get_customer_display_data()['proxy_ip'], '192.168.1.9')
        self.config.iot_box_id = self.box
        self.assertFalse(self.config._get_customer_display_data()['proxy_ip'])

    def test_a_point_of_sale_without_iot_box_is_as_it_was(self):
        values = {'is_posbox': True, 'proxy_ip': '192.168.1.9', 'iface_scan_via_proxy': True}
        self.config.write(values)
        self.config.write({'iface_electronic_scale': True, 'iface_cashdrawer': True})
        self.assertRecordValues(
            self.config,
            [{**values, 'iface_electronic_scale': True, 'iface_cashdrawer': True}],
        )

    def test_a_copy_shares_printer_and_scale_but_no_display_and_no_scanner(self):
        self.config.with_user(self.pos_manager).associate_iot_box(self.box.id)
        copy = self.config.copy()
        self.assertEqual(copy.iot_device_ids, self.printer | self.scale)
        self.assertTrue(copy.is_posbox)

    def test_without_this_addon_no_point_of_sale_looks_for_a_box_without_address(self):
        archived = self.make_config("Old")
        for config in (self.config, archived):
            config.with_user(self.pos_manager).associate_iot_box(self.box.id)
        archived.active = False
        by_hand = self.make_config("Market")
        by_hand.write({'is_posbox': True, 'proxy_ip': '192.168.1.9'})
        uninstall_hook(self.env)
        for config in (self.config, archived):
            self.assertRecordValues(config, [{'is_posbox': False, 'iface_print_via_proxy': False}])
        self.assertTrue(by_hand.is_posbox)
