import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class IotBox(models.Model):
    """To which database a box was connected.

    A copy of a database has the boxes of the original, which it must not command: nobody wants to
    print from a test. Odoo gives most copies a uuid of their own (contract section 13).
    """

    _inherit = 'iot.box'

    database_uuid = fields.Char(
        "Connected to database",
        default=lambda self: self._get_database_uuid(),
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    is_foreign = fields.Boolean(
        "Of another database", compute='_compute_is_foreign', search='_search_is_foreign'
    )

    @api.depends('database_uuid')
    def _compute_is_foreign(self):
        here = self._get_database_uuid()
        for box in self:
            box.is_foreign = bool(box.database_uuid) and box.database_uuid != here

    def _search_is_foreign(self, operator, value):
        if operator != 'in':
            return NotImplemented
        here = Domain('database_uuid', '=', self._get_database_uuid())
        return Domain.OR(~here if is_foreign else here for is_foreign in value)

    @api.model
    def _get_database_uuid(self):
        # sudo - ir.config_parameter: a box tells everybody on its network the same
        return self.env['ir.config_parameter'].sudo().get_param('database.uuid')

    @api.model
    def _get_recorded_uuids(self):
        """Return to which databases the boxes of all companies were connected, two at most.

        That is enough to know a copy.

        Each box that starts has this asked, so it is plain SQL, and two entries of an index.

        :rtype: frozenset[str]
        """
        self.flush_model(['database_uuid'])
        [ends] = self.env.execute_query(
            SQL("SELECT min(database_uuid), max(database_uuid) FROM iot_box")
        )
        return frozenset(filter(None, ends))

    def action_adopt(self):
        """Make boxes that came with a copy of their database those of this one.

        :raise AccessError: for anybody but IoT administrators
        """
        self.check_access('write')
        foreign = self.filtered('is_foreign')
        # sudo - iot.box: the rights were checked; nobody writes the field by hand
        foreign.sudo().write({'database_uuid': self._get_database_uuid()})
        foreign._notify_changed()
        for box in foreign:
            _logger.info("IoT box %s adopted by %s.", box.identifier, self.env.user.login)
        return True

    def _connect(self, token, payload, **options):
        """Override: whoever connects a box here means this database."""
        box = super()._connect(token, payload, **options)
        box.database_uuid = self._get_database_uuid()
        return box

    def _get_command_refusal(self):
        """Override to command no box of another database."""
        return super()._get_command_refusal() or (self.is_foreign and 'foreign_database')

    def _send_message(self, message_type, **payload):
        """Override: nothing at all is sent to a box of another database, not even to forget it."""
        if self.is_foreign:
            _logger.warning(
                "IoT box %s was connected to the database that this one was copied from: "
                "%s is not sent.",
                self.identifier,
                message_type,
            )
            return
        super()._send_message(message_type, **payload)
