from odoo import api, fields, models
from odoo.fields import Domain

from .. import const


class IotBox(models.Model):
    """Whether a box is there: it is online while it holds a websocket.

    The end of a websocket is noted by its server process. If that was killed, the websocket stops
    to count when it must have been renewed long ago.
    """

    _inherit = 'iot.box'

    websocket_opened_at = fields.Datetime(readonly=True, copy=False)
    websocket_key = fields.Char(groups=fields.NO_ACCESS, copy=False)
    is_online = fields.Boolean("Online", compute='_compute_is_online', search='_search_is_online')

    @api.depends('websocket_opened_at')
    def _compute_is_online(self):
        oldest = fields.Datetime.now() - const.WEBSOCKET_LIFETIME
        for box in self:
            box.is_online = bool(box.websocket_opened_at) and box.websocket_opened_at > oldest

    def _search_is_online(self, operator, value):
        if operator != 'in':
            return NotImplemented
        oldest = fields.Datetime.now() - const.WEBSOCKET_LIFETIME
        online = Domain('websocket_opened_at', '>', oldest)
        offline = Domain('websocket_opened_at', '=', False) | ~online
        return Domain.OR({True: online, False: offline}[bool(state)] for state in value)

    def _websocket_opened(self, key):
        """Note that a box listens.

        :param str key: unique to the websocket
        """
        now = fields.Datetime.now()
        self.write({'websocket_opened_at': now, 'websocket_key': key, 'last_seen': now})
        self._notify_changed()

    def _websocket_closed(self, key):
        """Note that a box listens no more, unless it does on a newer websocket."""
        closed = self.exists().filtered(lambda box: box.websocket_key == key)
        if closed:
            closed.write(
                {
                    'websocket_opened_at': False,
                    'websocket_key': False,
                    'last_seen': fields.Datetime.now(),
                }
            )
            closed._notify_changed()
