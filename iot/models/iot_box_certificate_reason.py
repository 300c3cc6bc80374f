from odoo import api, fields, models

from ..tools.certificate_status import VALID


class IotBox(models.Model):
    """Why a box has no certificate, or no new one yet."""

    _inherit = 'iot.box'

    certificate_reason = fields.Char(
        "Why", compute='_compute_certificate_reason', groups='iot.group_iot_manager'
    )

    @api.depends('certificate_state', 'drivers_state')
    @api.depends_context('lang')
    def _compute_certificate_reason(self):
        reasons = self.env['iot.eligibility'].get_verdict()['reasons']
        refusal = ' '.join(reason['text'] for reason in reasons)
        for box in self:
            is_valid = box.certificate_state == VALID
            box.certificate_reason = not is_valid and (refusal or box._explain_certificate())

    def _explain_certificate(self):
        events = self.env['iot.certificate.event']
        event = events.search([('box_id', '=', self.id)], limit=1)
        if event and event.code not in (events.ISSUED, events.NOT_ELIGIBLE):
            return event.message
        if self.drivers_state == 'other_series':
            return self.env._(
                "The box has another Odoo version than this server: it asks Odoo for certificates."
            )
        if self.drivers_state == 'unavailable':
            return self.env._(
                "This server lacks the stock drivers of boxes: the box asks Odoo for certificates."
            )
        if self.drivers_state != 'current':
            return self.env._(
                "The box asks this database when it has taken its drivers (Update Drivers Now)."
            )
        return self.env._("The box asks this database within the hour.")
