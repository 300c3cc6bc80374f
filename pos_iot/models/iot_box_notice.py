from odoo import models


class IotBox(models.Model):
    _inherit = 'iot.box'

    def _notify_changed(self):
        """Override of `iot`: tills ask again how it is with the devices that they use."""
        result = super()._notify_changed()
        # sudo - pos.config: a box tells those who use it, whoever has made it change
        configs_sudo = self.env['pos.config'].sudo()
        for config_sudo in configs_sudo.search([('iot_device_ids.box_id', 'in', self.ids)]):
            config_sudo._notify('IOT_DEVICES_CHANGED', {})
        return result
