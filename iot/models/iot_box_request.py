from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .. import const

# Commands to the box itself that it answers (contract section 4.3), one at a time each.
ANSWERED_COMMANDS = frozenset({'test_connection', 'restart_odoo', 'remote_debug', 'webrtc_offer'})


class IotBox(models.Model):
    """Commands to a box, and what its coming and going means for them."""

    _inherit = 'iot.box'

    def _send_command(self, message_type, **payload):
        """Ask the box itself for something.

        :param str message_type: one of `ANSWERED_COMMANDS`
        :param payload: checked values, see contract section 4.3
        :rtype: iot.request
        """
        self.ensure_one()
        if message_type not in ANSWERED_COMMANDS:
            raise ValueError(f"{message_type} is no command that a box answers.")
        return self.env['iot.request']._start(
            self,
            message_type,
            payload,
            lifetime=const.REQUEST_LIFETIME,
            # the answers of some have nothing that tells two of them apart
            queue=f'box {self.id} {message_type}',
        )

    def _get_command_refusal(self):
        """Hook: return the reason code for which no command may go to this box now, or False."""
        return False

    def _lock_requests(self):
        """Let nobody else send to these boxes, nor them open or lose a websocket, until the end of
        the transaction.

        What is being read stays true: if a box has changed since the transaction began, it fails
        here and is tried again.
        """
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM iot_box WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", self._ids)
        )

    def _websocket_opened(self, key):
        """Override to send what waits for the box."""
        self._lock_requests()
        result = super()._websocket_opened(key)
        # sudo - iot.request: the box has come; what users asked of it goes to it
        requests_sudo = self.env['iot.request'].sudo()
        of_box = Domain('box_id', 'in', self.ids)
        requests_sudo._expire_overdue(of_box)
        self._shorten_lost_requests()
        requests_sudo.search(of_box & Domain('state', '=', 'queued'))._send()
        return result

    def _websocket_closed(self, key, is_renewing=False):
        """Override to await no answers for long that will not come any more."""
        result = super()._websocket_closed(key, is_renewing=is_renewing)
        self.exists()._shorten_lost_requests()
        return result

    @api.model
    def _watch(self, now):
        """Override to send what waits for boxes that are online again, as a server process of which
        nothing was heard is back: they have opened no other websocket."""
        result = super()._watch(now)
        waiting = Domain('state', '=', 'queued') & Domain('reason', '=', 'offline')
        requests = self.env['iot.request'].search(waiting & Domain('expires_at', '>', now))
        requests.filtered('box_id.is_online')._send()
        return result

    def _shorten_lost_requests(self):
        """Bring the end of requests closer that went to a websocket which is gone."""
        limit = fields.Datetime.now() + const.LOST_WEBSOCKET_GRACE
        # sudo - iot.request: see above
        requests_sudo = self.env['iot.request'].sudo()
        lost_sudo = requests_sudo.search(
            [('box_id', 'in', self.ids), ('state', '=', 'sent'), ('expires_at', '>', limit)]
        ).filtered(lambda request: request.websocket_key != request.box_id.websocket_key)
        lost_sudo.expires_at = limit
        for request_sudo in lost_sudo:
            request_sudo._schedule_expiry()
