import json
import logging
import secrets

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from ..tools.private_queries import PrivateInserts
from .iot_box_presence import SIGN_FIELDS

OUTSTANDING = ('queued', 'direct', 'sent')
# what sending takes of a box, which has dozens of fields
_OF_BOX = (
    'identifier',
    'company_id',
    'database_uuid',
    'websocket_key',
    *SIGN_FIELDS,
    'ip',
    'certified_address',
    'certificate_end_date',
)
# of two equal calls at once one fails, with a receipt and an id that nobody else knows in it
logging.getLogger('odoo.sql_db').addFilter(PrivateInserts('iot_request'))


class IotRequest(models.Model):
    """One command to a box or to a device on it, and what became of it.

    It is executed at most once: it is put on the bus once, and a websocket of a box hears nothing
    from before it was opened (`ir.websocket`). So a request without an answer *may* have been
    executed; it ends as expired, which says no more than that, and is never sent again.
    """

    _name = 'iot.request'
    _description = "IoT Request"
    _order = 'id desc'
    _rec_name = 'message_type'
    _allow_sudo_commands = False

    # known to who asks and to the box only: an answer counts if it has it (contract section 14.2)
    uid = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS, copy=False)
    box_id = fields.Many2one(
        'iot.box', "IoT Box", required=True, readonly=True, index=True, ondelete='cascade'
    )
    device_id = fields.Many2one(
        'iot.device',
        readonly=True,
        index='btree_not_null',
        ondelete='cascade',
        help="Empty for a command to the box itself.",
    )
    company_id = fields.Many2one(related='box_id.company_id', store=True, index=True)
    user_id = fields.Many2one('res.users', "Requested by", required=True, readonly=True)
    message_type = fields.Char(required=True, readonly=True, help="Type of the message on the bus.")
    action = fields.Char(readonly=True)
    payload = fields.Text(
        groups=fields.NO_ACCESS, copy=False, help="JSON for the box; gone once the request ended."
    )
    # requests of one queue go one after the other
    queue = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ('queued', "Waiting"),
            ('direct', "Tried by the Browser"),
            ('sent', "Sent"),
            ('done', "Done"),
            ('failed', "Failed"),
            ('expired', "Expired"),
        ],
        required=True,
        readonly=True,
        default='queued',
    )
    reason = fields.Char(readonly=True, help="Code for programs.")
    message = fields.Char(readonly=True, help="As reported by the box.")
    result = fields.Text(readonly=True, help="JSON; what the device answered.")
    lifetime = fields.Integer(required=True, readonly=True, help="Seconds to be sent, to answer.")
    expires_at = fields.Datetime(required=True, readonly=True)
    sent_at = fields.Datetime(readonly=True)
    answered_at = fields.Datetime("Ended on", readonly=True)
    websocket_key = fields.Char(groups=fields.NO_ACCESS, copy=False)
    is_tied = fields.Boolean(
        readonly=True,
        help="The box may have it already: it goes to the websocket of then only, whose process "
        "would know it again.",
    )

    _uid_unique = models.UniqueIndex('(uid)')
    _outstanding_index = models.Index(
        "(box_id, state, id) WHERE state IN ('queued', 'direct', 'sent')"
    )
    _one_under_way_per_queue = models.UniqueIndex("(queue) WHERE state IN ('direct', 'sent')")

    @api.model
    def _start(self, box, message_type, payload, *, lifetime, **values):
        """Make a request and send it, or let it wait for the box or its turn.

        The box stays locked until the transaction ends: do this last.

        :param iot.box box: with the rights of anybody; whoever calls has checked them
        :param str message_type: see contract section 4.3
        :param dict payload: checked values only
        :param datetime.timedelta lifetime: to be sent, and then to be answered
        :param values: other fields
        :rtype: iot.request
        """
        # sudo - iot.request: nobody writes requests by hand; callers have checked the rights
        self_sudo = self.sudo()
        box_sudo = box.with_env(self_sudo.env)
        box_sudo.fetch(_OF_BOX)
        refusal = box_sudo._get_command_refusal()
        values = {
            'state': 'queued',
            'box_id': box.id,
            'company_id': box_sudo.company_id.id,  # else it is found out, and written, afterwards
            'user_id': self.env.uid,
            'message_type': message_type,
            'payload': json.dumps(payload),
            'lifetime': lifetime.total_seconds(),
            'expires_at': fields.Datetime.now() + lifetime,
            **values,
            'uid': values.get('uid') or secrets.token_hex(16),
        }
        is_direct = values['state'] == 'direct'
        if not is_direct:
            box_sudo._lock_requests()
        former = self_sudo._clear_way(box_sudo, values.get('queue'))
        if is_direct and former.state == 'queued' and not box_sudo.is_online:
            former = former.browse()  # only a browser reaches the box now
        if is_direct and (refusal or former):
            # tied until the browser says that it leaves this to the server
            values |= {'state': 'queued', 'is_tied': True}
        elif not (is_direct or refusal or former) and box_sudo.is_online:
            values |= self._prepare_sent(lifetime)
        values['websocket_key'] = box_sudo.websocket_key
        try:
            request_sudo = self_sudo.create(values)
        except UniqueViolation as error:
            raise ConcurrencyError("The device or the same request is used just now.") from error
        if refusal:
            request_sudo._end('failed', reason=refusal)
        elif is_direct and former:
            request_sudo._wait('busy', for_record=former)
        elif request_sudo.state == 'sent':
            request_sudo._put_on_bus()
        elif request_sudo.state == 'queued':
            request_sudo._send()
        request_sudo._schedule_expiry()
        return request_sudo.sudo(False)

    def _end(self, state, *, reason=False, message=False, result=None):
        """Note how this request ended, tell who asked, and let the next one go.

        :param str state: ``done``, ``failed`` or ``expired``
        :param str reason: code
        :param str message: words of the box
        :param result: what the device answered, of bounded size
        """
        self.ensure_one()
        self.box_id._lock_requests()
        self.write(
            {
                'state': state,
                'reason': reason,
                'message': message,
                'result': json.dumps(result) if result is not None else False,
                'answered_at': fields.Datetime.now(),
                'payload': False,
            }
        )
        self.user_id.fetch(['partner_id'])  # nothing else of them is of interest
        self.user_id.partner_id._bus_send('iot.request/ended', self._describe_end())
        self._on_ended()
        if self.queue:
            self.search(
                [
                    ('queue', '=', self.queue),
                    ('state', '=', 'queued'),
                    ('expires_at', '>', fields.Datetime.now()),
                ],
                order='id',
                limit=1,
            )._send()

    def _on_ended(self):
        """Hook for addons that asked for something: called once, when the end is known."""

    def _describe_end(self):
        return {
            'uid': self.uid,
            'state': self.state,
            'reason': self.reason,
            'message': self.message,
            'result': json.loads(self.result) if self.result else None,
        }

    def _expire_overdue(self, domain=Domain.TRUE):
        """End what has got no answer in time, truthfully."""
        for request in self.search(self._get_overdue_domain() & Domain(domain), order='id'):
            if request.state in OUTSTANDING:  # still: what the end of another caused comes here too
                if request.state == 'sent':
                    request._take_off_bus()
                request._end('expired', reason=request._find_silence_reason())

    @api.model
    def _get_overdue_domain(self):
        return Domain('state', 'in', OUTSTANDING) & Domain(
            'expires_at', '<=', fields.Datetime.now()
        )

    def _find_silence_reason(self):
        if self.state == 'queued' and self.is_tied:
            return 'uncertain'
        if self.state == 'queued':
            return 'expired_in_queue' if self.box_id.is_online else 'offline'
        is_lost = self.websocket_key and self.websocket_key != self.box_id.websocket_key
        return 'box_lost' if self.state == 'sent' and is_lost else 'no_answer'
