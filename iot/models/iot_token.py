import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, LockError
from odoo.fields import Domain

from .. import const
from ..exceptions import SetupRefused
from ..tools import connection_token

_logger = logging.getLogger(__name__)


class IotToken(models.Model):
    """The secret that ties one IoT box to this database, as a hash.

    It is bound to the first box that presents it (contract section 14.2) and from then on is the
    credential of that box: the stock client presents it at each setup for ever. Only a token that
    no box has used yet expires.
    """

    _name = 'iot.token'
    _description = "IoT Connection Token"
    _order = 'id desc'
    _rec_name = 'index'
    _allow_sudo_commands = False

    index = fields.Char("Starts with", required=True, readonly=True)
    token_hash = fields.Char(required=True, groups=fields.NO_ACCESS, copy=False)
    channel_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    identifier = fields.Char(
        "For Box", readonly=True, help="The only box that can use the token, if it is known."
    )
    expires_at = fields.Datetime("Expires on", required=True, readonly=True)
    box_id = fields.Many2one('iot.box', "IoT Box", readonly=True, index='btree_not_null')
    used_at = fields.Datetime("Used on", readonly=True)
    used_from = fields.Char(readonly=True, help="Network address from which the box connected.")
    revoked_at = fields.Datetime("Revoked on", readonly=True)
    revoked_by_id = fields.Many2one('res.users', "Revoked by", readonly=True)
    state = fields.Selection(
        [
            ('available', "Available"),
            ('used', "Used"),
            ('expired', "Expired"),
            ('revoked', "Revoked"),
        ],
        compute='_compute_state',
        search='_search_state',
    )
    attempt_ids = fields.One2many('iot.connection.attempt', 'token_id', "Connection Attempts")
    tombstone_ids = fields.One2many('iot.tombstone', 'token_id', groups=fields.NO_ACCESS)

    _index_index = models.Index('(index)')
    _channel_hash_index = models.Index('(channel_hash) WHERE channel_hash IS NOT NULL')
    _one_per_box = models.UniqueIndex(
        '(box_id) WHERE revoked_at IS NULL',
        "An IoT box has one valid token.",
    )

    # === COMPUTE METHODS === #

    @api.depends('revoked_at', 'used_at', 'expires_at')
    def _compute_state(self):
        now = fields.Datetime.now()
        for token in self:
            if token.revoked_at:
                token.state = 'revoked'
            elif token.used_at:
                token.state = 'used'
            else:
                token.state = 'available' if token.expires_at > now else 'expired'

    def _search_state(self, operator, value):
        if operator != 'in':
            return NotImplemented
        now = fields.Datetime.now()
        alive = Domain('revoked_at', '=', False)
        unused = alive & Domain('used_at', '=', False)
        domains = {
            'revoked': Domain('revoked_at', '!=', False),
            'used': alive & Domain('used_at', '!=', False),
            'available': unused & Domain('expires_at', '>', now),
            'expired': unused & Domain('expires_at', '<=', now),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # === ACTIONS === #

    def action_revoke(self):
        """Make tokens that no box has used yet unusable; leave all others as they are."""
        self._check_administrator()
        self.check_access('read')
        # sudo - iot.token: nobody writes tokens by hand; an administrator may revoke what it reads
        self.sudo().filtered(lambda token: token.state == 'available')._revoke()
        return True

    # === BUSINESS METHODS === #

    @api.model
    def _check_administrator(self):
        if not self.env.su and not self.env.user.has_group('iot.group_iot_manager'):
            raise AccessError(self.env._("Only IoT administrators can manage connection tokens."))

    @api.model
    def _mint(self, validity, identifier=False):
        """Create a token for the current company.

        :param str identifier: of the only box that may use it, if known
        :param datetime.timedelta validity: how long it can be used for the first time
        :return: the record and, once and for all, its secret
        :rtype: tuple[iot.token, str]
        """
        secret = connection_token.new_token()
        # A chosen hash would be a chosen secret, so nobody may create tokens by hand.
        # sudo - iot.token: callers have checked that the user may connect boxes
        token_sudo = self.sudo().create(
            {
                'index': connection_token.token_index(secret),
                'token_hash': connection_token.digest(secret),
                'company_id': self.env.company.id,
                'identifier': identifier,
                'expires_at': fields.Datetime.now() + validity,
            }
        )
        _logger.info("IoT token %s… made by %s.", token_sudo.index, self.env.user.login)
        return token_sudo.sudo(False), secret

    @api.model
    def _find(self, secret):
        """Return the token with this secret, or an empty recordset.

        :param str secret: whatever a box presents
        """
        candidates = self.search_fetch(
            [('index', '=', connection_token.token_index(secret))],
            [
                'token_hash',
                'channel_hash',
                'company_id',
                'identifier',
                'expires_at',
                'box_id',
                'used_at',
                'revoked_at',
            ],
        )
        return candidates.filtered(
            lambda token: connection_token.matches(secret, token.token_hash)
        )[:1]

    def _check_usable_by(self, box, *, identifier, now):
        """Decide whether this token lets a box in.

        :param iot.box box: the known box with that identifier, or none
        :param str identifier: of the box that presents the token
        :param datetime.datetime now: naive UTC
        :raise SetupRefused: with the true reason, for administrators only
        """
        if not self:
            raise SetupRefused('wrong_token' if box else 'unknown_token')
        if self.revoked_at:
            raise SetupRefused('revoked')
        if self.used_at:
            if not box or self.box_id != box:
                raise SetupRefused('used_by_other')
        elif self.expires_at <= now:
            raise SetupRefused('expired')
        elif self.identifier and self.identifier != identifier:
            raise SetupRefused('used_by_other')
        elif box and box.company_id != self.company_id:
            # a token of one company must not carry off a box of another
            raise SetupRefused('other_company')

    def _claim(self, *, source, now):
        """Use this token up, before anything else is written.

        Of several posts that present it at once one gets further; Odoo tries the others again, and
        then they meet a used token.

        :param str source: network address of the box
        :param datetime.datetime now: naive UTC
        :raise ConcurrencyError: when another transaction is using this token
        """
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise ConcurrencyError("This IoT token is being used.") from error
        self.write({'used_at': now, 'used_from': source})

    def _bind(self, box):
        """Make this claimed token the one credential of a box; former ones are void."""
        former = self.search([('box_id', '=', box.id), ('revoked_at', '=', False)])
        former._revoke()
        former.flush_recordset()  # before the unique index sees the new one
        self.box_id = box
        self.create_uid.partner_id._bus_send(
            'iot.token/used', {'token_id': self.id, 'box_id': box.id, 'box_name': box.name}
        )

    def _get_channel(self, secret):
        """Return the bus channel of this pairing and remember its hash.

        The hash changes when ``database.secret`` has changed (a database restored as a copy).

        :param str secret: the token that the box has just presented
        :rtype: str
        """
        channel = self._derive_channel(secret)
        if not connection_token.matches(channel, self.channel_hash):
            self.channel_hash = connection_token.digest(channel)
        return channel

    @api.model
    def _derive_channel(self, secret):
        """Return the bus channel of the pairing that a token, ``secret``, has made."""
        # sudo - ir.config_parameter: the key of a derivation, it does not leave this method
        database_secret = self.env['ir.config_parameter'].sudo().get_param('database.secret')
        return connection_token.channel_name(database_secret, secret)

    @api.model
    def _find_boxes_by_channel(self, channels):
        """Return the boxes whose bus channels these are; a guess finds none.

        :param list[str] channels: names that a websocket asks for
        :rtype: iot.box
        """
        return self.search(
            [
                ('channel_hash', 'in', [connection_token.digest(channel) for channel in channels]),
                ('revoked_at', '=', False),
            ]
        ).box_id

    def _revoke(self):
        self.write({'revoked_at': fields.Datetime.now(), 'revoked_by_id': self.env.uid})
        self.env['iot.broker.pairing']._withdraw(self.mapped('token_hash'))
        for token in self:
            _logger.info("IoT token %s… revoked by %s.", token.index, self.env.user.login)
            token.create_uid.partner_id._bus_send('iot.token/revoked', {'token_id': token.id})

    @api.autovacuum
    def _gc_dead_tokens(self):
        limit = fields.Datetime.now() - const.TOKEN_RETENTION
        expired = Domain('used_at', '=', False) & Domain('expires_at', '<', limit)
        dead = Domain('revoked_at', '<', limit) | expired
        self.search(dead & Domain('tombstone_ids', '=', False)).unlink()
