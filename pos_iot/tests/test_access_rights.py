import uuid

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import DEVICES, PosIotCommon


@tagged('post_install', '-at_install')
class TestAccessRights(PosIotCommon):
    def setUp(self):
        super().setUp()
        self.box, _secret, _channel = self.connect(devices=DEVICES)
        self.config.write(
            {'iot_box_id': self.box.id, 'iot_scale_id': self.device(self.box, 'scale').id}
        )
        self.scale = self.device(self.box, 'scale')
        self.env.flush_all()  # as at the end of a request

    def test_who_sells_sees_devices_of_points_of_sale_only(self):
        devices = self.env['iot.device'].with_user(self.pos_user)
        self.assertEqual(devices.search([]), self.scale)
        self.assertEqual(self.scale.with_user(self.pos_user).box_name, self.box.name)
        with self.assertRaises(AccessError):
            self.device(self.box, 'printer').with_user(self.pos_user).check_access('read')

    def test_who_sells_sees_no_box(self):
        with self.assertRaises(AccessError):
            self.env['iot.box'].with_user(self.pos_user).search([])

    def test_who_sells_changes_nothing_of_devices(self):
        for operation in ('write', 'create', 'unlink'):
            self.assertFalse(
                self.env['iot.device'].with_user(self.pos_user).has_access(operation), operation
            )

    def test_who_sells_uses_a_device_and_hears_the_end(self):
        uid = str(uuid.uuid4())
        device = self.scale.with_user(self.pos_user)
        asked = device.request_action('read_once', uid=uid)
        self.assertEqual(asked['uid'], uid)
        [read] = self.env['iot.request'].with_user(self.pos_user).read_outcome([uid])
        self.assertEqual(read['state'], asked['state'])

    def test_who_sells_uses_no_device_that_is_not_at_a_till(self):
        printer = self.device(self.box, 'printer').with_user(self.pos_user)
        with self.assertRaises(AccessError):
            printer.request_action('cashbox', uid=str(uuid.uuid4()))
        self.assertFalse(self.env['iot.request'].search([]))

    def test_who_sells_sees_the_own_requests_only(self):
        self.scale.request_action('read_once', uid=str(uuid.uuid4()))
        requests = self.env['iot.request'].with_user(self.pos_user)
        self.assertFalse(requests.search([]))
        self.scale.with_user(self.pos_user).request_action('read_once', uid=str(uuid.uuid4()))
        self.assertEqual(requests.search([]).user_id, self.pos_user)

    def test_who_sells_and_manages_iot_sees_all_devices(self):
        both = new_test_user(
            self.env, 'pos_iot_both', 'point_of_sale.group_pos_user,iot.group_iot_user'
        )
        self.assertEqual(
            self.env['iot.device'].with_user(both).search([]), self.env['iot.device'].search([])
        )

    def test_who_sells_cannot_give_a_box_to_a_point_of_sale(self):
        config = self.config.with_user(self.pos_user)
        with self.assertRaises(AccessError):
            config.associate_iot_box(self.box.id)
        with self.assertRaises(AccessError):
            config.undo_iot_association()

    def test_who_sells_cannot_choose_devices_and_so_use_them(self):
        """Who sells may write points of sale, and use what is at one."""
        printer, display = self.device(self.box, 'printer'), self.device(self.box, 'display')
        other = self.connect('10000000ffff0002', devices=DEVICES)[0]
        order_printer = self.make_order_printer(printer)
        order_printer.pos_config_ids = False
        config = self.config.with_user(self.pos_user)
        self.env.flush_all()
        for values in (
            {'iot_receipt_printer_id': printer.id},
            {'iot_display_id': display.id},
            {'iot_scanner_ids': [Command.set(self.device(self.box, 'scanner').ids)]},
            {'iot_scale_id': False},
            {'iot_box_id': other.id},
            {'iot_box_id': False},
            {'iot_device_ids': [Command.link(printer.id)]},
            {'iot_lost_names': "Printer"},
            {'printer_ids': [Command.link(order_printer.id)]},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                config.write(values)
                self.env.flush_all()
        self.assertEqual(self.config.iot_device_ids, self.scale)
        config.write({'name': "Bar"})
        self.assertEqual(self.config.name, "Bar")
        epson_printer = order_printer.copy(
            {'printer_type': 'epson_epos', 'epson_printer_ip': '192.168.1.9'}
        )
        config.write({'printer_ids': [Command.link(epson_printer.id)]})
        self.assertEqual(self.config.printer_ids, epson_printer)

    def test_who_manages_iot_only_cannot_give_a_box_to_a_point_of_sale(self):
        with self.assertRaises(AccessError):
            self.config.with_user(self.manager).associate_iot_box(self.box.id)

    def test_who_configures_points_of_sale_sees_boxes_and_changes_none(self):
        box = self.box.with_user(self.pos_manager)
        self.assertEqual(box.search([]), self.box)
        for operation in ('write', 'create', 'unlink'):
            self.assertFalse(box.has_access(operation), operation)

    def test_another_company_sees_nothing(self):
        stranger = new_test_user(
            self.env,
            'pos_stranger',
            'point_of_sale.group_pos_manager',
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        for model in ('iot.box', 'iot.device', 'iot.request'):
            self.assertFalse(self.env[model].with_user(stranger).search([]), model)
        with self.assertRaises(AccessError):
            self.config.with_user(stranger).associate_iot_box(self.box.id)
