import logging

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from ..exceptions import SealBroken
from ..tools.authorities.own import LEAF_LIFETIME, OwnAuthority, Root
from ..tools.base_url import host_of
from ..tools.sealed_text import seal, unseal

_logger = logging.getLogger(__name__)

PURPOSE = 'certificate root'


class IotCertificateRoot(models.Model):
    """The root of this database's own authority. Browsers have to trust it once.

    Another IoT domain needs another root, because the root names the domain for which it may sign.
    """

    _name = 'iot.certificate.root'
    _description = "Root Certificate of IoT Boxes"
    _order = 'id desc'
    _allow_sudo_commands = False

    name = fields.Char(required=True, readonly=True)
    zone = fields.Char("IoT Domain", readonly=True)
    certificate_pem = fields.Text(required=True, readonly=True)
    fingerprint = fields.Char(required=True, readonly=True)
    not_after = fields.Datetime("Valid until", required=True, readonly=True)
    sealed_key = fields.Char(groups=fields.NO_ACCESS, copy=False)

    _one_that_signs = models.UniqueIndex('((true)) WHERE sealed_key IS NOT NULL')

    @api.model
    def _get_authority(self, zone):
        """Return the authority with the root that signs now; make one if there is none.

        :param str zone: IoT domain, or nothing
        :rtype: OwnAuthority
        :raise ConcurrencyError: when somebody else makes one at this moment
        """
        now = fields.Datetime.now()
        current = self._get_current()
        if current and (current.zone or '') == (zone or ''):
            try:
                key_pem = unseal(current.sealed_key, self.env['iot.secret']._get_seal(), PURPOSE)
                if current.not_after - now > LEAF_LIFETIME:
                    return OwnAuthority(Root(current.certificate_pem, key_pem), now)
            except SealBroken:
                # of the database that this one was copied from: it is not ours to use
                _logger.warning("The key of the root certificate %s cannot be read", current.id)
        return OwnAuthority(self._replace(current, zone, now), now)

    @api.model
    def _get_current(self):
        return self.search([('sealed_key', '!=', False)], limit=1)

    @api.model
    def _get_for_people(self):
        """Return what everybody who works here may know of the root, or None.

        :rtype: dict | None
        """
        # sudo - iot.certificate.root: nobody's model; a certificate without its key is public
        root_sudo = self.sudo()._get_current()
        return next(iter(root_sudo.read(['name', 'zone', 'fingerprint', 'certificate_pem'])), None)

    def _replace(self, current, zone, now):
        name = f"IoT boxes of {host_of(self.get_base_url())}"
        root = Root.generate(name, zone, now)
        certificate = x509.load_pem_x509_certificate(root.certificate_pem.encode())
        current.sealed_key = False
        self.flush_model()
        try:
            self.create(
                {
                    'name': name,
                    'zone': zone,
                    'certificate_pem': root.certificate_pem,
                    'fingerprint': certificate.fingerprint(hashes.SHA256()).hex(':').upper(),
                    'not_after': certificate.not_valid_after_utc.replace(tzinfo=None),
                    'sealed_key': seal(root.key_pem, self.env['iot.secret']._get_seal(), PURPOSE),
                }
            )
        except UniqueViolation as error:
            raise ConcurrencyError("The root certificate is being made.") from error
        return root
