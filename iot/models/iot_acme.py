import json
import secrets
from contextlib import suppress

from odoo import SUPERUSER_ID, api, models
from odoo.tools import str2bool

from .. import const
from ..exceptions import AuthorityError, DnsUpdateError
from ..tools.authorities.acme import AcmeAuthority, AcmeSettings
from ..tools.certificate_names import parse_zone
from ..tools.deadline import Deadline
from ..tools.dns_update import DnsServer, DnsZone

STATE = 'acme state'
KEY_SECRET = 'dns key'
CLEANUP_SECONDS = 5


class AcmeStore:
    """Account and order of an ACME authority.

    Each change is committed at once: an order goes on after a crash, whatever becomes of the
    transaction in which the certificate is asked for.
    """

    def __init__(self, registry):
        self._registry = registry

    def load(self):
        """:return: what was saved last, or an empty dict"""
        with self._registry.cursor() as cr:
            return json.loads(self._secrets(cr)._get(STATE) or '{}')

    def save(self, state):
        with self._registry.cursor() as cr:
            self._secrets(cr)._set(STATE, json.dumps(state))

    def _secrets(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})['iot.secret']


class IotAcme(models.AbstractModel):
    """The ACME authority and the DNS zone in the settings."""

    _name = 'iot.acme'
    _description = "ACME Authority and DNS Zone of IoT Boxes"

    DIRECTORY_PARAMETER = 'iot.acme_directory_url'
    EMAIL_PARAMETER = 'iot.acme_email'
    TERMS_PARAMETER = 'iot.acme_terms_accepted'
    SERVER_PARAMETER = 'iot.dns_server'
    ZONE_PARAMETER = 'iot.dns_zone'
    KEY_NAME_PARAMETER = 'iot.dns_key_name'
    KEY_ALGORITHM_PARAMETER = 'iot.dns_key_algorithm'
    DEFAULT_KEY_ALGORITHM = 'hmac-sha256'

    @api.model
    def _get_authority(self):
        """
        :rtype: tools.authorities.acme.AcmeAuthority
        :raise AuthorityError: when settings or libraries are missing
        """
        settings = AcmeSettings(
            self._get(self.DIRECTORY_PARAMETER) or const.DEFAULT_ACME_DIRECTORY,
            self._get(self.EMAIL_PARAMETER),
            str2bool(self._get(self.TERMS_PARAMETER), False),
        )
        try:
            zone = self._get_dns_zone()
        except DnsUpdateError as error:
            raise AuthorityError(error.code, error.message) from error
        return AcmeAuthority(settings, zone, AcmeStore(self.env.registry))

    @api.model
    def _get_dns_zone(self):
        """
        :rtype: tools.dns_update.DnsZone
        :raise DnsUpdateError: when settings or libraries are missing
        """
        host, key_name = self._get(self.SERVER_PARAMETER), self._get(self.KEY_NAME_PARAMETER)
        zone = parse_zone(self._get(self.ZONE_PARAMETER))
        zone = zone or self.env['iot.certificate.authority']._get_zone()
        key_secret = self.env['iot.secret']._get(KEY_SECRET)
        if not zone:
            raise DnsUpdateError('not_configured', "There is no IoT domain in the settings.")
        if not host or not key_name or not key_secret:
            raise DnsUpdateError(
                'not_configured', "The DNS server, or the name or secret of its key, is missing."
            )
        algorithm = self._get(self.KEY_ALGORITHM_PARAMETER) or self.DEFAULT_KEY_ALGORITHM
        return DnsZone(DnsServer(host, zone, key_name, key_secret, algorithm))

    @api.model
    def _test(self):
        """Prove that the zone takes changes and that the authority can be reached.

        :return: where the terms of service of the authority are, or an empty text
        :rtype: str
        :raise AuthorityError, DnsUpdateError: what is wrong
        """
        authority, zone = self._get_authority(), self._get_dns_zone()
        domain = self.env['iot.certificate.authority']._get_domain()
        if not domain:
            raise AuthorityError('not_configured', "There is no IoT domain in the settings.")
        name, value = f'_iot-test.{domain}', secrets.token_hex(8)
        deadline = Deadline(const.ACME_TEST_SECONDS)
        zone.add_text(name, value, deadline)
        try:
            zone.wait_for_text(name, value, deadline)
        except DnsUpdateError:
            with suppress(DnsUpdateError):
                zone.remove_text(name, value, Deadline(CLEANUP_SECONDS))
            raise
        zone.remove_text(name, value, Deadline(CLEANUP_SECONDS))
        return authority.terms_url(deadline)

    @api.model
    def _get(self, parameter):
        # sudo - ir.config_parameter: settings of this addon, none of which is a secret
        return self.env['ir.config_parameter'].sudo().get_param(parameter) or ''
