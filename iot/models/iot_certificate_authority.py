from odoo import api, models

from .. import const
from ..exceptions import AuthorityError
from ..tools import eligibility
from ..tools.authorities.odoo import OdooAuthority
from ..tools.certificate_names import box_name, database_domain, parse_zone, wildcard
from ..tools.certificate_request import CertificateRequest


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
        return get_param(const.CERTIFICATE_AUTHORITY_PARAMETER) or eligibility.OWN_AUTHORITY

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
    def _get_request(self, code, box, addresses):
        """Return what an authority is to certify.

        The own authority names a box alone: its key opens no other box. Authorities elsewhere
        limit how much they issue, so that all boxes share the wildcard of the database, as do those
        that do not say who they are.

        :param str code: of the authority
        :param iot.box box: that has shown its token; or none
        :param tuple[str, ...] addresses: of this box
        :rtype: CertificateRequest
        :raise AuthorityError: ``not_configured`` when there is nothing to certify
        """
        domain = self._get_domain()
        if box and code == eligibility.OWN_AUTHORITY:
            names = (box_name(address, domain) for address in addresses if domain)
            return CertificateRequest(tuple(filter(None, names)), addresses)
        if not domain:
            raise AuthorityError('not_configured', "This database has no IoT domain.")
        return CertificateRequest((wildcard(domain),))

    @api.model
    def _issue_at_once(self, code, box, addresses):
        """Give a certificate to a box that waits for it.

        :param str code: of the authority; those elsewhere take minutes, and have all boxes of a
            database in one certificate: the box gets the one that is there
        :param iot.box box: that has shown its token; or none
        :param tuple[str, ...] addresses: of this box
        :rtype: CertificateChain
        :raise AuthorityError:
        """
        if code == eligibility.OWN_AUTHORITY:
            return self._build(code).issue(self._get_request(code, box, addresses))
        # sudo - iot.wildcard: nobody's model; the caller has decided that the box may have it
        return self.env['iot.wildcard'].sudo()._hand_out()

    @api.model
    def _build(self, code):
        """Return the authority with this code.

        :return: has ``issue(request, deadline)``; those elsewhere ``renewal_time(leaf_pem,
            deadline)``, too
        :raise AuthorityError: ``not_configured``, ``missing_library``
        """
        match code:
            case eligibility.OWN_AUTHORITY:
                # sudo - iot.certificate.root: nobody's model; the caller has decided to sign
                return self.env['iot.certificate.root'].sudo()._get_authority(self._get_zone())
            case const.ACME_AUTHORITY:
                return self.env['iot.acme']._get_authority()
            case const.ODOO_AUTHORITY:
                # sudo - ir.config_parameter: told to Odoo only, who gave them
                get_param = self.env['ir.config_parameter'].sudo().get_param
                return OdooAuthority(
                    get_param('database.uuid'), get_param('database.enterprise_code')
                )
        raise AuthorityError('not_configured', "This certificate authority does not exist.")
