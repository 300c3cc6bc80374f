import logging
from datetime import timedelta

from odoo import fields, models

from .. import const

_logger = logging.getLogger(__name__)

# A machine gets another MAC address for good (a new network card), hardly to and fro in a day.
TO_AND_FRO = timedelta(days=1)


class IotBox(models.Model):
    """Two machines with one serial number, such as copies of one virtual machine.

    The database has one record for both: they take turns in describing it, and both execute what it
    is asked for. Only their MAC addresses tell them apart.
    """

    _inherit = 'iot.box'

    former_mac = fields.Char(readonly=True, copy=False)
    mac_changed_at = fields.Datetime(readonly=True, copy=False)
    twin_mac = fields.Char("MAC address of the other machine", readonly=True, copy=False)
    twin_seen_at = fields.Datetime("Other machine seen on", readonly=True, copy=False)

    def action_dismiss_twin(self):
        """Say no more of another machine, until it shows up again.

        :raise AccessError: for anybody but IoT administrators
        """
        self.check_access('write')
        # sudo - iot.box: the rights were checked; nobody writes the fields by hand
        self.sudo().write({'twin_mac': False, 'twin_seen_at': False, 'former_mac': False})
        self._notify_changed()
        return True

    def _refresh(self, payload, *, source, now):
        """Override to notice a MAC address that comes and goes."""
        if payload.mac and self.mac and payload.mac != self.mac:
            if payload.mac == self.former_mac and now - self.mac_changed_at < TO_AND_FRO:
                self._note_twin(self.mac, now=now)
            self.write({'former_mac': self.mac, 'mac_changed_at': now})
        return super()._refresh(payload, source=source, now=now)

    def _note_refused(self, refusal, payload, token, *, now):
        """Override: a former token of this box, on another machine, is none of a stranger."""
        result = super()._note_refused(refusal, payload, token, now=now)
        is_former = refusal.code == 'revoked' and token.box_id == self
        if is_former and payload.mac and self.mac and payload.mac != self.mac:
            self._note_twin(payload.mac, now=now)
        return result

    def _note_twin(self, mac, *, now):
        """Remember the MAC address of a machine that has the serial number of this box."""
        is_news = mac != self.twin_mac
        if is_news or now - self.twin_seen_at >= const.ATTEMPT_PRECISION:
            self.write({'twin_mac': mac, 'twin_seen_at': now})
        if is_news:
            _logger.warning("Two machines have the serial number %s.", self.identifier)
            self._notify_changed()
