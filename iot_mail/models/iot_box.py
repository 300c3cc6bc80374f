from odoo import fields, models

CERTIFICATE_TYPE = 'iot_mail.mail_activity_type_certificate'


class IotBox(models.Model):
    """Activities for those who are told that the certificate of a box ends.

    Activities need the followers and messages of `mail.thread`; no view shows these.
    """

    _name = 'iot.box'
    _inherit = ['iot.box', 'mail.thread', 'mail.activity.mixin']

    def _alert_certificates(self, user):
        """Override of `iot` to schedule an activity for each box, too."""
        # `iot` sends an email; that of `mail` would be a second one
        for box in self.with_context(mail_activity_quick_update=True):
            box.activity_schedule(
                CERTIFICATE_TYPE,
                fields.Datetime.context_timestamp(box, box.certificate_end_date).date(),
                self.env._("HTTPS certificate ends soon"),
                self.env._(
                    "Then browsers refuse to open this box, and pages cannot use its devices. "
                    "The form of the box tells why it got no other certificate."
                ),
                user_id=user.id,
            )
        return super()._alert_certificates(user)

    def _note_renewed(self):
        """Override of `iot` to take back the activities: there is nothing left to do."""
        self.activity_unlink([CERTIFICATE_TYPE])
        return super()._note_renewed()
