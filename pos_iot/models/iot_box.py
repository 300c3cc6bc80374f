from odoo import api, fields, models


class IotBox(models.Model):
    """A box whose devices points of sale use."""

    _inherit = 'iot.box'

    pos_config_ids = fields.One2many(
        'pos.config',
        'iot_box_id',
        "Points of Sale",
        readonly=True,
        groups='point_of_sale.group_pos_user',
    )
    can_connect_to_pos = fields.Boolean(compute='_compute_can_connect_to_pos')

    # === COMPUTE METHODS === #

    @api.depends('company_id')
    @api.depends_context('uid')
    def _compute_can_connect_to_pos(self):
        for box in self:
            box.can_connect_to_pos = bool(box._get_pos_choices())

    # === CRUD METHODS === #

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

    # === ACTIONS === #

    def action_connect_to_pos(self):
        self.ensure_one()
        return {
            'type': 'ir.actions.client',
            'tag': 'pos_iot_connect',
            'params': {'boxId': self.id},
        }

    # === BUSINESS METHODS === #

    def get_pos_choice(self):
        """Return what the popup *Connect to a Point of Sale* offers.

        :return: ``box_id``, ``box_name``, ``configs``: those of its company, see `_describe_iot`;
            none for those who configure no point of sale
        :rtype: dict
        :raise AccessError: for those who may not see the box
        """
        self.ensure_one()
        self.check_access('read')
        return {
            'box_id': self.id,
            'box_name': self.name,
            'configs': [config._describe_iot() for config in self._get_pos_choices()],
        }

    def _get_pos_choices(self):
        """Return the points of sale to which the user can give this box."""
        configs = self.env['pos.config']
        if not self.env.user.has_group('point_of_sale.group_pos_manager'):
            return configs
        return configs.search([('company_id', '=', self.company_id.id)])

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
