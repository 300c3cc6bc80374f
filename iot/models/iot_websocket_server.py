from odoo import api, fields, models
from odoo.tools import SQL

from .. import const
from .websocket_heart import heart


class IotWebsocketServer(models.Model):
    """A server process that holds websockets of boxes, and when it last said that it lives.

    The end of a websocket is noted by its process. One that was killed can note nothing: its boxes
    are online only as long as its last sign of life is fresh.
    """

    _name = 'iot.websocket.server'
    _description = "Server Process with IoT Websockets"

    key = fields.Char(required=True, readonly=True)
    alive_at = fields.Datetime(required=True, readonly=True)
    is_stopped = fields.Boolean(readonly=True, help="It has ended properly.")

    _key_unique = models.Constraint('unique (key)', "This process is known already.")

    @api.model
    def _beat(self, key):
        """Note that a process lives, see `websocket_heart`.

        :rtype: bool
        """
        now = fields.Datetime.now()
        server = self.search([('key', '=', key)])
        if server:
            server.write({'alive_at': now, 'is_stopped': False})
        else:
            self.create({'key': key, 'alive_at': now})
        return True

    @api.model
    def _compare(self, key, get_held):
        """Note which boxes have lost their websockets without a word: its end is told once, which
        fails when the database is away.

        :param get_held: returns the keys of the websockets that a process holds now. To be asked
            after the database, which knows no websocket before its process does.
        :type get_held: collections.abc.Callable[[], set[str]]
        :return: the keys of the websockets that boxes are said to have in that process
        :rtype: set[str]
        """
        noted = self.env['iot.box']._find_websockets(key)
        held = get_held()
        for box, websocket_key in noted:
            if websocket_key not in held:
                box._websocket_closed(websocket_key)
        return {websocket_key for _box, websocket_key in noted}

    @api.model
    def _stop(self, key):
        """Note that a process ends, and all its websockets with it."""
        self.search([('key', '=', key)]).write(
            {'alive_at': fields.Datetime.now(), 'is_stopped': True}
        )

    @api.model
    def _get_signs(self, keys):
        """Return when these processes last said that they live, and whether they still do.

        This one surely does; that it does may not be visible to this transaction yet.

        :param set[str] keys: those of processes
        :rtype: dict[str, tuple[datetime, bool]]
        """
        signs = {}
        if others := keys - {heart.key}:
            # plain SQL: asked for each action
            self.flush_model(['key', 'alive_at', 'is_stopped'])
            rows = self.env.execute_query(
                SQL(
                    "SELECT key, alive_at, NOT coalesce(is_stopped, FALSE) FROM %s WHERE key IN %s",
                    SQL.identifier(self._table),
                    tuple(others),
                )
            )
            for key, alive_at, is_served in rows:
                signs[key] = (alive_at, is_served)
        if heart.key in keys:
            signs[heart.key] = (fields.Datetime.now(), True)
        return signs

    @api.autovacuum
    def _gc_dead(self):
        """Forget processes that ended long ago, unless a box was last seen by them."""
        limit = fields.Datetime.now() - const.SERVER_RETENTION
        # sudo - iot.box: the keys of websocket servers are read by no user
        boxes_sudo = self.env['iot.box'].sudo().search([('websocket_server', '!=', False)])
        self.search(
            [('alive_at', '<', limit), ('key', 'not in', boxes_sudo.mapped('websocket_server'))]
        ).unlink()
