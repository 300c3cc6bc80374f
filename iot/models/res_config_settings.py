from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import const
from ..exceptions import UnusableBaseUrl
from ..tools.base_url import box_server_url


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    iot_token_validity_minutes = fields.Integer(
        "Validity of Connection Tokens",
        config_parameter=const.TOKEN_VALIDITY_PARAMETER,
        default=lambda self: int(const.DEFAULT_TOKEN_VALIDITY.total_seconds() // 60),
        help="Minutes within which a new connection token has to be used for the first time.",
    )

    iot_broker_url = fields.Char(
        "Pairing Broker",
        config_parameter=const.BROKER_URL_PARAMETER,
        help="Address of another database that knows the pairing codes of your boxes. "
        "Leave it empty to use this database.",
    )
    iot_broker_serves_others = fields.Boolean(
        "Serve other databases",
        config_parameter=const.SERVE_OTHERS_PARAMETER,
        help="Databases elsewhere may connect boxes whose pairing codes come from this one.",
    )

    iot_alert_minutes = fields.Integer(
        "Alert after",
        config_parameter=const.ALERT_PARAMETER,
        default=lambda self: int(const.DEFAULT_ALERT_DELAY.total_seconds() // 60),
        help="Minutes for which an IoT box is not online until its responsible person is told.",
    )

    iot_own_authority_without_subscription = fields.Boolean(
        "Issue certificates from this database's own authority without an Odoo subscription",
        config_parameter=const.OWN_AUTHORITY_WITHOUT_SUBSCRIPTION_PARAMETER,
        help="The database still has to be the one in production.",
    )

    @api.constrains('iot_alert_minutes')
    def _check_iot_alert_minutes(self):
        shortest = const.MIN_ALERT_DELAY.total_seconds() // 60
        longest = const.MAX_ALERT_DELAY.total_seconds() // 60
        for settings in self:
            if not shortest <= settings.iot_alert_minutes <= longest:
                raise ValidationError(
                    self.env._(
                        "The responsible person of an IoT box can be alerted after %(shortest)d "
                        "to %(longest)d minutes.",
                        shortest=shortest,
                        longest=longest,
                    )
                )

    iot_box_elsewhere_count = fields.Integer(
        "Boxes at a former address", compute='_compute_iot_boxes_elsewhere'
    )
    iot_server_url = fields.Char("Address of this database", compute='_compute_iot_boxes_elsewhere')

    def _compute_iot_boxes_elsewhere(self):
        boxes = self.env['iot.box']
        self.iot_box_elsewhere_count = len(boxes._get_boxes_elsewhere())
        self.iot_server_url = boxes._get_server_url()

    def action_move_iot_boxes(self):
        return self.env['iot.box'].action_move_all()

    @api.constrains('iot_broker_url')
    def _check_iot_broker_url(self):
        for settings in self:
            try:
                if settings.iot_broker_url:
                    box_server_url(settings.iot_broker_url)
            except UnusableBaseUrl as error:
                raise ValidationError(
                    self.env._(
                        "The pairing broker must be a web address without path, such as "
                        "https://odoo.example.com."
                    )
                ) from error

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
