import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.modules.registry import Registry
from odoo.tools import format_datetime

from .. import const
from ..tools.minutes import parse_minutes
from .failures import contained

_logger = logging.getLogger(__name__)


class IotBox(models.Model):
    """Who is told of a lost box: its responsible person, once for each outage.

    A notification reaches those who have Odoo open, an email the others.
    """

    _inherit = 'iot.box'
    _check_company_auto = True

    responsible_id = fields.Many2one(
        'res.users',
        check_company=True,
        domain="[('share', '=', False)]",
        help="Gets an email and a notification when the box is not online for a while.",
    )
    is_alerted = fields.Boolean(
        readonly=True, copy=False, help="The responsible person was told of this outage."
    )

    @api.model
    def _get_alert_delay(self):
        """Return how long a box may be lost before its responsible person is told.

        :rtype: datetime.timedelta
        """
        # sudo - ir.config_parameter: a number that is no secret
        parameters_sudo = self.env['ir.config_parameter'].sudo()
        return parse_minutes(
            parameters_sudo.get_param(const.ALERT_PARAMETER),
            default=const.DEFAULT_ALERT_DELAY,
            least=const.MIN_ALERT_DELAY,
            most=const.MAX_ALERT_DELAY,
        )

    def _alert_outages(self, now):
        """Tell of those outages that have lasted long enough."""
        delay = self._get_alert_delay()
        due = self.filtered(
            lambda box: (
                box.lost_at
                and now - box.lost_at >= delay
                and box.responsible_id.active
                and not box.is_alerted
            )
        )
        due.is_alerted = True
        for user, boxes in due.grouped('responsible_id').items():
            with contained(self.env.cr, "User %s was not told of lost IoT boxes", user.login):
                boxes.with_context(lang=user.lang, tz=user.tz)._alert(user)

    def _note_back(self):
        """Override of `iot` to tell those who were told of the outage that it has ended."""
        for box in self.filtered('is_alerted'):
            user = box.responsible_id
            message = box.with_context(lang=user.lang).env._("%s is online again.", box.name)
            user._bus_send('simple_notification', {'type': 'success', 'message': message})
        self.is_alerted = False
        return super()._note_back()

    def _alert(self, user):
        subject = (
            self.env._("IoT box %s is not online", self.name)
            if len(self) == 1
            else self.env._("%s IoT boxes are not online", len(self))
        )
        self._tell(
            user,
            subject,
            [box._describe_outage() for box in self],
            lambda boxes: self.env._(
                "Nothing can be printed, weighed or shown there now:\n\n%(boxes)s\n\n"
                "Check the power and the network of each box. You are told once for each outage.",
                boxes=boxes,
            ),
        )

    def _describe_outage(self):
        return self.env._(
            "%(name)s, since %(time)s",
            name=self.name,
            time=format_datetime(self.env, self.lost_at, dt_format='short'),
        )

    def _tell(self, user, subject, lines, explain):
        """Tell somebody of these boxes, by a notification and an email.

        :param list[str] lines: one for each box
        :param explain: makes the text of the email of that of the boxes
        :type explain: collections.abc.Callable[[str], str]
        """
        user._bus_send(
            'simple_notification',
            {'type': 'warning', 'sticky': True, 'title': subject, 'message': "\n".join(lines)},
        )
        if not user.email:
            _logger.info("No email address of user %s to tell of IoT boxes", user.login)
            return
        base_url = self[:1].get_base_url()
        links = [
            f"- {line}\n  {base_url}/odoo/iot/{box.id}"
            for box, line in zip(self, lines, strict=True)
        ]
        self._email(user, subject, explain("\n".join(links)))

    def _email(self, user, subject, body):
        """Email somebody once the transaction that notes it is committed: at most once."""
        mail_server = self.env['ir.mail_server']
        message = mail_server._build_email__(
            mail_server._get_default_from_address()
            or self.company_id[:1].partner_id.email_formatted
            or user.email_formatted,
            [user.email_formatted],
            ' '.join(subject.split()),  # a line break in a name would end the header
            body,
        )
        database = self.env.cr.dbname

        @self.env.cr.postcommit.add
        def send():
            try:
                with Registry(database).cursor() as cr:
                    api.Environment(cr, SUPERUSER_ID, {})['ir.mail_server'].send_email(message)
            except Exception:  # no mail server, or it refuses: the notification was sent
                _logger.warning("No email could tell of IoT boxes", exc_info=True)
