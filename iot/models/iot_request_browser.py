from datetime import UTC

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..exceptions import MalformedPayload
from ..tools.box_event import BoxEvent

MAX_UIDS = 100


class IotRequest(models.Model):
    """What browsers do with their own requests, which they know by the id."""

    _inherit = 'iot.request'

    @api.model
    def take_over_direct(self, uid, uncertain=False):
        """Send by way of the server what the browser could not bring to the box itself.

        :param str uid: of an own request
        :param bool uncertain: the box may have got it. It is sent to the same run of the box's
            software only, which drops what it has executed already, and does not wait for a box.
        :return: as `iot.device.request_action`
        :rtype: dict
        :raise UserError: when there is no such request
        """
        request_sudo = self._find_own(uid)
        # a browser that was told to wait for its turn, and has done so
        is_left = request_sudo.state == 'queued' and request_sudo.is_tied and not uncertain
        if request_sudo.state == 'direct' or is_left:
            request_sudo.is_tied = bool(uncertain)
            request_sudo._send()
            request_sudo._schedule_expiry()
        return request_sudo._describe()

    @api.model
    def finish_direct(self, uid, outcome):
        """Note what the browser heard from the box itself.

        :param str uid: of an own request
        :param dict outcome: the event as the box tells it (contract section 3.5)
        :return: as `iot.device.request_action`
        :rtype: dict
        :raise UserError: when there is no such request, or the event is no end of it
        """
        request_sudo = self._find_own(uid)
        try:
            checked = BoxEvent.parse_outcome(outcome)
        except MalformedPayload as error:
            raise self._malformed(error) from error
        if request_sudo.state in ('direct', 'queued'):
            request_sudo._end_with(checked)
        return request_sudo._describe()

    @api.model
    def give_up(self, uid):
        """End an own request that waits; one that may have reached the device is left alone.

        :param str uid: of an own request
        :return: as `iot.device.request_action`
        :rtype: dict
        :raise UserError: when there is no such request
        """
        request_sudo = self._find_own(uid)
        request_sudo.box_id._lock_requests()  # it may be sent just now
        if request_sudo.state == 'queued':
            request_sudo._end('expired', reason=request_sudo._find_silence_reason())
        return request_sudo._describe()

    @api.model
    def read_outcome(self, uids):
        """Return how own requests stand; those that are unknown or of others are left out.

        :param list[str] uids:
        :return: as `iot.device.request_action`, for each
        :rtype: list[dict]
        """
        if not isinstance(uids, list) or len(uids) > MAX_UIDS:
            raise UserError(self.env._("Ask for at most %s requests at once.", MAX_UIDS))
        own_sudo = self._search_own(uids)
        own_sudo._expire_overdue([('box_id', 'in', own_sudo.box_id.ids)])
        return [request_sudo._describe() for request_sudo in own_sudo]

    @api.model
    def _search_own(self, uids):
        if not self.env['iot.device'].has_access('read'):  # addons let others use devices
            raise AccessError(self.env._("Only IoT users can use the devices of an IoT box."))
        # sudo - iot.request: the id, which its owner knows, cannot be read by anybody
        return self.sudo().search(
            [
                ('uid', 'in', [uid for uid in uids if isinstance(uid, str)]),
                ('user_id', '=', self.env.uid),
            ]
        )

    @api.model
    def _find_own(self, uid):
        found_sudo = self._search_own([uid])
        if not found_sudo:
            raise UserError(self.env._("There is no such request to an IoT box, or not any more."))
        found_sudo._expire_overdue([('box_id', '=', found_sudo.box_id.id)])
        return found_sudo

    @api.model
    def _malformed(self, error):
        """Return the error for a user whose browser sent something that makes no sense."""
        return UserError(
            self.env._("The IoT box cannot be asked for this: %(why)s", why=error.message)
        )

    def _describe(self):
        """Return how this request stands, for who asked."""
        # sudo - iot.request: the id is secret to others; who asked tells the box directly by it
        request_sudo = self.sudo()
        box = request_sudo.box_id
        return {
            **request_sudo._describe_end(),
            'expires_at': request_sudo.expires_at.replace(tzinfo=UTC).timestamp(),
            'box': {
                'identifier': box.identifier,
                'ip': box.ip or False,
                'https_host': box.https_host,
                'homepage_url': box.homepage_url,
                'is_online': box.is_online,
            },
        }
