from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import const
from ..exceptions import IotError
from ..tools import dns_update
from ..tools.authorities import acme
from ..tools.certificate_names import parse_zone
from ..tools.eligibility import OWN_AUTHORITY
from .iot_acme import KEY_SECRET, IotAcme


class ResConfigSettings(models.TransientModel):
    """An authority elsewhere: its account, the DNS zone, and the certificate that it gave."""

    _inherit = 'res.config.settings'

    iot_acme_directory_url = fields.Char(
        "ACME directory",
        default=const.DEFAULT_ACME_DIRECTORY,
        config_parameter=IotAcme.DIRECTORY_PARAMETER,
    )
    iot_acme_email = fields.Char("Email", config_parameter=IotAcme.EMAIL_PARAMETER)
    iot_acme_terms_accepted = fields.Boolean(
        "Terms of service accepted", config_parameter=IotAcme.TERMS_PARAMETER
    )
    iot_dns_server = fields.Char("DNS server", config_parameter=IotAcme.SERVER_PARAMETER)
    iot_dns_zone = fields.Char("Zone", config_parameter=IotAcme.ZONE_PARAMETER)
    iot_dns_key_name = fields.Char("Name of the key", config_parameter=IotAcme.KEY_NAME_PARAMETER)
    iot_dns_key_algorithm = fields.Selection(
        [(name, name.upper()) for name in dns_update.ALGORITHMS],
        "Algorithm",
        default=IotAcme.DEFAULT_KEY_ALGORITHM,
        config_parameter=IotAcme.KEY_ALGORITHM_PARAMETER,
    )
    # never read back, and in no table but that of secrets
    iot_dns_key_secret = fields.Char(
        "Secret of the key",
        compute='_compute_iot_dns_key_secret',
        inverse='_inverse_iot_dns_key_secret',
    )
    iot_has_dns_key_secret = fields.Boolean(compute='_compute_iot_dns_key_secret')
    iot_wildcard_names = fields.Char("Certificate for", compute='_compute_iot_wildcard')
    iot_wildcard_not_after = fields.Datetime("Valid until", compute='_compute_iot_wildcard')
    iot_wildcard_renew_at = fields.Datetime("Renewal on", compute='_compute_iot_wildcard')
    iot_wildcard_failure = fields.Char("Last failure", compute='_compute_iot_wildcard')
    iot_wildcard_retry_at = fields.Datetime("Next try", compute='_compute_iot_wildcard')

    def _compute_iot_dns_key_secret(self):
        self.iot_dns_key_secret = False
        self.iot_has_dns_key_secret = self.env['iot.secret']._exists(KEY_SECRET)

    def _inverse_iot_dns_key_secret(self):
        for settings in self:
            if settings.iot_dns_key_secret:  # empty: the one that is there stays
                self.env['iot.secret']._set(KEY_SECRET, settings.iot_dns_key_secret.strip())

    def _compute_iot_wildcard(self):
        # sudo - iot.wildcard: nobody's model; of the certificate only what anybody sees of a box
        certificate_sudo = self.env['iot.wildcard'].sudo()._get_current()
        for settings in self:
            settings.iot_wildcard_names = certificate_sudo.names
            settings.iot_wildcard_not_after = certificate_sudo.not_after
            settings.iot_wildcard_renew_at = certificate_sudo.renew_at
            settings.iot_wildcard_failure = certificate_sudo._explain_failure()
            settings.iot_wildcard_retry_at = certificate_sudo.retry_at

    @api.onchange('iot_acme_directory_url')
    def _onchange_iot_acme_directory_url(self):
        """Another authority has other terms."""
        accepted = self.env['iot.acme']._get(IotAcme.DIRECTORY_PARAMETER)
        if self.iot_acme_directory_url != (accepted or const.DEFAULT_ACME_DIRECTORY):
            self.iot_acme_terms_accepted = False

    @api.constrains('iot_certificate_authority')
    def _check_iot_authority_libraries(self):
        for settings in self:
            if settings.iot_certificate_authority == const.ACME_AUTHORITY:
                for check_library in (acme.check_library, dns_update.check_library):
                    try:
                        check_library()
                    except IotError as error:
                        raise ValidationError(
                            self.env._(
                                "ACME cannot be used yet: this server lacks Python libraries. "
                                "Install them (pip install acme dnspython), then restart Odoo."
                            )
                        ) from error

    @api.constrains('iot_acme_directory_url')
    def _check_iot_acme_directory_url(self):
        for settings in self:
            url = settings.iot_acme_directory_url
            if url and not (url.startswith('https://') and urlsplit(url).netloc):
                raise ValidationError(
                    self.env._("The ACME directory must be an address that begins with https://.")
                )

    @api.constrains('iot_domain', 'iot_dns_zone')
    def _check_iot_dns_zone(self):
        for settings in self.filtered('iot_dns_zone'):
            zone, domain = parse_zone(settings.iot_dns_zone), parse_zone(settings.iot_domain)
            if not zone or not f'.{domain}'.endswith(f'.{zone}'):
                raise ValidationError(
                    self.env._("The DNS zone must be the IoT domain, or a domain above it.")
                )

    def action_test_iot_acme(self):
        """Say whether the saved settings work, or what is wrong."""
        self._check_iot_administrator()
        try:
            terms_url = self.env['iot.acme']._test()
        except IotError as error:
            cause = self.env['iot.certificate.event']._explain(error.code, error.detail)
            raise UserError(self.env._("The test failed: %(cause)s", cause=cause)) from error
        return self._notify(
            self.env._(
                "The DNS zone takes changes, and the authority can be reached. Its terms of "
                "service: %(url)s",
                url=terms_url or self.env._("none"),
            )
        )

    def action_get_iot_certificate(self):
        """Have the certificate issued at once, and tell this user when it is there."""
        self._check_iot_administrator()
        if self.env['iot.certificate.authority']._get_code() == OWN_AUTHORITY:
            raise UserError(
                self.env._("This database's own authority gives each box a certificate of its own.")
            )
        verdict = self.env['iot.eligibility'].get_verdict()
        if not verdict['is_eligible']:
            raise UserError('\n'.join(reason['text'] for reason in verdict['reasons']))
        try:
            # sudo - iot.wildcard: nobody's model; this user may change who issues
            self.env['iot.wildcard'].sudo()._ask(self.env.user)
        except IotError as error:
            raise UserError(
                self.env._(
                    "The authority asked not to be asked again before %(time)s.",
                    time=fields.Datetime.context_timestamp(self, error.retry_at).strftime(
                        '%Y-%m-%d %H:%M'
                    ),
                )
            ) from error
        return self._notify(
            self.env._(
                "The certificate is being made. This takes some minutes; you will be told here."
            )
        )

    def _check_iot_administrator(self):
        self.check_access('write')
        self.env['iot.box'].check_access('write')

    def _notify(self, message):
        return {
            'type': 'ir.actions.client',
            'tag': 'display_notification',
            'params': {'type': 'success', 'message': message},
        }
