from operator import attrgetter

from odoo import api, fields, models
from odoo.tools import SQL

from .. import const
from ..tools.connection_token import digest, matches

_WIRE = attrgetter('identifier', 'name', 'type', 'manufacturer', 'connection', 'subtype')


class IotBox(models.Model):
    """Setups that tell nothing new.

    When the power is back, all boxes may post theirs at once: each is answered by one query, and
    one that notes the time if a minute has passed. It finds the box only if everything is as it was
    told before; all else takes the long way.
    """

    _inherit = 'iot.box'

    @api.model
    def _set_up(self, payload, *, source):
        """Override to answer repetitions at once."""
        return self._repeat_set_up(payload, source=source) or super()._set_up(
            payload, source=source
        )

    @api.model
    def _repeat_set_up(self, payload, *, source):
        """Return the channel of a box that repeats its last setup.

        :param tools.setup_payload.SetupPayload payload: checked wire values
        :param str source: network address of the box
        :return: None when there is something new, or to refuse
        :rtype: str | None
        """
        for model in ('iot.box', 'iot.token', 'iot.device'):
            self.env[model].flush_model()
        # The token is found by the hash of a long random text: the time of that betrays nothing.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT box.id,
                       box.contact_at,
                       token.channel_hash,
                       (SELECT json_agg(json_build_array(
                                   identifier, announced_name, type, coalesce(manufacturer, ''),
                                   connection, coalesce(announced_subtype, '')))
                          FROM iot_device
                         WHERE box_id = box.id AND announced_connected)
                  FROM iot_box box
                  JOIN iot_token token ON token.box_id = box.id
                 WHERE box.identifier = %(identifier)s
                   AND token.token_hash = %(token_hash)s
                   AND token.used_at IS NOT NULL
                   AND token.revoked_at IS NULL
                   AND coalesce(box.mac, '') = %(mac)s
                   AND coalesce(box.ip, '') = %(ip)s
                   AND coalesce(box.version, '') = %(version)s
                   AND box.setup_source = %(source)s
                """,
                identifier=payload.identifier,
                token_hash=digest(payload.token),
                mac=payload.mac,
                ip=payload.ip,
                version=payload.version,
                source=source,
            )
        )
        if not rows:
            return None
        [[box_id, contact_at, channel_hash, devices]] = rows
        channel = self.env['iot.token']._derive_channel(payload.token)
        is_same = {tuple(device) for device in devices or ()} == set(map(_WIRE, payload.devices))
        if not is_same or not matches(channel, channel_hash):
            return None
        now = fields.Datetime.now()
        if not contact_at or now - contact_at >= const.CONTACT_PRECISION:
            # sudo - iot.box: the token that was presented is that of the box
            self.sudo().browse(box_id).contact_at = now
        return channel
