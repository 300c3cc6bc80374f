from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from .. import const
from ..exceptions import AuthorityError
from .iot_eligibility import REASONS

_lt = LazyTranslate(__name__)

# What an event means. Where it says nothing of the detail, that is told as well, as it was noted.
CAUSES = {
    'issued': _lt("Issued for %s"),
    'made': _lt("Made for %s"),
    'being_made': _lt("The certificate is being made, the box asks again."),
    'foreign_address': _lt("The box asked for an address that it has not announced."),
    'too_many': _lt("The box has got as many certificates this week as a box may have."),
    'too_many_by_contract': _lt(
        "The boxes that do not say who they are have got as many certificates this week as all of "
        "them together may have."
    ),
    'not_configured': _lt("The certificate authority is not set up completely (Settings → IoT)."),
    'missing_library': _lt("This server lacks a Python library that the authority needs."),
    'unavailable': _lt("The certificate authority could not be reached."),
    'timeout': _lt("The certificate authority did not answer in time."),
    'invalid_answer': _lt("The certificate authority gave an answer that cannot be used."),
    'zone': _lt("The addresses of boxes could not be brought to the DNS zone."),
    'refused': _lt("The certificate authority refused."),
    'unexpected': _lt("Something unexpected went wrong on this server."),
}


class IotCertificateEvent(models.Model):
    """What became of the requests for certificates, for administrators: each with its cause."""

    _name = 'iot.certificate.event'
    _description = "Certificate Request of an IoT Box"
    _order = 'id desc'
    _rec_name = 'code'
    _allow_sudo_commands = False

    ISSUED, NOT_ELIGIBLE = 'issued', 'not_eligible'

    box_id = fields.Many2one(
        'iot.box', "IoT Box", readonly=True, ondelete='cascade', index='btree_not_null'
    )
    certificate_id = fields.Many2one('iot.certificate', readonly=True, index='btree_not_null')
    code = fields.Char("Outcome", required=True, readonly=True)
    detail = fields.Char(
        required=True,
        readonly=True,
        help="For not_eligible the reasons; from an authority, its own words.",
    )
    message = fields.Char("Cause", compute='_compute_message')
    noted_at = fields.Datetime("Time", required=True, readonly=True)

    @api.depends_context('lang')
    @api.depends('code', 'detail')
    def _compute_message(self):
        for event in self:
            event.message = self._explain(event.code, event.detail)

    @api.model
    def _explain(self, code, detail):
        """Say what became of a request in the language of this environment.

        :param str code: of the event, or of the error that ended the request
        :param str detail: beside it, as it was noted
        :rtype: str
        """
        if code == self.NOT_ELIGIBLE:
            known = filter(REASONS.__contains__, detail.split())
            return ' '.join(self._translate(REASONS[reason][0]) for reason in known)
        cause = self._translate(CAUSES.get(code, "%s"))
        text = cause if '%s' in cause else f'{cause} (%s)'
        return text.replace('%s', detail)

    def _translate(self, text):
        """Return a lazy text in the language of this environment, which it looks up by `self`."""
        return str(text)

    @api.model
    def _check_rate(self, box, now):
        """Make sure that a box, or the boxes that do not say who they are, may ask again.

        :raise AuthorityError: ``too_many``, ``too_many_by_contract``
        """
        limit = (
            const.MAX_BOX_CERTIFICATES_PER_WEEK if box else const.MAX_DATABASE_CERTIFICATES_PER_WEEK
        )
        issued = self.search_count(
            Domain('box_id', '=', box.id)
            & Domain('code', '=', self.ISSUED)
            & Domain('noted_at', '>', now - const.WEEK)
        )
        if issued < limit:
            return
        if box:
            raise AuthorityError(
                'too_many', f"More than {limit} certificates a week are not issued to a box."
            )
        raise AuthorityError(
            'too_many_by_contract',
            f"More than {limit} certificates a week are not issued by the contract.",
        )

    @api.model
    def _note(self, box, code, detail, now):
        """Note why nothing was issued, once a day for each cause, and not too many of a box."""
        last = self.search([('box_id', '=', box.id)], limit=1)
        is_known = (last.code, last.detail) == (code, detail)
        if is_known and now - last.noted_at < const.CERTIFICATE_EVENT_PRECISION:
            return
        if box and self._count_refusals(box, now) >= const.MAX_BOX_CERTIFICATE_REFUSALS:
            return
        self.create({'box_id': box.id, 'code': code, 'detail': detail, 'noted_at': now})

    def _count_refusals(self, box, now):
        return self.search_count(
            [
                ('box_id', '=', box.id),
                ('code', '!=', self.ISSUED),
                ('noted_at', '>', now - const.CERTIFICATE_EVENT_PRECISION),
            ]
        )

    @api.model
    def _note_issued(self, certificate):
        self.create(
            {
                'box_id': certificate.box_id.id,
                'certificate_id': certificate.id,
                'code': self.ISSUED,
                'detail': certificate.names,
                'noted_at': fields.Datetime.now(),
            }
        )

    @api.autovacuum
    def _gc_old_events(self):
        limit = fields.Datetime.now() - const.CERTIFICATE_EVENT_RETENTION
        self.search([('noted_at', '<', limit)]).unlink()
