from odoo import api, fields, models

from odoo.addons.iot.models.failures import contained


class IotDevice(models.Model):
    """A device that points of sale use."""

    _name = 'iot.device'
    _inherit = ['iot.device', 'pos.load.mixin']

    pos_config_ids = fields.Many2many(
        'pos.config',
        'pos_config_iot_device_rel',
        'device_id',
        'config_id',
        "Points of Sale",
        readonly=True,
        groups='point_of_sale.group_pos_user',
    )
    # who sells has no access to boxes
    box_name = fields.Char("Name of the IoT Box", related='box_id.name')
    box_identifier = fields.Char("Serial Number of the IoT Box", related='box_id.identifier')
    box_ip = fields.Char("Address of the IoT Box", related='box_id.ip')
    box_https_host = fields.Char("HTTPS Address of the IoT Box", related='box_id.https_host')
    box_status = fields.Selection(string="Status of the IoT Box", related='box_id.status')

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override: points of sale that chose nothing else take what appears."""
        devices = super().create(vals_list)
        configs = devices.box_id._get_pos_configs()
        for config in configs.filtered('iot_takes_devices'):
            # rules of Point of Sale are no reason to refuse the box that announces its devices
            failure = "Point of sale %s did not take devices of an IoT system"
            with contained(self.env.cr, failure, config.display_name):
                config._take_iot_devices()
        return devices

    @api.ondelete(at_uninstall=False)
    def _unlink_from_points_of_sale(self):
        self._leave_points_of_sale()

    # === LOADING INTO POINT OF SALE === #

    @api.model
    def _load_pos_data_domain(self, data, config):
        return [('id', 'in', config.iot_device_ids.ids)]

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            'id',
            'name',
            'identifier',
            'type',
            'subtype',
            'status',
            'box_name',
            'box_identifier',
            'box_ip',
            'box_https_host',
            'box_status',
        ]

    @api.model
    def _server_date_to_domain(self, domain):
        # what a page keeps of former days is no good: a box changes its address, and its status,
        # without any change of the device
        return domain

    # === BUSINESS METHODS === #

    def _get_pos_configs(self):
        # sudo - pos.config: what becomes of a device concerns those who use it
        configs_sudo = self.env['pos.config'].sudo().with_context(active_test=False)
        configs_sudo.flush_model(['iot_device_ids'])  # a search does not, as it is computed
        return configs_sudo.search([('iot_device_ids', 'in', self.ids)])

    def _leave_points_of_sale(self, condition=None):
        """Let points of sale use these devices no more, and say so there."""
        self._get_pos_configs().filtered(condition or bool)._lose_iot_devices(self)
