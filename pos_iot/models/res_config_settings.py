from odoo import api, fields, models

from .pos_config import ROLES


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    pos_iot_box_id = fields.Many2one(related='pos_config_id.iot_box_id', readonly=False)
    pos_iot_receipt_printer_id = fields.Many2one(
        related='pos_config_id.iot_receipt_printer_id', readonly=False
    )
    pos_iot_scale_id = fields.Many2one(related='pos_config_id.iot_scale_id', readonly=False)
    pos_iot_display_id = fields.Many2one(related='pos_config_id.iot_display_id', readonly=False)
    pos_iot_scanner_ids = fields.Many2many(related='pos_config_id.iot_scanner_ids', readonly=False)
    pos_iot_lost_names = fields.Char(related='pos_config_id.iot_lost_names')

    @api.onchange('pos_iot_box_id')
    def _onchange_pos_iot_box_id(self):
        """Propose what another box has for each role."""
        config = self.pos_config_id
        if self.pos_iot_box_id != config.iot_box_id:
            chosen = config._choose_iot_devices(self.pos_iot_box_id)
        else:
            chosen = {role: config[role] for role in ROLES}
        for role, devices in chosen.items():
            self[f'pos_{role}'] = devices
        self.pos_iface_print_via_proxy = bool(self.pos_iot_receipt_printer_id)
        self.pos_iface_cashdrawer = bool(self.pos_iot_receipt_printer_id)

    def action_dismiss_pos_iot_loss(self):
        self.pos_config_id.action_dismiss_iot_loss()
        return {'type': 'ir.actions.client', 'tag': 'soft_reload'}
