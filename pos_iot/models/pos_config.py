from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

ROLES = ('iot_receipt_printer_id', 'iot_scale_id', 'iot_display_id', 'iot_scanner_ids')
TYPE_OF_ROLE = dict(zip(ROLES, ('printer', 'scale', 'display', 'scanner'), strict=True))
NO_ROLES = {role: [Command.clear()] if role == 'iot_scanner_ids' else False for role in ROLES}

# What Point of Sale itself asks of a box. It would ask scanners without a pause; with an address,
# the page on a customer display would ask its own machine, to which nobody tells anything.
NOTHING_USED = {
    'is_posbox': False,
    'proxy_ip': False,
    'iface_print_via_proxy': False,
    'iface_cashdrawer': False,
    'iface_electronic_scale': False,
    'iface_scan_via_proxy': False,
}


class PosConfig(models.Model):
    """A point of sale that uses the devices of an IoT box.

    Nothing of Point of Sale's own way to a box (``/hw_proxy/…``) is used then: present boxes lack
    half of it, and pages that try wait for ever (contract section 12.2).
    """

    _inherit = 'pos.config'

    iot_box_id = fields.Many2one('iot.box', "IoT Box", check_company=True, index='btree_not_null')
    iot_receipt_printer_id = fields.Many2one(
        'iot.device',
        "IoT Receipt Printer",
        check_company=True,
        index='btree_not_null',
        help="Its cash drawer is the one that is opened.",
    )
    iot_scale_id = fields.Many2one(
        'iot.device', "IoT Scale", check_company=True, index='btree_not_null'
    )
    iot_display_id = fields.Many2one(
        'iot.device',
        "IoT Customer Display",
        check_company=True,
        index='btree_not_null',
        copy=False,
    )
    iot_scanner_ids = fields.Many2many(
        'iot.device',
        'pos_config_iot_scanner_rel',
        'config_id',
        'device_id',
        "IoT Barcode Scanners",
        check_company=True,
        copy=False,
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

    # === COMPUTE METHODS === #

    @api.depends(*ROLES, 'printer_ids.printer_type', 'printer_ids.iot_device_id')
    def _compute_iot_device_ids(self):
        for config in self:
            order_printers = config.printer_ids.filtered(
                lambda printer: printer.printer_type == 'iot_device'
            )
            config.iot_device_ids = config._get_iot_role_devices() | order_printers.iot_device_id

    # === CONSTRAINT METHODS === #

    @api.constrains('iot_box_id', *ROLES)
    def _check_iot_devices(self):
        for config in self:
            for role, type_ in TYPE_OF_ROLE.items():
                for device in config[role]:
                    if device.box_id != config.iot_box_id:
                        raise ValidationError(
                            self.env._(
                                "%(device)s is not a device of the IoT Box of %(config)s.",
                                device=device.name,
                                config=config.name,
                            )
                        )
                    if device.type != type_:
                        raise ValidationError(
                            self.env._(
                                "%(device)s cannot be used as “%(role)s”.",
                                device=device.name,
                                role=self._fields[role]._description_string(self.env),
                            )
                        )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale` to ask of the box what its devices can do."""
        configs = super().create(vals_list)
        configs._follow_iot_devices()
        return configs

    def write(self, vals):
        """Override of `point_of_sale` to ask of the box what its devices can do."""
        box_id = vals.get('iot_box_id')
        is_same = all(config.iot_box_id.id == box_id for config in self)
        if vals.get('is_posbox') is False and (is_same or not box_id):
            # switched off; settings say what they show of the box all the same
            vals = {**vals, 'iot_box_id': False, **NO_ROLES}
        if 'iot_box_id' in vals:
            box_id = vals['iot_box_id'] or False
            moved = self.filtered(lambda config: config.iot_box_id.id not in (False, box_id))
            # not as from the settings, which speak of one point of sale and of its new values
            moved = moved.with_context(from_settings_view=False)
            super(PosConfig, moved).write({'iot_box_id': False, **NO_ROLES, **NOTHING_USED})
        result = super().write(vals)
        if vals.keys() & {'iot_box_id', *ROLES, *NOTHING_USED}:
            self._follow_iot_devices()
        return result

    # === BUSINESS METHODS === #

    def _get_iot_role_devices(self):
        devices = self.env['iot.device']
        return devices.union(*(self[role] for role in ROLES))

    def _follow_iot_devices(self):
        """Set the fields of `point_of_sale` that follow from the devices of a box."""
        for config in self.filtered('iot_box_id'):
            has_epson_printer = config.other_devices and config.epson_printer_ip
            has_drawer = config.iot_receipt_printer_id or has_epson_printer
            flags = {
                **NOTHING_USED,
                'is_posbox': True,
                'iface_print_via_proxy': bool(config.iot_receipt_printer_id),
                'iface_cashdrawer': config.iface_cashdrawer and bool(has_drawer),
                'iface_electronic_scale': bool(config.iot_scale_id),
            }
            if news := {name: value for name, value in flags.items() if config[name] != value}:
                config.write(news)
