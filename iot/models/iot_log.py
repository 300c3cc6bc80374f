from datetime import timedelta

from odoo import api, fields, models

from .. import const
from ..tools.box_time import zone_offset
from ..tools.box_version import is_windows


class IotLog(models.Model):
    """One record of the log of a box, as the box posts it (contract section 3.9).

    Boxes cannot be told to be silent, and anybody on the network of one can write in its name. So
    rows are only ever inserted, and few per box: the newest ones, and not too many at a time.
    """

    _name = 'iot.log'
    _description = "IoT Box Log"
    _order = 'id desc'
    _rec_name = 'message'
    _log_access = False  # `box_id` and `received_at` tell who has written it, and when

    box_id = fields.Many2one(
        'iot.box', "IoT Box", required=True, readonly=True, ondelete='cascade', index=True
    )
    company_id = fields.Many2one(related='box_id.company_id')
    received_at = fields.Datetime("Received on", required=True, readonly=True)
    logged_at = fields.Datetime("Time", readonly=True, help="By the clock of the box.")
    level = fields.Selection(
        [
            ('debug', "Debug"),
            ('info', "Info"),
            ('warning', "Warning"),
            ('error', "Error"),
            ('critical', "Critical"),
            ('gap', "Records missing"),  # see `_note_gap`
        ],
        required=True,
        readonly=True,
    )
    logger = fields.Char("Source", readonly=True)
    message = fields.Text(readonly=True)

    @api.model
    def _store(self, log, *, source):
        """Keep what a box has logged, unless it is a stranger or logs too much.

        :param tools.box_log.BoxLog log: checked wire values
        :param str source: network address that the post came from
        """
        box_sudo = self.env['iot.box']._identify(log.identifier, source=source)
        if not box_sudo or not log.records:
            return
        # sudo - iot.log: the caller is anonymous; what it may write is limited here
        log_sudo = self.sudo()
        now = fields.Datetime.now()
        if log_sudo._is_full(box_sudo, now):
            log_sudo._note_gap(box_sudo, now)
            return
        zone = log_sudo._get_zone(box_sudo, log, now)
        log_sudo.create(
            [
                {
                    'box_id': box_sudo.id,
                    'received_at': now,
                    'logged_at': record.logged_at and record.logged_at - zone,
                    'level': record.level,
                    'logger': record.logger,
                    'message': record.message,
                }
                for record in log.records
            ]
        )
        log_sudo._forget_oldest(box_sudo)

    @api.model
    def _get_zone(self, box, log, now):
        """Return by how much the times of a log are ahead of UTC.

        Odoo sets the time zone of its process to UTC, but cannot on Windows, where Python has no
        `time.tzset`. The newest record was written moments ago.
        """
        times = [record.logged_at for record in log.records if record.logged_at]
        is_local = times and is_windows(box.version)
        return zone_offset(times[-1], now) if is_local else timedelta()

    def _is_full(self, box, now):
        """Tell whether a box has sent as much as it may within the last minute."""
        earlier = self._find_nth_newest(box, const.MAX_LOG_RECORDS_PER_MINUTE)
        return bool(earlier) and earlier.received_at > now - const.LOG_RATE_WINDOW

    def _note_gap(self, box, now):
        """Tell the reader that records are missing, once."""
        if self._find_nth_newest(box, 1).level != 'gap':
            self.create({'box_id': box.id, 'received_at': now, 'level': 'gap'})

    def _forget_oldest(self, box):
        """Make room: the log of a box is a ring."""
        surplus = self._find_nth_newest(box, const.MAX_LOG_RECORDS + 1)
        if surplus:
            self.search([('box_id', '=', box.id), ('id', '<=', surplus.id)]).unlink()

    def _find_nth_newest(self, box, number):
        return self.search_fetch(
            [('box_id', '=', box.id)], ['received_at', 'level'], offset=number - 1, limit=1
        )

    def _write_out(self):
        """Return these records as a text for people, oldest first, one a line or more.

        :rtype: str
        """
        return ''.join(
            f"{fields.Datetime.to_string(record.logged_at or record.received_at)} "
            f"{record.level.upper()} {record.logger or '-'}: {record.message or ''}\n"
            for record in self.sorted('id')
        )

    @api.autovacuum
    def _gc_old_records(self):
        limit = fields.Datetime.now() - const.LOG_RETENTION
        self.search([('received_at', '<', limit)]).unlink()
