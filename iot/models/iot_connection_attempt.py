import logging

from odoo import api, fields, models
from odoo.fields import Domain

from .. import const

_logger = logging.getLogger(__name__)


class IotConnectionAttempt(models.Model):
    """Ledger of who used or tried to use a connection token.

    A box is told one and the same refusal whatever is wrong (contract section 14.2); the reason
    stands here. Strangers cause these rows, so repetitions share one and their number is limited.
    """

    _name = 'iot.connection.attempt'
    _description = "IoT Connection Attempt"
    _order = 'last_at desc, id desc'
    _rec_name = 'identifier'

    outcome = fields.Selection(
        [('accepted', "Accepted"), ('refused', "Refused")], required=True, readonly=True
    )
    reason = fields.Selection(
        [
            ('connected', "A new box connected"),
            ('reconnected', "A known box connected again"),
            ('missing_token', "The box has no token"),
            ('unknown_token', "The token is unknown"),
            ('expired', "The token had expired"),
            ('revoked', "The token was revoked"),
            ('used_by_other', "The token belongs to another box"),
            ('wrong_token', "The token is not the one of this box"),
            ('other_company', "The box belongs to another company"),
        ],
        required=True,
        readonly=True,
    )
    identifier = fields.Char("Box Identifier", required=True, readonly=True, index=True)
    source = fields.Char("Network Address", readonly=True)
    token_id = fields.Many2one(
        'iot.token', readonly=True, ondelete='cascade', index='btree_not_null'
    )
    box_id = fields.Many2one('iot.box', "IoT Box", readonly=True, index='btree_not_null')
    company_id = fields.Many2one('res.company', readonly=True, index='btree_not_null')
    count = fields.Integer("Times", default=1, readonly=True)
    last_at = fields.Datetime("Last on", default=fields.Datetime.now, readonly=True)

    @api.model
    def _record_accepted(self, token, box, *, reason, source):
        """Note that a box has used a token for the first time."""
        self.create(
            {
                'outcome': 'accepted',
                'reason': reason,
                'identifier': box.identifier,
                'source': source,
                'token_id': token.id,
                'box_id': box.id,
                'company_id': box.company_id.id,
            }
        )

    @api.model
    def _record_refused(self, reason, *, identifier, source, token, box):
        """Note why a box was refused; changes nothing else.

        :param str reason: code of the refusal
        :param str identifier: as presented, so possibly of a box that does not exist
        :param str source: network address
        :param iot.token token: the token that was presented, if there is such a token
        :param iot.box box: the box with that identifier, if there is one
        """
        _logger.warning("IoT box %s refused from %s: %s.", identifier, source, reason)
        now = fields.Datetime.now()
        known = self.search(
            [
                ('outcome', '=', 'refused'),
                ('identifier', '=', identifier),
                ('source', '=', source),
                ('reason', '=', reason),
                ('token_id', '=', token.id),
            ],
            limit=1,
        )
        if known:
            if now - known.last_at >= const.ATTEMPT_PRECISION:
                known.write({'count': known.count + 1, 'last_at': now})
            return
        limit = const.MAX_REFUSED_ATTEMPTS
        if self.search_count([('outcome', '=', 'refused')], limit=limit) < limit:
            self.create(
                {
                    'outcome': 'refused',
                    'reason': reason,
                    'identifier': identifier,
                    'source': source,
                    'token_id': token.id,
                    'box_id': box.id,
                    'company_id': (token or box).company_id.id,
                }
            )

    @api.autovacuum
    def _gc_old_attempts(self):
        limit = fields.Datetime.now() - const.ATTEMPT_RETENTION
        # what says how a box came here stays as long as the box
        self.search(
            Domain('last_at', '<', limit)
            & (Domain('outcome', '=', 'refused') | Domain('box_id', '=', False))
        ).unlink()
