import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .. import const
from ..tools.box_status import OFFLINE

_logger = logging.getLogger(__name__)


class IotDevice(models.Model):
    """A device on an IoT box. Identifiers are unique per box only (contract section 3.2)."""

    _name = 'iot.device'
    _description = "IoT Device"
    _inherit = ['iot.described.mixin']
    _order = 'name, id'

    _ANNOUNCED = (
        'announced_name',
        'type',
        'manufacturer',
        'connection',
        'announced_subtype',
        'announced_connected',
    )

    box_id = fields.Many2one(
        'iot.box', "IoT Box", required=True, readonly=True, index=True, ondelete='cascade'
    )
    company_id = fields.Many2one(related='box_id.company_id', store=True, index=True)
    identifier = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True)
    announced_name = fields.Char(readonly=True, help="The name that the box gives to the device.")
    type = fields.Selection(
        [
            ('printer', "Printer"),
            ('scale', "Scale"),
            ('display', "Display"),
            ('scanner', "Barcode Scanner"),
            ('keyboard', "Keyboard"),
            ('camera', "Camera"),
            ('payment', "Payment Terminal"),
            ('fiscal_data_module', "Fiscal Data Module"),
            ('device', "Measuring Device"),
            ('unsupported', "Unsupported"),
        ],
        required=True,
        readonly=True,
    )
    manufacturer = fields.Char(readonly=True)
    connection = fields.Selection(
        [
            ('direct', "USB"),
            ('network', "Network"),
            ('serial', "Serial"),
            ('hdmi', "HDMI"),
            ('bluetooth', "Bluetooth"),
            ('other', "Other"),
        ],
        readonly=True,
    )
    subtype = fields.Selection('_selection_subtype')
    announced_subtype = fields.Selection('_selection_subtype', readonly=True)
    announced_connected = fields.Boolean(
        readonly=True, help="The box has reported it, whatever became of the box since."
    )
    connected = fields.Boolean(compute='_compute_status', search='_search_connected')
    status = fields.Selection(
        [
            ('connected', "Connected"),
            ('disconnected', "Disconnected"),
            ('box_offline', "Box offline"),
        ],
        compute='_compute_status',
    )

    _identifier_unique = models.Constraint(
        'unique (box_id, identifier)', "A device with this identifier exists already on the box."
    )

    @api.depends('announced_connected', 'box_id.status')
    def _compute_status(self):
        for device in self:
            if not device.announced_connected:
                device.status = 'disconnected'
            elif device.box_id.status == OFFLINE:
                device.status = 'box_offline'
            else:
                device.status = 'connected'
            device.connected = device.status == 'connected'

    def _search_connected(self, operator, value):
        if operator != 'in':
            return NotImplemented
        connected = Domain('announced_connected', '=', True) & Domain(
            'box_id.status', '!=', OFFLINE
        )
        return Domain.OR({True: connected, False: ~connected}[bool(state)] for state in value)

    @api.model
    def _selection_subtype(self):
        # no tuples: Odoo's export of terms takes what follows a translated one for another term
        return list(
            {
                'receipt_printer': self.env._("Receipt Printer"),
                'label_printer': self.env._("Label Printer"),
                'office_printer': self.env._("Office Printer"),
            }.items()
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_connected(self):
        if any(device.connected for device in self):
            raise UserError(
                self.env._("Unplug a device before you delete it: its IoT box still reports it.")
            )

    @api.model
    def _update_from(self, box, announced):
        """Store what a setup, which always is a full snapshot, tells of the devices of a box.

        What is missing is disconnected, never deleted: each start of a box begins with an empty
        list (contract section 1.2). Devices that are as before are not written.

        :param iot.box box: the box that posts the setup
        :param tuple[AnnouncedDevice] announced: its devices
        :return: whether anything has changed
        :rtype: bool
        """
        known = {
            device.identifier: device
            for device in self.search_fetch(
                [('box_id', '=', box.id)], ['identifier', 'name', 'subtype', *self._ANNOUNCED]
            )
        }
        room = max(const.MAX_KNOWN_DEVICES - len(known), 0)
        new, changed = [], False
        for announcement in announced:
            device = known.pop(announcement.identifier, None)
            values = self._prepare_values(announcement)
            if device is None:
                new.append(
                    {
                        **values,
                        'box_id': box.id,
                        'identifier': announcement.identifier,
                        'name': values['announced_name'],
                        'subtype': values['announced_subtype'],
                    }
                )
            elif news := device._prepare_news(values):
                device.write(news)
                changed = True
        if len(new) > room:
            _logger.warning("IoT box %s announces too many devices.", box.identifier)
            new = new[:room]
        gone = self.union(*known.values()).filtered('announced_connected')
        gone.write({'announced_connected': False})
        self.create(new)
        return bool(new or gone or changed)

    @api.model
    def _prepare_values(self, announcement):
        return {
            'announced_name': announcement.name,
            'type': announcement.type,
            'manufacturer': announcement.manufacturer or False,
            'connection': announcement.connection,
            'announced_subtype': announcement.subtype or False,
            'announced_connected': True,
        }

    def _prepare_news(self, announced_values):
        """Return what differs; name and subtype follow the box until a user has set them."""
        news = {field: value for field, value in announced_values.items() if self[field] != value}
        for field in ('name', 'subtype'):
            announced_field = f'announced_{field}'
            if announced_field in news and self[field] == self[announced_field]:
                news[field] = news[announced_field]
        return news
