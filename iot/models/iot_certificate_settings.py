from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import const
from ..tools.certificate_names import parse_zone
from ..tools.eligibility import OWN_AUTHORITY


class ResConfigSettings(models.TransientModel):
    """Who issues the certificates of boxes, and for which names."""

    _inherit = 'res.config.settings'

    iot_certificate_authority = fields.Selection(
        [
            (OWN_AUTHORITY, "This database's own authority"),
            (const.ACME_AUTHORITY, "An ACME authority, for a domain of yours"),
            (const.ODOO_AUTHORITY, "Odoo's service"),
        ],
        "Certificate authority",
        default=OWN_AUTHORITY,
        config_parameter=const.CERTIFICATE_AUTHORITY_PARAMETER,
    )
    iot_domain = fields.Char("IoT domain", config_parameter=const.IOT_DOMAIN_PARAMETER)

    @api.constrains('iot_domain')
    def _check_iot_domain(self):
        for settings in self:
            if settings.iot_domain and not parse_zone(settings.iot_domain):
                raise ValidationError(
                    self.env._("The IoT domain must be a domain, such as iot.example.com.")
                )

    def action_open_iot_root_certificate(self):
        return {'type': 'ir.actions.act_url', 'url': '/iot/root-certificate', 'target': 'new'}
