from odoo import api, fields, models


class IotBox(models.Model):
    """A box whose devices points of sale use."""

    _inherit = 'iot.box'

    pos_config_ids = fields.One2many('pos.config', 'iot_box_id', "Points of Sale")

    def write(self, vals):
        """Override: a point of sale uses nothing of another company."""
        result = super().write(vals)
        if 'company_id' in vals:
            for box in self:
                box._leave_points_of_sale(
                    lambda config, box=box: config.company_id != box.company_id
                )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_from_points_of_sale(self):
        self._leave_points_of_sale()

    def get_pos_choice(self):
        """Return what the popup *Connect to a Point of Sale* offers.

        :return: ``box_id``, ``box_name``, ``configs``: those of its company, see `_describe_iot`;
            none for those who configure no point of sale
        :rtype: dict
        :raise AccessError: for those who may not see the box
        """
        self.ensure_one()
        self.check_access('read')
        configs = self.env['pos.config']
        if self.env.user.has_group('point_of_sale.group_pos_manager'):
            configs = configs.search([('company_id', '=', self.company_id.id)])
        return {
            'box_id': self.id,
            'box_name': self.name,
            'configs': [config._describe_iot() for config in configs],
        }

    def _get_dependents(self):
        """Override of `iot` to name the points of sale."""
        names = (self._get_pos_configs() | self.device_ids._get_pos_configs()).mapped('name')
        if not names:
            return super()._get_dependents()
        return [
            *super()._get_dependents(),
            self.env._(
                "These points of sale lose devices: %(names)s.", names=', '.join(sorted(names))
            ),
        ]

    def _leave_points_of_sale(self, condition=None):
        """Let points of sale use nothing of these boxes, and say so there."""
        self._get_pos_configs().filtered(condition or bool)._lose_iot_box()
        self.device_ids._leave_points_of_sale(condition)  # other ones have order printers

    def _get_pos_configs(self):
        # sudo - pos.config: what becomes of a box concerns those who use it, whoever it is up to
        configs_sudo = self.env['pos.config'].sudo().with_context(active_test=False)
        return configs_sudo.search([('iot_box_id', 'in', self.ids)])
