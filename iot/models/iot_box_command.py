from odoo import models


class IotBox(models.Model):
    """What people ask of a box on its form.

    They stand before the screen: what cannot be sent at once is not sent, rather than restart a box
    that has just come back.
    """

    _inherit = 'iot.box'

    def request_connection_test(self):
        """Let the box measure its way to its router and to the Internet.

        :return: as `iot.device.request_action`; the result has ``lan_quality`` and ``wan_quality``,
            each ``fast``, ``normal``, ``slow``, ``unreachable`` or None
        :rtype: dict
        :raise AccessError: for those who may not see the box
        """
        self.check_access('read')
        return self._ask_now('test_connection')._describe()

    def request_restart(self):
        """Let the box restart its software.

        :return: as `iot.device.request_action`; it is done when the box has confirmed
        :rtype: dict
        :raise AccessError: for those who may not change the box
        """
        self.check_access('write')
        return self._ask_now('restart_odoo')._describe()

    def request_drivers_update(self):
        """Let the box restart and take the drivers of this database.

        A box of Odoo 19.0 hears no command to take drivers; it asks for them when it starts.

        :return: as `request_restart`
        :rtype: dict
        :raise AccessError: for those who may not change the box
        """
        self.check_access('write')
        request = self._ask_now('restart_odoo')
        if request.state == 'sent':
            # sudo - iot.box: a note for the box that no user reads
            self.sudo()._request_drivers()
        return request._describe()

    def _ask_now(self, message_type, **payload):
        # sudo - iot.request: nobody writes requests by hand; callers have checked the rights
        request_sudo = self._send_command(message_type, **payload).sudo()
        if request_sudo.state == 'queued':
            request_sudo._end('expired', reason=request_sudo.reason)
        return request_sudo.sudo(False)
