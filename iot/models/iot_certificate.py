import hmac
import random

from odoo import api, fields, models

from .. import const
from ..exceptions import AuthorityError, CertificateRefused, IotError, NotEligible, SetupRefused
from ..tools.box_address import announced_address
from ..tools.certificate_names import wildcard
from ..tools.certificate_status import EXPIRED, EXPIRING, VALID, certificate_state

# of the life of a certificate, in which renewals are spread
JITTER = 0.05


class IotCertificate(models.Model):
    """A certificate that a box took from here. Its key is handed over and kept nowhere."""

    _name = 'iot.certificate'
    _description = "Certificate of an IoT Box"
    _order = 'id desc'
    _rec_name = 'names'
    _allow_sudo_commands = False

    box_id = fields.Many2one(
        'iot.box', "IoT Box", readonly=True, ondelete='cascade', index='btree_not_null'
    )
    authority = fields.Char(required=True, readonly=True)
    names = fields.Char(required=True, readonly=True)
    fingerprint = fields.Char("SHA-256 Fingerprint", required=True, readonly=True)
    serial = fields.Char("Serial Number", required=True, readonly=True)
    not_before = fields.Datetime("Valid from", required=True, readonly=True)
    not_after = fields.Datetime("Valid until", required=True, readonly=True)
    renew_at = fields.Datetime("Renewal on", required=True, readonly=True)
    state = fields.Selection(
        [(VALID, "Valid"), (EXPIRING, "Expiring"), (EXPIRED, "Expired")], compute='_compute_state'
    )

    @api.depends('not_after')
    def _compute_state(self):
        now = fields.Datetime.now()
        for certificate in self:
            certificate.state = certificate_state(certificate.not_after, now)

    def _get_names(self):
        """Return the names and addresses of this certificate, or of none.

        :rtype: list[str]
        """
        return (self.names or '').split(', ')

    @api.model
    def _issue_for_box(self, payload):
        """Issue a certificate to a box that shows its token.

        :param tools.certificate_payload.BoxCertificatePayload payload: checked
        :return: what the box gets, as in contract section 6.2 and with ``renew_at`` (UTC); or why
            it gets nothing, then only the log of certificates has changed
        :rtype: dict | IotError
        """
        # sudo - iot.*: the caller is anonymous, the token it presents decides
        self_sudo = self.sudo()
        now = fields.Datetime.now()
        box_sudo = self_sudo.env['iot.box'].search([('identifier', '=', payload.identifier)])
        token_sudo = self_sudo.env['iot.token']._find(payload.token)
        try:
            token_sudo._check_usable_by(box_sudo, identifier=payload.identifier, now=now)
        except SetupRefused:
            return CertificateRefused()
        if not token_sudo.used_at:  # a token of no box yet: setup comes first
            return CertificateRefused()
        box_sudo._note_clock(payload.time, now)
        if payload.address != announced_address(box_sudo.ip):
            # what is told in a setup is seen by people; here a box could ask for that of another
            error = AuthorityError('foreign_address', f"Not announced: {payload.address}")
            return self_sudo._refuse(box_sudo, error, now)
        return self_sudo._issue(box_sudo, (payload.address,), now)

    @api.model
    def _issue_by_contract(self, payload, *, source):
        """Issue the wildcard of this database to a box that asks as it would ask Odoo.

        What it shows, every box tells to all of its network. So it counts only from an address
        that a box of this database has shown its token from, and never without a contract code.

        :param tools.certificate_payload.ContractCertificatePayload payload: checked
        :param str source: network address that the request came from
        :return: as `_issue_for_box`
        :rtype: dict | IotError
        """
        # sudo - ir.config_parameter: compared, not told
        get_param = self.env['ir.config_parameter'].sudo().get_param
        uuid, code = get_param('database.uuid') or '', get_param('database.enterprise_code') or ''
        is_uuid = hmac.compare_digest(payload.db_uuid.encode(), uuid.encode())
        is_code = hmac.compare_digest(payload.enterprise_code.encode(), code.encode())
        # sudo - iot.*: the caller is anonymous, the contract code that it presents decides
        self_sudo = self.sudo()
        is_here = self_sudo.env['iot.box'].search_count([('setup_source', '=', source)], limit=1)
        if not (is_uuid & is_code and uuid and code and is_here):
            return CertificateRefused()
        return self_sudo._issue(self_sudo.env['iot.box'], (), fields.Datetime.now())

    def _issue(self, box, addresses, now):
        events = self.env['iot.certificate.event']
        authorities = self.env['iot.certificate.authority']
        code, domain = authorities._get_code(), authorities._get_domain()
        try:
            self.env['iot.eligibility']._check()
            events._check_rate(box, now)
            chain = authorities._issue_at_once(code, box, addresses)
        except (NotEligible, AuthorityError) as error:
            return self._refuse(box, error, now)
        # two thirds of its life are over then, and not those of all boxes at once
        life = (2 / 3 + random.uniform(0, JITTER)) * (chain.not_after - now)
        certificate = self.create(
            {
                'box_id': box.id,
                'authority': code,
                'names': ", ".join(chain.names),
                'fingerprint': chain.fingerprint,
                'serial': chain.serial,
                'not_before': chain.not_before,
                'not_after': chain.not_after,
                'renew_at': (now + life).replace(microsecond=0),
            }
        )
        events._note_issued(certificate)
        return {
            # of which a box makes its name, whether its certificate names others or not
            'subject_cn': chain.subject_cn or (wildcard(domain) if domain else ''),
            'x509_pem': chain.fullchain_pem,
            'private_key_pem': chain.key_pem,
            'renew_at': fields.Datetime.to_string(certificate.renew_at),
        }

    def _refuse(self, box, error, now):
        """Note an error, and return it."""
        self.env['iot.certificate.event']._note(box, error.code, error.detail, now)
        return error

    @api.model
    def _wire_answer(self, outcome):
        """Return the outcome of an issue as a box reads it.

        :param dict | IotError outcome:
        :rtype: dict
        """
        return {'error': outcome.message} if isinstance(outcome, IotError) else outcome

    @api.autovacuum
    def _gc_old_certificates(self):
        limit = fields.Datetime.now() - const.CERTIFICATE_EVENT_RETENTION
        self.search([('not_after', '<', limit)]).unlink()
