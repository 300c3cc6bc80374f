from odoo import models

from odoo.addons.bus.websocket import wsrequest

from .ir_websocket import is_secret


class IrWebsocket(models.AbstractModel):
    """Let a deleted box listen to its tombstone."""

    _inherit = 'ir.websocket'

    def _build_bus_channel_list(self, channels):
        """Override of `bus`: the channel of a void token leads to its tombstone, if it has one."""
        secrets = [channel for channel in channels if is_secret(channel)]
        if secrets:
            # sudo - iot.tombstone: an anonymous box shows that it knows the secret of its channel
            tombstones_sudo = self.env['iot.tombstone'].sudo()._find_by_channels(secrets)
            claimed = self.env.context.get('iot_box_identifier')
            channels += tombstones_sudo.filtered(
                lambda tombstone: claimed is None or claimed == tombstone.identifier
            )
        return super()._build_bus_channel_list(channels)

    def _prepare_subscribe_data(self, channels, last):
        """Override of `bus` to note that a deleted box listens; it hears nothing of the past."""
        data = super()._prepare_subscribe_data(channels, last)
        tombstones = [channel for channel in data['channels'] if _is_tombstone(channel)]
        if wsrequest and tombstones:
            for tombstone_sudo in tombstones:
                tombstone_sudo._heard()
            self.env.flush_all()  # as for boxes: what was said so far has numbers up to this one
            data['last'] = self._get_newest_bus_number()
        return data


def _is_tombstone(channel):
    return isinstance(channel, models.BaseModel) and channel._name == 'iot.tombstone'
