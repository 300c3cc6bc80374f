import uuid

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.bus.websocket import Websocket, wsrequest

from ..tools.connection_token import CHANNEL_PREFIX
from .websocket_heart import heart


class IrWebsocket(models.AbstractModel):
    """Let a box listen to its own record, and nobody to anything by guessing.

    Anybody may subscribe to any text (contract section 11.1). A text that looks like the channel of
    a box is therefore exchanged for the record that it is the secret of, or dropped.
    """

    _inherit = 'ir.websocket'

    def _subscribe(self, og_data):
        """Override of `bus` to understand both dialects of boxes.

        A 19.0 box names its channel; a newer one names none but presents its token (contract
        section 15), which leads to the same channel name.
        """
        if isinstance(og_data, dict):
            self = self.with_context(iot_box_identifier=og_data.get('identifier'))
            if isinstance(token := og_data.get('iot_token'), str) and token.isascii():
                channel = self.env['iot.token']._derive_channel(token)
                og_data = {'last': 0, **og_data, 'channels': [channel]}
        return super()._subscribe(og_data)

    def _build_bus_channel_list(self, channels):
        """Override of `bus` to exchange channel secrets for boxes.

        Other addons (`mail`) may have added records to the texts that the client sent.
        """
        secrets = [channel for channel in channels if is_secret(channel)]
        if secrets:
            channels = [channel for channel in channels if not is_secret(channel)]
            # sudo - iot.token: an anonymous box shows that it knows the secret of its channel
            tokens_sudo = self.env['iot.token'].sudo()
            claimed = self.env.context.get('iot_box_identifier')
            channels += tokens_sudo._find_boxes_by_channel(secrets).filtered(
                lambda box: claimed is None or claimed == box.identifier
            )
        return super()._build_bus_channel_list(channels)

    def _prepare_subscribe_data(self, channels, last):
        """Override of `bus` to note which box listens on the websocket, and from where on.

        A box never hears what was sent before it opened its websocket, whatever it asks for: it
        forgets what it has executed when it restarts, and then asks for all of it again.

        Not in `_after_subscribe_data`, which is made for it: the one of `mail` calls no other.
        """
        data = super()._prepare_subscribe_data(channels, last)
        boxes = [channel for channel in data['channels'] if _is_box(channel)]
        if wsrequest and boxes:
            websocket = wsrequest.ws
            websocket.iot_box_ids = [box.id for box in boxes]
            websocket.iot_key = uuid.uuid4().hex
            heart.join(self.env.cr.dbname, websocket)
            for box_sudo in boxes:
                box_sudo._websocket_opened(websocket.iot_key)
            # What was sent to these boxes so far has numbers up to this one: whoever sends locks
            # them, as did the lines above. Their next messages get theirs at the very end of a
            # transaction. To ask the table would miss what others have not committed yet.
            self.env.flush_all()
            data['last'] = self._get_newest_bus_number()
        return data

    @api.model
    def _get_newest_bus_number(self):
        [[number]] = self.env.execute_query(
            SQL("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM bus_bus_id_seq")
        )
        return number


def is_secret(channel):
    """Tell whether a text looks like the channel of a box.

    :rtype: bool
    """
    return isinstance(channel, str) and channel.startswith(CHANNEL_PREFIX)


def _is_box(channel):
    return isinstance(channel, models.BaseModel) and channel._name == 'iot.box'


@Websocket.onclose
def _note_closed_box(env, websocket):
    """Note that a box has gone. Called by `bus` for each websocket of any database."""
    box_ids = getattr(websocket, 'iot_box_ids', None)
    if box_ids and 'iot.box' in env:
        # sudo - iot.box: the anonymous websocket was let in as this box
        env['iot.box'].sudo().browse(box_ids)._websocket_closed(
            websocket.iot_key, is_renewing=websocket._timeout_manager.has_keep_alive_timed_out()
        )
