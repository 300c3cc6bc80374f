from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.device_choice import Candidate, choose
from .pos_config import NOTHING_USED, ROLES

ROLE_OF_CHOICE = dict(zip(('receipt_printer', 'scale', 'display', 'scanners'), ROLES, strict=True))
SETTINGS = ('iot_box_id', *ROLES, *NOTHING_USED)
# who sells may use the devices of a point of sale: these fields grant rights
GRANTING = frozenset(('iot_box_id', *ROLES))


class PosConfig(models.Model):
    """Giving a point of sale an IoT box, and taking that back.

    A box tells of its devices one by one: until somebody chooses devices by hand, those that appear
    take the places that are empty.
    """

    _inherit = 'pos.config'

    iot_takes_devices = fields.Boolean(groups=fields.NO_ACCESS, copy=False)
    iot_before_association = fields.Json(
        groups=fields.NO_ACCESS, copy=False, help="What an undo brings back, by field."
    )

    @api.model
    def _has_field_access(self, field, operation):
        """Override: what follows from a choice of devices is written by nobody by hand."""
        is_closed = operation == 'write' and field.readonly and not self.env.su
        if is_closed and 'pos_iot' in field._modules:
            return False
        return super()._has_field_access(field, operation)

    def write(self, vals):
        """Override: what is chosen by hand stays, and makes older things obsolete.

        :raise AccessError: for those who may not choose devices
        """
        if vals.keys() & GRANTING:
            self._check_may_associate()
        if 'iot_takes_devices' in vals:
            return super().write(vals)
        before = [config._get_iot_choice() for config in self]
        # sudo - pos.config: who sells sees no device before it is at a point of sale
        used_sudo = self.sudo().iot_device_ids
        result = super().write(vals)
        # sudo - pos.config: order printers bring devices, too, which who sells does not see yet
        if 'printer_ids' in vals and self.sudo().iot_device_ids - used_sudo:
            self._check_may_associate()
        if before != [config._get_iot_choice() for config in self]:
            # sudo - pos.config: these fields are ours alone
            self.sudo().write(
                {
                    'iot_takes_devices': False,
                    'iot_before_association': False,
                    'iot_lost_names': False,
                }
            )
        return result

    def associate_iot_box(self, box_id):
        """Use the devices of a box, as they are fit for.

        :param int box_id: `iot.box` of the same company
        :return: see `_describe_iot`
        :rtype: dict
        :raise AccessError: for those who may not configure points of sale, or not see the box
        :raise UserError: when the box belongs to another company; nothing has changed then
        """
        self.ensure_one()
        self._check_may_associate()
        box = self.env['iot.box'].browse(box_id if isinstance(box_id, int) else None).exists()
        if not box:
            raise UserError(self.env._("This IoT Box does not exist any more."))
        box.check_access('read')
        if box.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "%(box)s and %(config)s belong to different companies.",
                    box=box.name,
                    config=self.name,
                )
            )
        # sudo - pos.config: the rights were checked; the rest is fields of ours
        config_sudo = self.sudo()
        before = {name: config_sudo._get_plain(name) for name in SETTINGS}
        config_sudo.write(
            {
                'iot_box_id': box.id,
                'iot_takes_devices': True,
                'iot_before_association': before,
                'iot_lost_names': False,
            }
        )
        config_sudo._take_iot_devices()
        return self._describe_iot()

    def undo_iot_association(self):
        """Take the last association back.

        :return: see `_describe_iot`
        :rtype: dict
        :raise UserError: when something else was chosen since; nothing has changed then
        """
        self.ensure_one()
        self._check_may_associate()
        # sudo - pos.config: the rights were checked; the rest is fields of ours
        config_sudo = self.sudo()
        before = config_sudo.iot_before_association
        if not before:
            raise UserError(
                self.env._("The devices of %s were changed meanwhile: see its settings.", self.name)
            )
        config_sudo.write(
            {
                **config_sudo._prepare_undo(before),
                'iot_takes_devices': False,
                'iot_before_association': False,
            }
        )
        return self._describe_iot()

    def _check_may_associate(self):
        """:raise AccessError: for anybody but those who configure this point of sale"""
        # who sells may write points of sale, for reasons of Point of Sale's own
        groups = ('point_of_sale.group_pos_manager', 'base.group_system')
        if not self.env.su and not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("Only those who configure points of sale give them an IoT Box.")
            )
        self.check_access('write')

    def _describe_iot(self):
        """Return what the popup shows of a point of sale.

        :return: ``id``, ``name``, ``box_id``, ``box_name``, ``has_undo``, and ``roles``: label and
            names of devices of each role that is filled
        :rtype: dict
        """
        self.ensure_one()
        # sudo - pos.config: whether there is something to take back
        has_undo = bool(self.sudo().iot_before_association)
        return {
            'id': self.id,
            'name': self.name,
            'box_id': self.iot_box_id.id,
            'box_name': self.iot_box_id.name,
            'has_undo': has_undo,
            'roles': [
                {
                    'label': self._fields[role]._description_string(self.env),
                    'devices': self[role].mapped('name'),
                }
                for role in ROLES
                if self[role]
            ],
        }

    def _take_iot_devices(self):
        """Fill the empty places of configs that take devices by themselves; for superuser only."""
        for config in self.filtered('iot_takes_devices'):
            chosen = config._choose_iot_devices(config.iot_box_id)
            news = {
                role: devices.ids if role == 'iot_scanner_ids' else devices.id
                for role, devices in chosen.items()
                if devices and not config[role]
            }
            if news:
                drawer = {'iface_cashdrawer': True} if 'iot_receipt_printer_id' in news else {}
                config.write({**news, **drawer, 'iot_takes_devices': True})

    def _choose_iot_devices(self, box):
        """Return what this point of sale would use of a box.

        :return: devices by field
        :rtype: dict[str, iot.device]
        """
        others = self._search_iot_users(box.device_ids) - self
        taken = others._get_all_iot_role_devices()
        chosen = choose(
            [
                Candidate(
                    id=device.id,
                    type=device.type,
                    subtype=device.subtype or '',
                    is_connected=device.announced_connected,
                    is_taken=device in taken,
                )
                for device in box.device_ids
            ]
        )
        devices = self.env['iot.device']
        return {role: devices.browse(chosen[choice]) for choice, role in ROLE_OF_CHOICE.items()}

    def _get_iot_choice(self):
        return self.iot_box_id, *(self[role] for role in ROLES)

    def _get_all_iot_role_devices(self):
        devices = self.env['iot.device']
        return devices.union(*(config._get_iot_role_devices() for config in self))

    def _search_iot_users(self, devices):
        """Return the points of sale, archived ones too, that use any of these devices."""
        domain = Domain.OR(Domain(role, 'in', devices.ids) for role in ROLES)
        return self.with_context(active_test=False).search(domain)

    def _get_plain(self, name):
        value = self[name]
        return value.ids if isinstance(value, models.BaseModel) else value

    def _prepare_undo(self, before):
        """Return the values to write, without what was deleted since."""
        values = {name: self._revive(name, value) for name, value in before.items()}
        if before['iot_box_id'] and not values['iot_box_id']:
            values.update(NOTHING_USED)
        return values

    def _revive(self, name, value):
        """Return what `_get_plain` has kept of a field, as far as it still exists."""
        field = self._fields[name]
        if not field.relational:
            return value
        records = self.env[field.comodel_name].browse(value).exists()
        return records.ids if field.type == 'many2many' else records.id
