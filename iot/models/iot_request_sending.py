import json
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import SQL

from .. import const
from .iot_request import OUTSTANDING


class IotRequest(models.Model):
    """How a request gets onto the bus, once, or what it waits for."""

    _inherit = 'iot.request'

    def _send(self):
        """Put these waiting requests on the bus, oldest first, or say what they wait for."""
        for request in self.sorted('id'):
            box = request.box_id
            box._lock_requests()
            if refusal := box._get_command_refusal():
                request._end('failed', reason=refusal)
            elif request.is_tied and not request._is_heard_by_same_run():
                request._end('expired', reason='uncertain')
            elif not box.is_online:
                request._wait('offline', for_record=box)
            elif former := request._let_former_go():
                request._wait('busy', for_record=former)
            elif request.state in ('queued', 'direct'):  # still: it may have gone after a former
                request._note_sent()
                request._put_on_bus()

    def _is_heard_by_same_run(self):
        """Tell whether the box's software has not restarted since a browser tried this request."""
        box = self.box_id
        asked_at = fields.Datetime.subtract(self.expires_at, seconds=self.lifetime)
        return (
            box.is_online
            and box.websocket_key == self.websocket_key
            and box.websocket_opened_at <= asked_at - const.DIRECT_NOTE_DELAY
        )

    @api.model
    def _clear_way(self, box, queue):
        """End what is overdue, as that holds up nobody, and return what a new request waits for.

        :param iot.box box: to which it goes
        :param str queue: of the request, or False
        """
        in_queue = Domain('queue', '=', queue) & Domain('state', 'in', OUTSTANDING)
        if not queue or not self.search(in_queue, limit=1):
            return self.browse()  # as nearly always
        self._expire_overdue(in_queue)
        return self._find_former(box, queue)

    @api.model
    def _find_former(self, box, queue, number=None):
        """Return what has to end before a request goes: one that is under way, or else the oldest
        that came before it and still waits.

        :param iot.box box: to which it goes
        :param str queue: of the request, or False
        :param int number: of the request; None if it is a new one
        """
        if not queue:
            return self.browse()
        before = Domain('id', '<', number) if number else Domain.TRUE
        waiting = (
            before
            & Domain('state', '=', 'queued')
            & Domain('box_id', '=', box.id)
            & Domain('expires_at', '>', fields.Datetime.now())
        )
        under_way = Domain('state', 'in', ('direct', 'sent'))
        formers = self.search_fetch(
            Domain('queue', '=', queue) & Domain('id', '!=', number) & (under_way | waiting),
            ['state'],
            order='id',
        )
        return formers.sorted(lambda former: former.state == 'queued')[:1]

    def _let_former_go(self):
        """Send what came before this request and waits for nothing any more.

        :return: what is under way
        """
        while former := self._find_former(self.box_id, self.queue, self.id):
            if former.state != 'queued':
                break
            if self.state == 'direct':
                return former.browse()  # it is its turn already: the former one waits for it
            former._send()
        return former

    def _wait(self, reason, *, for_record):
        self.write({'state': 'queued', 'reason': reason})
        # Whoever changes that record right now does not see this request yet: an update, if only
        # of nothing, makes its transaction fail and look again.
        for_record.flush_recordset()
        table = SQL.identifier(for_record._table)
        self.env.cr.execute(SQL("UPDATE %s SET id = id WHERE id = %s", table, for_record.id))

    @api.model
    def _prepare_sent(self, lifetime):
        now = fields.Datetime.now()
        return {
            'state': 'sent',
            'reason': False,
            'sent_at': now,
            'expires_at': now + lifetime,
        }

    def _note_sent(self):
        self.write(
            {
                **self._prepare_sent(timedelta(seconds=self.lifetime)),
                'websocket_key': self.box_id.websocket_key,
            }
        )
        try:
            self.flush_recordset()
        except UniqueViolation as error:
            raise ConcurrencyError("Something else was sent to this device just now.") from error
        self._schedule_expiry()

    def _put_on_bus(self):
        self.box_id._send_message(
            self.message_type, **json.loads(self.payload), **self._prepare_ids()
        )

    def _prepare_ids(self):
        """Return what makes an answer recognizable, in the words of all known clients."""
        keys = ('session_id', 'action_unique_id', 'operation_id', 'print_id')
        ids = dict.fromkeys(keys, self.uid)
        if device := self.device_id:
            ids['device_identifiers'] = [device.identifier]
            ids['device_identifier'] = device.identifier
        return ids
