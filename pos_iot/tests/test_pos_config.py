from .common import DEVICES, PosIotCommon


class TestPosConfig(PosIotCommon):
    def test_devices_of_all_roles_and_of_order_printers_are_its_devices(self):
        box, _secret, _channel = self.connect(devices=DEVICES)
        order_printer = self.env['pos.printer'].create(
            {
                'name': "Kitchen",
                'printer_type': 'iot_device',
                'iot_device_id': self.device(box, 'printer').id,
            }
        )
        self.config.write(
            {
                'iot_box_id': box.id,
                'iot_scale_id': self.device(box, 'scale').id,
                'printer_ids': [(4, order_printer.id)],
            }
        )
        self.assertEqual(
            self.config.iot_device_ids, self.device(box, 'scale') | self.device(box, 'printer')
        )
        order_printer.printer_type = 'epson_epos'
        self.assertEqual(self.config.iot_device_ids, self.device(box, 'scale'))
