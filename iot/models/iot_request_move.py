from odoo import api, models


class IotRequest(models.Model):
    """Requests that tell whether a box has got to another address."""

    _inherit = 'iot.request'

    def _on_ended(self):
        """Override to go on with the move that has asked."""
        result = super()._on_ended()
        if self.device_id:
            return result  # moves ask boxes
        # sudo - iot.move: whoever ends a request need not see moves
        moves_sudo = self.env['iot.move'].sudo()
        moves_sudo = moves_sudo.search([('request_id', '=', self.id), ('state', '=', 'checking')])
        moves_sudo._on_answered(self.state == 'done')
        return result

    @api.model
    def _get_expiry_steps(self):
        """Override to end moves, too."""
        return [*super()._get_expiry_steps(), self.env['iot.move']._expire]
