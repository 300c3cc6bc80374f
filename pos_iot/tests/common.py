from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.iot.tests.common import PRINTER, SCALE, IotCommon

DISPLAY = {
    'name': "DELL 24",
    'type': 'display',
    'manufacturer': "Dell",
    'connection': 'hdmi',
    'subtype': "",
}
SCANNER = {
    'name': "Honeywell Voyager",
    'type': 'scanner',
    'manufacturer': "Honeywell",
    'connection': 'direct',
    'subtype': "",
}
DEVICES = {
    'usbEPSONTM-m30serial0': PRINTER,
    '/dev/ttyUSB0': SCALE,
    'card0-HDMI-A-1': DISPLAY,
    '/dev/input/event3': SCANNER,
}


class PosIotCommon(IotCommon):
    """A connected box with one device of each kind, a point of sale, and who works there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pos_user = new_test_user(
            cls.env, 'pos_cashier', 'base.group_user,point_of_sale.group_pos_user'
        )
        cls.pos_manager = new_test_user(
            cls.env, 'pos_manager', 'base.group_user,point_of_sale.group_pos_manager'
        )
        cls.config = cls.make_config("Shop")

    @classmethod
    def make_config(cls, name, company=None):
        company = company or cls.company
        journal = cls.env['account.journal'].create(
            {'name': name, 'type': 'general', 'code': name[:5], 'company_id': company.id}
        )
        configs = cls.env['pos.config'].with_company(company)
        return configs.create(
            {
                'name': name,
                'company_id': company.id,
                'journal_id': journal.id,
                'payment_method_ids': False,
            }
        ).with_env(cls.env)

    def make_order_printer(self, device, config=None):
        return self.env['pos.printer'].create(
            {
                'name': "Kitchen",
                'printer_type': 'iot_device',
                'iot_device_id': device.id,
                'pos_config_ids': [Command.set((config or self.config).ids)],
            }
        )

    def device(self, box, type_):
        return box.device_ids.filtered(lambda device: device.type == type_)
