from odoo import fields, models


class IotBox(models.Model):
    """What a box has logged."""

    _inherit = 'iot.box'

    log_ids = fields.One2many(
        'iot.log', 'box_id', "Logs", readonly=True, groups='iot.group_iot_manager'
    )

    def action_download_logs(self):
        self.ensure_one()
        return {'type': 'ir.actions.act_url', 'url': f'/iot/box/{self.id}/logs', 'target': 'self'}
