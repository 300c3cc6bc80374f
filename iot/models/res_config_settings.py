from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import const


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    iot_token_validity_minutes = fields.Integer(
        "Validity of Connection Tokens",
        config_parameter=const.TOKEN_VALIDITY_PARAMETER,
        default=lambda self: int(const.DEFAULT_TOKEN_VALIDITY.total_seconds() // 60),
        help="Minutes within which a new connection token has to be used for the first time.",
    )

    @api.constrains('iot_token_validity_minutes')
    def _check_iot_token_validity_minutes(self):
        shortest = const.MIN_TOKEN_VALIDITY.total_seconds() // 60
        longest = const.MAX_TOKEN_VALIDITY.total_seconds() // 60
        for settings in self:
            if not shortest <= settings.iot_token_validity_minutes <= longest:
                raise ValidationError(
                    self.env._(
                        "A connection token can be valid for %(shortest)d to %(longest)d minutes.",
                        shortest=shortest,
                        longest=longest,
                    )
                )
