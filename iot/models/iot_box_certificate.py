from odoo import api, fields, models
from odoo.tools import format_date

from .. import const
from ..tools.box_address import announced_address, https_host
from ..tools.certificate_status import EXPIRED, EXPIRING, NONE, VALID, certificate_state


class IotBox(models.Model):
    """The HTTPS certificate that a box says it has.

    The post is anonymous (contract section 3.4), so it is shown and decides nothing.
    """

    _inherit = 'iot.box'

    certificate_end_date = fields.Datetime("SSL Certificate End Date", readonly=True, copy=False)
    certificate_told_at = fields.Datetime("Certificate Seen on", readonly=True, copy=False)
    certificate_state = fields.Selection(
        '_selection_certificate_state',
        "HTTPS Certificate",
        compute='_compute_certificate_state',
        search='_search_certificate_state',
    )
    certified_address = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="IP address that a certificate from here names, which the box says it has.",
    )
    https_host = fields.Char(compute='_compute_https_host')
    certificate_days_left = fields.Integer(compute='_compute_certificate_state')
    certificate_term = fields.Char(compute='_compute_certificate_term')

    @api.model
    def _selection_certificate_state(self):
        return [
            (NONE, self.env._("None")),
            (VALID, self.env._("Valid")),
            (EXPIRING, self.env._("Expiring")),
            (EXPIRED, self.env._("Expired")),
        ]

    @api.depends('certificate_end_date')
    def _compute_certificate_state(self):
        now = fields.Datetime.now()
        for box in self:
            end_date = box.certificate_end_date
            box.certificate_state = certificate_state(end_date, now)
            box.certificate_days_left = max((end_date - now).days, 0) if end_date else 0

    @api.depends('certificate_end_date')
    @api.depends_context('lang', 'tz')
    def _compute_certificate_term(self):
        for box in self:
            day = format_date(self.env, box.certificate_end_date, date_format='medium')
            if box.certificate_state in (VALID, EXPIRING):
                days = box.certificate_days_left
                box.certificate_term = self.env._(
                    "until %(date)s, %(days)s days left", date=day, days=days
                )
            else:
                box.certificate_term = day and self.env._("until %(date)s", date=day)

    @api.depends('ip', 'certified_address', 'certificate_end_date')
    def _compute_https_host(self):
        for box in self:
            box.https_host = https_host(box.ip, box._get_certified_address())

    def _get_certified_address(self):
        """Return the IP address that a valid certificate from here names, or nothing."""
        is_valid = self.certificate_state in (VALID, EXPIRING)
        # sudo - iot.box: links to the box tell as much
        return is_valid and self.sudo().certified_address

    def _search_certificate_state(self, operator, value):
        return self._search_computed('certificate_state', operator, value)

    @api.model
    def _receive_certificate_status(self, status, *, source):
        """Note the end date that a box tells; what nobody knows is dropped.

        A box that is set up for the first time tells it before it is known, and again at its next
        start or midnight (contract section 1.2).

        :param tools.certificate_status.CertificateStatus status: checked
        :param str source: network address that the post came from
        """
        box_sudo = self._identify(status.box, source=source)
        if not box_sudo:
            return
        now = fields.Datetime.now()
        certificate_sudo = box_sudo.env['iot.certificate'].search(
            [('box_id', '=', box_sudo.id), ('not_after', '=', status.end_date)], limit=1
        )
        address = announced_address(box_sudo.ip)
        told = {
            'certified_address': address in certificate_sudo._get_names() and address,
            'certificate_end_date': status.end_date,
            # boxes tell of certificates only that are valid by their own clock
            'is_clock_behind': certificate_state(status.end_date, now) == EXPIRED,
        }
        news = {name: value for name, value in told.items() if box_sudo[name] != value}
        told_at = box_sudo.certificate_told_at
        if news or not told_at or now - told_at >= const.CONTACT_PRECISION:
            box_sudo.write({**news, 'certificate_told_at': now})
        if not news:
            return
        if status.end_date - now > const.CERTIFICATE_ALERT:
            box_sudo._note_renewed()
        box_sudo._notify_changed()
