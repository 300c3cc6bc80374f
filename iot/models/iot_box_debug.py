import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.box_version import is_windows

# Of ngrok. It becomes an argument of a command on the box, so it must not look like an option.
AUTHTOKEN = re.compile(r'[A-Za-z0-9_][A-Za-z0-9_-]{15,127}')


class IotBox(models.Model):
    """Remote debugging: a tunnel of ngrok that the box opens (contract section 4.3)."""

    _inherit = 'iot.box'

    has_remote_debug = fields.Boolean(compute='_compute_has_remote_debug')

    @api.depends('version')
    def _compute_has_remote_debug(self):
        for box in self:
            # Windows boxes do not answer such a request
            box.has_remote_debug = bool(box.version) and not is_windows(box.version)

    def request_remote_debug(self, mode='check', token=''):
        """Open or close the tunnel of the box, or ask whether it is open.

        :param str mode: ``start``, ``stop`` or ``check``
        :param str token: authtoken of ngrok, to start
        :return: as `iot.device.request_action`; the result tells whether it is ``enabled``
        :rtype: dict
        :raise AccessError: for those who may not change the box, and without developer mode
        :raise UserError: for a box that cannot do this, and for what is no token
        """
        self.check_access('write')
        if not self.env.user.has_group('base.group_no_one'):
            raise AccessError(self.env._("Remote debugging is for the developer mode."))
        if not self.has_remote_debug:
            raise UserError(self.env._("IoT boxes on Windows have no remote debugging."))
        match mode:
            case 'start':
                token = token.strip() if isinstance(token, str) else ''
                if not AUTHTOKEN.fullmatch(token):
                    raise UserError(self.env._("This is no authtoken of ngrok."))
                payload = {'status': False, 'token': token}
            case 'stop':
                payload = {'status': False, 'token': ''}
            case 'check':
                payload = {'status': True}
            case _:
                raise UserError(self.env._("Remote debugging can be started, stopped or checked."))
        return self._ask_now('remote_debug', **payload)._describe()


class IotRequest(models.Model):
    _inherit = 'iot.request'

    def _on_ended(self):
        """Override to leave no token on the bus."""
        result = super()._on_ended()
        if self.message_type == 'remote_debug':
            self._take_off_bus()
        return result
