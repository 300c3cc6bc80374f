from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bus.models.bus import channel_with_db, json_dump

from .. import const
from .cron_step import run_step


class IotRequest(models.Model):
    """The end of requests that nobody looks at, and of what they leave behind."""

    _inherit = 'iot.request'

    def _schedule_expiry(self):
        """Wake the cron after this request must have ended, and its message left the bus."""
        # sudo - ir.model.data, ir.cron, ir.cron.trigger: a job of this addon
        env_sudo = self.sudo().env
        # not `ref`, which asks each time whether the job is still there
        cron_id = env_sudo['ir.model.data']._xmlid_to_res_id('iot.ir_cron_expire_requests')
        if not cron_id or self.state not in ('queued', 'direct', 'sent'):
            return
        at = self.expires_at
        # the scheduler is precise to a minute: one wake-up serves all requests of half a minute
        # plain SQL: each action asks
        is_planned = self.env.execute_query(
            SQL(
                "SELECT FROM ir_cron_trigger"
                " WHERE cron_id = %s AND call_at BETWEEN %s AND %s LIMIT 1",
                cron_id,
                at,
                at + const.REQUEST_LIFETIME,
            )
        )
        if not is_planned:
            env_sudo['ir.cron'].browse(cron_id)._trigger([at, at + const.COMMAND_BUS_LIFETIME])

    def _take_off_bus(self):
        """Delete the message of this request, should no websocket have taken it yet.

        After a failure of the database messages may lie there for most of a minute.
        """
        self.env.cr.execute(
            SQL(
                "DELETE FROM bus_bus WHERE channel = %s AND strpos(message, %s) > 0",
                json_dump(channel_with_db(self.env.cr.dbname, self.box_id)),
                self.uid,
            )
        )

    @api.model
    def _cron_expire(self):
        for step in self._get_expiry_steps():
            run_step(step, self.env)

    @api.model
    def _get_expiry_steps(self):
        """Return what is to be done now, each in a transaction of its own.

        One for each box, which gets locked: always in the same order, so that nobody waits for
        each other.

        :rtype: list[collections.abc.Callable[[], object]]
        """
        boxes = self.search(self._get_overdue_domain()).box_id.sorted('id')
        of_boxes = [partial(self._expire_overdue, [('box_id', '=', box.id)]) for box in boxes]
        return [*of_boxes, self._clear_bus]

    @api.model
    def _clear_bus(self):
        """Delete messages to boxes that were heard or never will be: documents are in them."""
        a_box = json_dump(channel_with_db(self.env.cr.dbname, self.env['iot.box'].browse(1)))
        self.env.cr.execute(
            SQL(
                "DELETE FROM bus_bus WHERE starts_with(channel, %s) AND create_date < %s",
                a_box.removesuffix('1]'),
                fields.Datetime.now() - const.COMMAND_BUS_LIFETIME,
            )
        )

    @api.autovacuum
    def _gc_old_requests(self):
        limit = fields.Datetime.now() - const.REQUEST_RETENTION
        self.search(Domain('answered_at', '<', limit)).unlink()
