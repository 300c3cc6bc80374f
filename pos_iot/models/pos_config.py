from odoo import api, fields, models


class PosConfig(models.Model):
    """A point of sale that uses the devices of an IoT box."""

    _inherit = 'pos.config'

    iot_box_id = fields.Many2one('iot.box', "IoT System", check_company=True)
    iot_receipt_printer_id = fields.Many2one('iot.device', "Receipt Printer", check_company=True)
    iot_scale_id = fields.Many2one('iot.device', "Scale", check_company=True)
    iot_display_id = fields.Many2one('iot.device', "Customer Display", check_company=True)
    iot_scanner_ids = fields.Many2many(
        'iot.device',
        'pos_config_iot_scanner_rel',
        'config_id',
        'device_id',
        "Barcode Scanners",
        check_company=True,
    )
    # the name that Point of Sale's own pages look for
    iot_device_ids = fields.Many2many(
        'iot.device',
        'pos_config_iot_device_rel',
        'config_id',
        'device_id',
        "IoT Devices",
        compute='_compute_iot_device_ids',
        store=True,
        help="All that it uses, order printers among them.",
    )

    @api.depends(
        'iot_receipt_printer_id',
        'iot_scale_id',
        'iot_display_id',
        'iot_scanner_ids',
        'printer_ids.printer_type',
        'printer_ids.iot_device_id',
    )
    def _compute_iot_device_ids(self):
        for config in self:
            order_printers = config.printer_ids.filtered(
                lambda printer: printer.printer_type == 'iot_device'
            )
            config.iot_device_ids = (
                config.iot_receipt_printer_id
                | config.iot_scale_id
                | config.iot_display_id
                | config.iot_scanner_ids
                | order_printers.iot_device_id
            )

    def _get_display_device_ip(self):
        """Override of `point_of_sale`: the page on the display is told by the bus.

        With an address it would ask a program on its own machine, to which nobody tells anything
        (contract section 12.4).
        """
        if self.iot_box_id:
            return False
        return super()._get_display_device_ip()
