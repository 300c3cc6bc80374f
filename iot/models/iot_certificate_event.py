from odoo import api, fields, models
from odoo.fields import Domain

from .. import const
from ..exceptions import AuthorityError


class IotCertificateEvent(models.Model):
    """What became of the requests for certificates, for administrators: each with its cause."""

    _name = 'iot.certificate.event'
    _description = "Certificate Request of an IoT Box"
    _order = 'id desc'
    _rec_name = 'message'
    _allow_sudo_commands = False

    ISSUED = 'issued'

    box_id = fields.Many2one(
        'iot.box', "IoT Box", readonly=True, ondelete='cascade', index='btree_not_null'
    )
    certificate_id = fields.Many2one('iot.certificate', readonly=True, index='btree_not_null')
    code = fields.Char("Outcome", required=True, readonly=True)
    message = fields.Char("Cause", required=True, readonly=True)
    noted_at = fields.Datetime("Time", required=True, readonly=True)

    @api.model
    def _check_rate(self, box, now):
        """Make sure that a box, or the boxes that do not say who they are, may ask again.

        :raise AuthorityError: ``refused``
        """
        limit = (
            const.MAX_BOX_CERTIFICATES_PER_WEEK if box else const.MAX_DATABASE_CERTIFICATES_PER_WEEK
        )
        issued = self.search_count(
            Domain('box_id', '=', box.id)
            & Domain('code', '=', self.ISSUED)
            & Domain('noted_at', '>', now - const.WEEK)
        )
        if issued >= limit:
            raise AuthorityError(
                'refused', f"More than {limit} certificates a week are not issued to a box."
            )

    @api.model
    def _note(self, box, code, message, now):
        """Note why nothing was issued, once a day for each cause."""
        last = self.search([('box_id', '=', box.id)], limit=1)
        is_known = (last.code, last.message) == (code, message)
        if not is_known or now - last.noted_at >= const.CERTIFICATE_EVENT_PRECISION:
            self.create({'box_id': box.id, 'code': code, 'message': message, 'noted_at': now})

    @api.model
    def _note_issued(self, certificate):
        self.create(
            {
                'box_id': certificate.box_id.id,
                'certificate_id': certificate.id,
                'code': self.ISSUED,
                'message': f"Issued for {certificate.names}",
                'noted_at': fields.Datetime.now(),
            }
        )

    @api.autovacuum
    def _gc_old_events(self):
        limit = fields.Datetime.now() - const.CERTIFICATE_EVENT_RETENTION
        self.search([('noted_at', '<', limit)]).unlink()
