from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .. import const
from .failures import contained


class IotBox(models.Model):
    """Who is told before the certificate of a box ends: its responsible, or the administrators.

    Boxes renew theirs long before. Once told, people are told again of one that ends clearly later,
    which is a day after the last time at the earliest.
    """

    _inherit = 'iot.box'

    certificate_alerted_at = fields.Datetime(
        readonly=True, copy=False, help="When people were told that the certificate ends soon."
    )

    def _watch(self, now):
        """Override of `iot` to look at certificates, too."""
        watched = super()._watch(now)
        ending = self.search(
            Domain('certificate_end_date', '<=', now + const.CERTIFICATE_ALERT)
            & Domain('is_foreign', '=', False)
        )
        # one that is away could not show another one
        due = ending.filtered(lambda box: box.is_online and not box._is_certificate_alerted())
        due.certificate_alerted_at = now
        by_user = {}
        for box in due:
            for user in box._get_certificate_keepers():
                by_user[user] = by_user.get(user, box) | box
        for user, boxes in by_user.items():
            with contained(self.env.cr, "User %s was not told of certificates", user.login):
                boxes.with_context(lang=user.lang, tz=user.tz)._alert_certificates(user)
        return watched

    def _is_certificate_alerted(self):
        """Tell whether people were told of this certificate, or of one that ends little earlier."""
        alerted_at = self.certificate_alerted_at
        known_end = const.CERTIFICATE_ALERT + const.CERTIFICATE_ALERT_PAUSE
        return bool(alerted_at) and self.certificate_end_date < alerted_at + known_end

    def _note_renewed(self):
        """Hook: the box has told of another certificate, which does not end soon."""

    def _get_certificate_keepers(self):
        """Return whom to tell of the certificate of this box.

        :rtype: res.users
        """
        if self.responsible_id.active:
            return self.responsible_id
        managers = self.env.ref('iot.group_iot_manager').all_user_ids
        return managers.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )

    def _alert_certificates(self, user):
        subject = (
            self.env._("The HTTPS certificate of IoT box %s ends soon", self.name)
            if len(self) == 1
            else self.env._("The HTTPS certificates of %s IoT boxes end soon", len(self))
        )
        lines = [
            self.env._(
                "%(name)s, on %(date)s",
                name=box.name,
                date=format_date(self.env, box.certificate_end_date),
            )
            for box in self
        ]
        self._tell(
            user,
            subject,
            lines,
            lambda boxes: self.env._(
                "Then browsers refuse to open these boxes, and pages cannot use their devices:\n\n"
                "%(boxes)s\n\n"
                "The form of each box tells why it got no other certificate. You are told once.",
                boxes=boxes,
            ),
        )
