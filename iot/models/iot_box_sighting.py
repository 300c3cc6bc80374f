from odoo import fields, models
from odoo.exceptions import UserError

from ..const import MAX_URL_LENGTH


class IotBox(models.Model):
    """What a browser on the network of a box has seen of it while it was offline here.

    That is how a box is noticed that a person disconnected on its own page, or connected to
    another database: such a box tells this one nothing. It is only ever shown.
    """

    _inherit = 'iot.box'

    seen_status = fields.Selection(
        [
            ('free', "Connected to no database"),
            ('elsewhere', "Connected to another database"),
            ('here', "Connected to this database"),
        ],
        readonly=True,
        copy=False,
    )
    seen_server = fields.Char(readonly=True, copy=False, help="Address of the other database.")
    seen_at = fields.Datetime(readonly=True, copy=False)

    def note_seen(self, status, server=''):
        """Remember what a box, which is offline here, tells everybody on its network.

        :param str status: one of `seen_status`
        :param str server: address of the server that the box names
        :return: whether it was noted: a box that is online needs no witness
        :rtype: bool
        :raise AccessError: for anybody but IoT administrators, who alone search networks
        :raise UserError: when it is no such status
        """
        self.ensure_one()
        self.check_access('write')
        if status not in dict(self._fields['seen_status'].selection):
            raise UserError(self.env._("This says nothing about an IoT box."))
        if self.is_online:
            return False
        # whatever listens at the address of the box may have written it
        address = ''.join(filter(str.isprintable, str(server)[:MAX_URL_LENGTH]))
        news = {'seen_status': status, 'seen_server': status == 'elsewhere' and address}
        is_new = any(self[field] != value for field, value in news.items())
        # sudo - iot.box: the rights were checked; nobody writes the fields by hand
        self.sudo().write({**news, 'seen_at': fields.Datetime.now()})
        if is_new:
            self._notify_changed()
        return True

    def _websocket_opened(self, key):
        """Override to forget what others saw: the box speaks for itself."""
        self.filtered('seen_status').write(
            {'seen_status': False, 'seen_server': False, 'seen_at': False}
        )
        return super()._websocket_opened(key)
