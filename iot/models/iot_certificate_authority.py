from odoo import api, models

from .. import const
from ..exceptions import AuthorityError
from ..tools.certificate_names import database_domain, parse_zone
from ..tools.eligibility import OWN_AUTHORITY


class IotCertificateAuthority(models.AbstractModel):
    """Who issues the certificates of boxes, as the settings have it."""

    _name = 'iot.certificate.authority'
    _description = "Certificate Authority of IoT Boxes"

    @api.model
    def _get_code(self):
        """Return the chosen authority.

        :rtype: str
        """
        # sudo - ir.config_parameter: decides for everybody, and is no secret
        get_param = self.env['ir.config_parameter'].sudo().get_param
        return get_param(const.CERTIFICATE_AUTHORITY_PARAMETER) or OWN_AUTHORITY

    @api.model
    def _get_zone(self):
        """Return the IoT domain, or None.

        :rtype: str | None
        """
        # sudo - ir.config_parameter: a public name
        get_param = self.env['ir.config_parameter'].sudo().get_param
        return parse_zone(get_param(const.IOT_DOMAIN_PARAMETER))

    @api.model
    def _get_domain(self):
        """Return the domain of this database below the IoT domain, or None.

        :rtype: str | None
        """
        zone = self._get_zone()
        return zone and database_domain(self.env['iot.box']._get_database_uuid(), zone)

    @api.model
    def _build(self, code):
        """Return the authority with this code; overridden for authorities elsewhere.

        :return: has ``issue(request, deadline)``
        :raise AuthorityError: ``not_configured``
        """
        if code != OWN_AUTHORITY:
            raise AuthorityError('not_configured', "This certificate authority does not exist.")
        # sudo - iot.certificate.root: nobody's model; the caller has decided that it may sign
        return self.env['iot.certificate.root'].sudo()._get_authority(self._get_zone())
