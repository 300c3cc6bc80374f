from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..exceptions import UnusableBaseUrl
from ..tools.base_url import box_server_url, is_loopback


class IotBox(models.Model):
    """At which address a box reaches this database, and how it gets to another one."""

    _inherit = 'iot.box'

    server_url = fields.Char(
        "Address of this database",
        default=lambda self: self._get_server_url(),
        readonly=True,
        copy=False,
        help="As the box knows it.",
    )

    @api.model
    def _get_server_url(self):
        """Return the address that a box is to use, or False when it could not use it."""
        try:
            return box_server_url(self.get_base_url())[0]
        except UnusableBaseUrl:
            return False

    def _connect(self, token, payload, **options):
        """Override to note the address that the token has named."""
        box = super()._connect(token, payload, **options)
        box.server_url = self._get_server_url()
        return box

    @api.model
    def _get_boxes_elsewhere(self):
        """Return the boxes that use another address of this database and can use its present one.

        A box that is sent to localhost looks for the database on itself. Only one that runs beside
        the database, and so has used such an address before, finds it there.
        """
        server_url = self._get_server_url()
        boxes = self.search(
            Domain('server_url', 'not in', (server_url, False)) & Domain('is_foreign', '=', False)
            if server_url
            else Domain.FALSE
        )
        if is_loopback(server_url):
            return boxes.filtered(lambda box: is_loopback(box.server_url))
        return boxes

    @api.model
    def get_notices(self):
        """Return what happened to this database that concerns its boxes.

        :return: ``foreign_ids`` (boxes that came with a copy), ``elsewhere_count`` (boxes that use
            a former address) and ``server_url`` (the present one, or False)
        :rtype: dict
        :raise AccessError: for those who may not see boxes
        """
        return {
            'foreign_ids': self.search([('is_foreign', '=', True)]).ids,
            'elsewhere_count': len(self._get_boxes_elsewhere()),
            'server_url': self._get_server_url(),
        }

    @api.model
    def action_move_all(self):
        """Move all boxes that use a former address of this database to its present one.

        :return: an action that shows how they get on
        :raise AccessError: for anybody but IoT administrators
        :raise UserError: when no box could use the present address
        """
        self.check_access('write')
        server_url, boxes = self._get_server_url(), self._get_boxes_elsewhere()
        if not server_url or (is_loopback(server_url) and not boxes):
            raise UserError(
                self.env._(
                    "No IoT box can reach this database at %s. Correct web.base.url.",
                    self.get_base_url(),
                )
            )
        if boxes:
            boxes.check_access('write')
            # sudo - iot.move: nobody writes moves by hand; an administrator may move these boxes
            self.env['iot.move'].sudo()._start(boxes.sudo(), server_url)
        return self.env['ir.actions.actions']._for_xml_id('iot.iot_move_action')

    def _websocket_opened(self, key):
        """Override to go on with a move."""
        result = super()._websocket_opened(key)
        # sudo - iot.move: a box goes on with what an administrator has started
        moves_sudo = self.env['iot.move'].sudo()
        moves_sudo.search(
            [('box_id', 'in', self.ids), ('state', 'in', ('waiting', 'restarting', 'lost'))]
        )._on_opened()
        return result
