import logging

from odoo import api, fields, models
from odoo.fields import Domain

from .. import const
from ..tools.box_message import addressed
from ..tools.connection_token import digest
from .cron_step import run_step

_logger = logging.getLogger(__name__)


class IotTombstone(models.Model):
    """A box that was deleted here and may not know it yet.

    Such a box goes on to present its token, which is void. It is let in as far as its tombstone:
    that is a bus channel of its own, where nothing is ever said but to forget this database. A box
    that was connected again has another token and listens elsewhere, so no old tombstone can
    reach it (contract section 4.3).
    """

    _name = 'iot.tombstone'
    _description = "Deleted IoT Box"
    _inherit = ['bus.listener.mixin']
    _order = 'id desc'
    _allow_sudo_commands = False

    name = fields.Char("IoT Box", required=True, readonly=True)
    identifier = fields.Char(required=True, readonly=True, index=True)
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    token_id = fields.Many2one(
        'iot.token', required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )
    listening_since = fields.Datetime(readonly=True)
    deleted_box_ref = fields.Integer(
        groups=fields.NO_ACCESS,
        help="Number of the deleted record, while the box may listen to it on a websocket that was "
        "open then.",
    )
    told_at = fields.Datetime("Notified on", readonly=True)

    # === BUSINESS METHODS === #

    @api.model
    def _bury(self, tokens):
        """Make boxes forget this database: those that listen now, the others when they are back.

        :param iot.token tokens: the revoked credentials of boxes that still exist
        """
        tombstones = self.create(
            [
                {
                    'name': box.name,
                    'identifier': box.identifier,
                    'company_id': box.company_id.id,
                    'token_id': token.id,
                    'listening_since': box.is_online and box.websocket_opened_at,
                    'deleted_box_ref': box.is_online and box.id,
                }
                for token in tokens
                for box in token.box_id
            ]
        )
        tombstones._tell_listeners()

    @api.model
    def _find(self, token, *, identifier):
        """Return the tombstone of the box that presents a void token, or none.

        :param iot.token token: possibly empty
        :param str identifier: of the box
        """
        return self.search(
            [('token_id', 'in', token.ids), ('identifier', '=', identifier)], limit=1
        )

    @api.model
    def _find_by_channels(self, channels):
        """Return the tombstones whose bus channels these are; a guess finds none.

        :param list[str] channels: names that a websocket asks for
        """
        return self.search(
            [('token_id.channel_hash', 'in', [digest(channel) for channel in channels])]
        )

    @api.model
    def _lift(self, identifier):
        """Forget that a box was deleted: it has just been connected again."""
        self.search([('identifier', '=', identifier)]).unlink()

    def _heard(self):
        """Note that a box listens to its tombstone, and tell it as soon as it obeys."""
        self.write({'listening_since': fields.Datetime.now(), 'deleted_box_ref': False})
        self._tell_listeners()

    def _tell_listeners(self):
        """Tell boxes that listen, now or later: they ignore what comes in their first seconds."""
        now = fields.Datetime.now()
        listeners = self.filtered('listening_since')
        ready = listeners.filtered(
            lambda tombstone: now - tombstone.listening_since >= const.CLEAR_DELAY
        )
        ready._tell(now)
        if young := listeners - ready:
            self.env.ref('iot.iot_tombstone_cron_tell')._trigger(
                at=max(young.mapped('listening_since')) + const.CLEAR_DELAY
            )

    def _tell(self, now):
        """Send the command. Whether a box got it is not known: if it comes again, so does this."""
        for tombstone in self:
            former_channel = (self.env.cr.dbname, 'iot.box', tombstone.deleted_box_ref)
            self.env['bus.bus']._sendone(
                former_channel if tombstone.deleted_box_ref else tombstone,
                'server_clear',
                addressed(tombstone.identifier, {}),
            )
            _logger.info("Deleted IoT box %s is told to forget us.", tombstone.identifier)
        self.write({'told_at': now, 'listening_since': False, 'deleted_box_ref': False})

    @api.model
    def _cron_tell(self):
        listeners = self.search([('listening_since', '!=', False)])
        for tombstone in listeners:
            # one that was lifted meanwhile is told nothing
            run_step(lambda tombstone=tombstone: tombstone.exists()._tell_listeners(), self.env)

    @api.autovacuum
    def _gc_tombstones(self):
        now = fields.Datetime.now()
        self.search(
            Domain('told_at', '<', now - const.TOKEN_RETENTION)
            | Domain('create_date', '<', now - const.TOMBSTONE_RETENTION)
        ).unlink()
