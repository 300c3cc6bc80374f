import secrets
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, LockError
from odoo.fields import Domain
from odoo.tools import SQL

from .iot_request import OUTSTANDING

RETURN_TIME = timedelta(minutes=5)  # to restart; a box that updates itself first takes minutes
OPEN = ('waiting', 'checking', 'restarting')


class IotMove(models.Model):
    """A box that is told the new address of this database, and whether it has arrived there.

    A box uses a new address for what it posts at once, unchecked, but keeps its websocket (contract
    section 4.3). So an answer to a question asked after that proves the address, and a box that
    does not answer is told the former one again. Only then it restarts, to move its websocket.

    Of the moves of one batch a single box goes first.
    """

    _name = 'iot.move'
    _description = "Move of an IoT Box"
    _order = 'id desc'
    _rec_name = 'box_id'
    _allow_sudo_commands = False

    box_id = fields.Many2one(
        'iot.box', "IoT Box", required=True, readonly=True, ondelete='cascade', index=True
    )
    company_id = fields.Many2one(related='box_id.company_id', store=True, index=True)
    batch = fields.Char(required=True, readonly=True)
    former_url = fields.Char("From", required=True, readonly=True)
    server_url = fields.Char("To", required=True, readonly=True)
    state = fields.Selection(
        [
            ('waiting', "Waiting"),
            ('checking', "Trying the new address"),
            ('restarting', "Restarting"),
            ('done', "Moved"),
            ('restored', "Put back"),
            ('lost', "Not back yet"),
            ('cancelled', "Not moved"),
        ],
        required=True,
        readonly=True,
        default='waiting',
    )
    explanation = fields.Char(compute='_compute_explanation')
    request_id = fields.Many2one('iot.request', readonly=True, index='btree_not_null')
    deadline = fields.Datetime(readonly=True)

    _one_open_per_box = models.UniqueIndex(
        "(box_id) WHERE state IN ('waiting', 'checking', 'restarting')",
        "An IoT box moves to one address at a time.",
    )

    @api.depends('state', 'box_id.is_online')
    def _compute_explanation(self):
        texts = {
            'checking': self.env._("The box was told the new address and has to answer from it."),
            'restarting': self.env._("The box has answered from the new address."),
            'done': self.env._("The box listens at the new address."),
            'restored': self.env._(
                "The box did not reach this database at the new address, so it was told the former "
                "one again."
            ),
            'lost': self.env._(
                "The box has answered from the new address, but not come back from its restart. "
                "Switch it off and on again."
            ),
            'cancelled': self.env._("The first box did not get to the new address."),
        }
        for move in self:
            if move.state != 'waiting':
                move.explanation = texts[move.state]
            elif move.box_id.is_online:
                move.explanation = self.env._("Another box goes first.")
            else:
                move.explanation = self.env._("The box is offline. It moves when it is back.")

    # === BUSINESS METHODS === #

    @api.model
    def _start(self, boxes, server_url):
        """Move boxes to another address of this database, as far as it leads here.

        :param iot.box boxes: as superuser; callers have checked the rights
        :param str server_url: ``scheme://host[:port]``
        :raise ConcurrencyError: when somebody else moves them at this moment
        """
        self.search([('box_id', 'in', boxes.ids), ('state', 'in', OPEN)])._give_up()
        batch = secrets.token_hex(8)
        values = [
            {
                'box_id': box.id,
                'batch': batch,
                'former_url': box.server_url,
                'server_url': server_url,
            }
            for box in boxes
        ]
        try:
            moves = self.create(values)
        except UniqueViolation as error:
            raise ConcurrencyError("These IoT boxes are being moved.") from error
        moves._let_go()

    def _give_up(self):
        """Leave boxes where they are, or put them back, as another address is wanted by now."""
        self.filtered(lambda move: move.state == 'checking')._restore()
        self.filtered(lambda move: move.state in OPEN).state = 'cancelled'
        self.flush_recordset()  # before the unique index sees the next ones

    def _let_go(self):
        """Let those boxes go whose turn it is."""
        for batch in set(self.mapped('batch')):
            moves = self.search([('batch', '=', batch)], order='id')
            # once one has arrived, each goes by itself
            if not moves.filtered(lambda move: move.state == 'done') - self:
                moves[:1]._touch()
            states = set(moves.mapped('state'))
            waiting = moves.filtered(lambda move: move.state == 'waiting')
            here = waiting.filtered(lambda move: move.box_id.is_online)
            if 'done' in states:
                for move in here:
                    move._go()
            elif states & {'restored', 'lost'}:
                waiting.state = 'cancelled'
            elif not states & {'checking', 'restarting'}:
                here[:1]._go()
        self.box_id._notify_changed()

    def _touch(self):
        """Let whoever decides on the same batch at this moment fail, and look again.

        Of two boxes that come at once both would be the first, or each would wait for the other.

        :raise ConcurrencyError: when somebody else is deciding
        """
        self.flush_recordset()
        try:
            self.lock_for_update()
        except LockError as error:
            raise ConcurrencyError("Another IoT box of this move is on its way.") from error
        self.env.cr.execute(SQL("UPDATE iot_move SET id = id WHERE id = %s", self.id))

    def _go(self):
        for move in self:
            box = move.box_id
            box._lock_requests()
            box._send_message('server_update', server_url=move.server_url)
            move.state = 'checking'
            # sudo - iot.box: whoever is at work here, an administrator has started the move
            asked = box.with_user(move.create_uid).sudo()._send_command('test_connection')
            move.request_id = asked
            if asked.state not in OUTSTANDING:  # refused before anybody knew whose question it was
                move._on_answered(asked.state == 'done')

    def _on_answered(self, is_answered):
        """Go on after the box was asked for an answer from the new address."""
        for move in self:
            box = move.box_id
            if is_answered:
                box.server_url = move.server_url
                move.state = 'restarting'
                move.deadline = fields.Datetime.now() + RETURN_TIME
                # sudo - iot.box: as above
                box.with_user(move.create_uid).sudo()._send_command('restart_odoo')
                move._schedule_end()
            elif box.is_online and box.websocket_key == move.request_id.websocket_key:
                move._restore()
            else:
                move.state = 'waiting'  # it is told and asked again when it is back
        self._let_go()

    def _restore(self):
        for move in self:
            move.box_id._lock_requests()
            move.box_id._send_message('server_update', server_url=move.former_url)
            move.state = 'restored'

    def _on_opened(self):
        """Go on with boxes that have opened a websocket."""
        self.filtered(lambda move: move.state in ('restarting', 'lost')).state = 'done'
        self._let_go()

    def _schedule_end(self):
        cron = self.env.ref('iot.ir_cron_expire_requests', raise_if_not_found=False)
        if cron:
            # sudo - ir.cron: a job of this addon
            cron.sudo()._trigger(self.deadline)

    @api.model
    def _expire(self):
        overdue = self.search(
            Domain('state', '=', 'restarting') & Domain('deadline', '<=', fields.Datetime.now())
        )
        overdue.state = 'lost'
        overdue._let_go()
