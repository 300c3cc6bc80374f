from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.box_status import NO_PUSH, OFFLINE, ONLINE, Signs
from .websocket_heart import heart

SIGN_FIELDS = (
    'websocket_opened_at',
    'websocket_closed_at',
    'websocket_is_renewing',
    'websocket_server',
    'online_since',
    'contact_at',
)


class IotBox(models.Model):
    """Whether a box is there, judged by its signs of life each time somebody asks.

    It is online while it holds a websocket in a server process that lives. What time alone changes
    reaches the screens by `iot_box_watch`.
    """

    _inherit = 'iot.box'

    websocket_opened_at = fields.Datetime(readonly=True, copy=False)
    websocket_closed_at = fields.Datetime(readonly=True, copy=False)
    websocket_is_renewing = fields.Boolean(
        readonly=True, copy=False, help="The server ended the last websocket because of its age."
    )
    websocket_key = fields.Char(groups=fields.NO_ACCESS, copy=False)
    websocket_server = fields.Char(
        groups=fields.NO_ACCESS, copy=False, help="Key of the server process that holds it."
    )
    online_since = fields.Datetime(readonly=True, copy=False)
    contact_at = fields.Datetime("Last Announcement", readonly=True, copy=False)

    # compute_sudo: the keys are read by no user, the verdict is for all
    status = fields.Selection(
        '_selection_status', compute='_compute_status', search='_search_status', compute_sudo=True
    )
    status_since = fields.Datetime("Since", compute='_compute_status', compute_sudo=True)
    last_seen = fields.Datetime(compute='_compute_status', compute_sudo=True)
    is_online = fields.Boolean(
        "Online",
        compute='_compute_status',
        search='_search_is_online',
        compute_sudo=True,
        help="A message to the box arrives at once.",
    )
    noted_status = fields.Selection(
        '_selection_status', readonly=True, copy=False, help="What the screens were told last."
    )

    @api.model
    def _selection_status(self):
        return [
            (ONLINE, self.env._("Online")),
            (NO_PUSH, self.env._("Reachable, no push")),
            (OFFLINE, self.env._("Offline")),
        ]

    @api.depends(*SIGN_FIELDS)
    def _compute_status(self):
        now = fields.Datetime.now()
        for box, signs in self._get_signs().items():
            box.status, box.status_since = signs.status(now)
            box.is_online = signs.is_online(now)
            box.last_seen = signs.seen_at

    def _search_status(self, operator, value):
        return self._search_computed('status', operator, value)

    def _search_is_online(self, operator, value):
        return self._search_computed('is_online', operator, value)

    def _search_computed(self, name, operator, value):
        """Search by the one rule that there is, in Python: a database has few boxes.

        :param str name: of the field
        """
        if operator != 'in':
            return NotImplemented
        boxes = self.search(Domain.TRUE)
        return Domain('id', 'in', boxes.filtered(lambda box: box[name] in value).ids)

    def _get_signs(self):
        """Return the signs of life of each of these boxes; for superuser only.

        :rtype: dict[iot.box, Signs]
        """
        signs_of_servers = self.env['iot.websocket.server']._get_signs(
            {box.websocket_server for box in self if box.websocket_server}
        )
        signs = {}
        for box in self:
            served_at, is_served = signs_of_servers.get(box.websocket_server, (None, False))
            signs[box] = Signs(
                opened_at=box.websocket_opened_at or None,
                served_at=served_at,
                is_served=is_served,
                closed_at=box.websocket_closed_at or None,
                is_renewing=box.websocket_is_renewing,
                online_since=box.online_since or None,
                contact_at=box.contact_at or None,
            )
        return signs

    @api.model
    def _find_websockets(self, server):
        """Return which boxes are said to have a websocket in a server process, and its key.

        :param str server: key of the process
        :rtype: list[tuple[iot.box, str]]
        """
        # not by `search_fetch`: this is asked all the time, and there may be thousands of boxes
        rows = self.env.execute_query(
            SQL("SELECT id, websocket_key FROM iot_box WHERE websocket_server = %s", server)
        )
        return [(self.browse(box_id), key) for box_id, key in sorted(rows)]

    def _websocket_opened(self, key):
        """Note that a box listens, on a websocket of this process.

        :param str key: unique to the websocket
        """
        now = fields.Datetime.now()
        self.write(
            {
                'websocket_opened_at': now,
                'websocket_is_renewing': False,
                'websocket_key': key,
                'websocket_server': heart.key,
                'online_since': self._get_signs()[self].online_since_if_opened(now),
                'noted_status': ONLINE,
            }
        )
        self._notify_changed()

    def _websocket_closed(self, key, is_renewing=False):
        """Note that a box listens no more, unless it does on a newer websocket.

        :param bool is_renewing: whether the server has ended it because of its age; then nobody is
            told, as the box opens another one at once
        """
        closed = self.exists().filtered(lambda box: box.websocket_key == key)
        if not closed:
            return
        closed.write(
            {
                'websocket_opened_at': False,
                'websocket_closed_at': fields.Datetime.now(),
                'websocket_is_renewing': is_renewing,
                'websocket_key': False,
                'websocket_server': False,
            }
        )
        if not is_renewing:
            closed.noted_status = OFFLINE
            closed._notify_changed()
