from odoo import api, fields, models


class IotDevice(models.Model):
    """What a point of sale knows of the devices it uses."""

    _name = 'iot.device'
    _inherit = ['iot.device', 'pos.load.mixin']

    pos_config_ids = fields.Many2many(
        'pos.config', 'pos_config_iot_device_rel', 'device_id', 'config_id', "Points of Sale"
    )
    # who sells has no access to boxes
    box_name = fields.Char("IoT System", related='box_id.name')
    box_identifier = fields.Char("Serial Number of the IoT System", related='box_id.identifier')
    box_ip = fields.Char("Address of the IoT System", related='box_id.ip')
    box_status = fields.Selection(string="Status of the IoT System", related='box_id.status')

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
            'box_status',
        ]

    @api.model
    def _server_date_to_domain(self, domain):
        # what a page keeps of former days is no good: a box changes its address, and its status,
        # without any change of the device
        return domain
