from odoo import models


class IotBox(models.Model):
    """A box that is given to another company."""

    _inherit = 'iot.box'

    def write(self, vals):
        """Override: nobody gives a box to a company in which they could not write it.

        :raise AccessError: when the user is not in the other company
        """
        result = super().write(vals)
        if 'company_id' in vals:
            self.check_access('write')
            # sudo - iot.token: what ties a box to this database belongs to whom the box belongs to
            tokens_sudo = self.env['iot.token'].sudo()
            tokens_sudo.search(
                [('box_id', 'in', self.ids), ('revoked_at', '=', False)]
            ).company_id = vals['company_id']
        return result
