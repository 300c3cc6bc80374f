import uuid

from odoo import models
from odoo.exceptions import UserError

from ..exceptions import MalformedAction
from ..tools.device_action import DeviceAction


class IotDevice(models.Model):
    """Doing something with a device."""

    _inherit = 'iot.device'

    def _send_action(self, action, **arguments):
        """Make the device do something, once.

        :param str action: name, see `tools.device_action`
        :param arguments: of the action
        :return: the request; its `_on_ended` tells the outcome
        :rtype: iot.request
        :raise MalformedAction: when such a device does no such thing; nothing was sent
        """
        self.ensure_one()
        return self._start_action(DeviceAction.parse(self.type, action, arguments))

    def request_action(self, action, arguments=None, uid=None, is_direct=False):
        """Make the device do something, once, on behalf of a browser.

        The same call with the same `uid` is the same request: nothing happens twice.

        :param str action: name, see `tools.device_action`
        :param dict arguments: of the action
        :param str uid: version 4 UUID that the browser has chosen
        :param bool is_direct: the browser is trying to reach the box itself, with this `uid`. If
            the answer is `queued`, the printer has another job: it leaves this to the server, see
            `iot.request.take_over_direct`
        :return: ``uid``, ``state``, ``reason``, ``message``, ``result``, ``expires_at`` (UTC,
            seconds), ``box`` (``identifier``, ``ip``, ``homepage_url``, ``is_online``)
        :rtype: dict
        :raise AccessError: for those who may not see the device, or may not change settings
        :raise UserError: when such a device does no such thing; nothing was sent
        """
        self.ensure_one()
        # sudo - iot.device: only read, and checked next; else the check reads all fields
        self.sudo().fetch(['type', 'identifier', 'box_id', 'company_id'])
        self.check_access('read')
        try:
            checked = DeviceAction.parse(self.type, action, {} if arguments is None else arguments)
        except MalformedAction as error:
            raise self.env['iot.request']._malformed(error) from error
        if checked.is_setting:
            self.check_access('write')
        values = {'state': 'direct'} if is_direct else {}
        if uid is not None or is_direct:
            if known := self._find_same_request(uid, checked):
                return known._describe()
            values['uid'] = uid
        return self._start_action(checked, **values)._describe()

    def _find_same_request(self, uid, action):
        """Return the request that was made by this very call before.

        :raise UserError: when the id is none, or belongs to something else
        """
        # sudo - iot.request: ids are compared, whoever used them
        requests_sudo = self.env['iot.request'].sudo()
        is_valid = _is_uuid4(uid)
        known_sudo = requests_sudo.search([('uid', '=', uid)]) if is_valid else requests_sudo
        is_same = (
            known_sudo.user_id == self.env.user
            and known_sudo.device_id == self
            and known_sudo.action == action.name
        )
        if not is_valid or (known_sudo and not is_same):
            raise UserError(self.env._("A request to an IoT box needs an id of its own."))
        return known_sudo

    def _start_action(self, action, **values):
        return self.env['iot.request']._start(
            self.box_id,
            'iot_action',
            action.wire(),
            lifetime=action.lifetime,
            device_id=self.id,
            action=action.name,
            # a printer names the last one who asked, whichever job it speaks of
            queue=action.is_print and f'device {self.id}',
            **values,
        )


def _is_uuid4(value):
    try:
        parsed = uuid.UUID(value)
    except (AttributeError, TypeError, ValueError):
        return False
    return parsed.version == 4 and str(parsed) == value
