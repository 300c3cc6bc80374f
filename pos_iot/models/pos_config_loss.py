from odoo import fields, models
from odoo.fields import Command

from .pos_config import ROLES


class PosConfig(models.Model):
    """Losing a box, or a device of it, that somebody has deleted.

    Whoever deletes need not know of points of sale: nothing here gets in the way of that.
    """

    _inherit = 'pos.config'

    iot_lost_names = fields.Char(
        "Lost IoT Devices",
        readonly=True,
        copy=False,
        help="What was deleted, or given to another company, while it was used here.",
    )

    def action_dismiss_iot_loss(self):
        """Say no more of what was lost."""
        self._check_may_associate()
        # sudo - pos.config: the rights were checked; the rest is fields of ours
        self.sudo().iot_lost_names = False
        return True

    def _lose_iot_box(self):
        """For superuser only."""
        for config in self:
            config.write(
                {
                    'iot_lost_names': config._with_lost(config.iot_box_id),
                    'iot_box_id': False,
                    'iot_takes_devices': False,
                    'iot_before_association': False,
                }
            )

    def _lose_iot_devices(self, devices):
        """For superuser only. What appears in their place is taken as before."""
        for config in self:
            lost = config.iot_device_ids & devices
            config.printer_ids.filtered(
                lambda printer, lost=lost: printer.iot_device_id in lost
            ).iot_device_id = False
            values = {
                role: [Command.unlink(device.id) for device in config[role] & lost]
                if role == 'iot_scanner_ids'
                else False
                for role in ROLES
                if config[role] & lost
            }
            config.write(
                {
                    **values,
                    'iot_lost_names': config._with_lost(lost),
                    'iot_takes_devices': config.iot_takes_devices,
                    'iot_before_association': False,
                }
            )

    def _with_lost(self, records):
        return ', '.join(filter(None, [self.iot_lost_names, *records.mapped('name')]))
