from datetime import timedelta

from odoo import api, fields, models

from .. import const

RIGHT, AHEAD, BEHIND = 'right', 'ahead', 'behind'


class IotBox(models.Model):
    """The clock of a box, by which it judges its certificates.

    A box tells the time when it asks for a certificate, and betrays a late clock when it takes one
    for valid that has ended.
    """

    _inherit = 'iot.box'

    is_clock_behind = fields.Boolean(
        readonly=True,
        copy=False,
        help="The box took a certificate for valid that had ended.",
    )
    clock_offset = fields.Integer(
        readonly=True, copy=False, help="Seconds by which its clock was ahead of this server's."
    )
    clock_told_at = fields.Datetime(readonly=True, copy=False)
    clock_state = fields.Selection('_selection_clock_state', "Clock", compute='_compute_clock')

    @api.model
    def _selection_clock_state(self):
        return [
            (RIGHT, self.env._("Right")),
            (AHEAD, self.env._("Ahead")),
            (BEHIND, self.env._("Behind")),
        ]

    @api.depends('is_clock_behind', 'clock_offset', 'clock_told_at')
    def _compute_clock(self):
        now = fields.Datetime.now()
        for box in self:
            is_fresh = box.clock_told_at and now - box.clock_told_at <= const.CLOCK_LIFETIME
            offset = timedelta(seconds=box.clock_offset if is_fresh else 0)
            if box.is_clock_behind or offset < -const.CLOCK_TOLERANCE:
                box.clock_state = BEHIND
            else:
                box.clock_state = AHEAD if offset > const.CLOCK_TOLERANCE else RIGHT

    def _note_clock(self, time, now):
        """Note what the box says of the time.

        :param datetime.datetime time: naive UTC; nothing if it says nothing
        :param datetime.datetime now: naive UTC
        """
        if time:
            offset = min(max(time - now, -const.MAX_CLOCK_OFFSET), const.MAX_CLOCK_OFFSET)
            self.write({'clock_offset': round(offset.total_seconds()), 'clock_told_at': now})
