from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PosPrinter(models.Model):
    """An order printer on an IoT box."""

    _inherit = 'pos.printer'
    _check_company_auto = True

    printer_type = fields.Selection(
        selection_add=[('iot_device', "Use a printer of an IoT Box")],
        ondelete={'iot_device': 'set default'},
    )
    iot_device_id = fields.Many2one(
        'iot.device',
        "Printer of an IoT Box",
        check_company=True,
        domain="[('type', '=', 'printer')]",
        index='btree_not_null',
    )

    @api.constrains('iot_device_id')
    def _check_iot_device(self):
        for printer in self:
            if printer.iot_device_id and printer.iot_device_id.type != 'printer':
                raise ValidationError(
                    self.env._("%s is not a printer.", printer.iot_device_id.name)
                )

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), 'iot_device_id']
