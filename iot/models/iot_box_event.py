from odoo import api, models

from ..exceptions import MalformedPayload
from ..tools.webrtc import parse_description


class IotBox(models.Model):
    """What boxes tell of themselves and their devices."""

    _inherit = 'iot.box'

    @api.model
    def _receive_event(self, event, *, source):
        """End the request that an event answers. All other events change nothing.

        The unguessable id of a request counts, together with the box and the device that it went
        to; not the address, as a shop may leave by several.

        :param tools.box_event.BoxEvent event: checked
        :param str source: network address that the post came from
        """
        if not event.outcome and not event.warning:
            return
        # sudo - iot.request: the caller is anonymous but knows the secret id
        requests_sudo = self.env['iot.request'].sudo()
        if event.uids:
            found_sudo = requests_sudo._find_asked(event)
        elif event.is_debug and (box_sudo := self._identify(event.box, source=source)):
            found_sudo = box_sudo._find_sent_command('remote_debug')[:1]
        else:
            return
        if found_sudo:
            found_sudo._receive(event)

    @api.model
    def _receive_webrtc_answer(self, answer, *, source):
        """End the one relayed offer of a box with its answer, which names none.

        :param tools.webrtc.WebRtcAnswer answer: checked
        :param str source: network address that the post came from
        """
        if box_sudo := self._identify(answer.box, source=source):
            for request_sudo in box_sudo._find_sent_command('webrtc_offer'):
                request_sudo._end('done', result={'answer': answer.description})

    def _find_sent_command(self, message_type):
        # there is one at most: they wait for each other
        return self.env['iot.request'].search(
            [
                ('box_id', '=', self.id),
                ('message_type', '=', message_type),
                ('state', '=', 'sent'),
            ]
        )

    def relay_webrtc_offer(self, offer):
        """Let a browser offer the box a direct connection.

        :param dict offer: ``type`` and ``sdp``
        :return: as `iot.device.request_action`; the result has the ``answer`` of the box
        :rtype: dict
        :raise AccessError: for those who may not see the box
        :raise UserError: when it is no offer
        """
        self.ensure_one()
        self.check_access('read')
        try:
            description = parse_description(offer, 'offer')
        except MalformedPayload as error:
            raise self.env['iot.request']._malformed(error) from error
        return self._send_command('webrtc_offer', offer=description)._describe()
