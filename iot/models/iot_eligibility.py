import os

from odoo import api, fields, models
from odoo.tools import config, str2bool
from odoo.tools.translate import LazyTranslate

from .. import const
from ..exceptions import NotEligible
from ..tools.eligibility import OWN_AUTHORITY, EligibilityFacts, decide

_lt = LazyTranslate(__name__)

# Why there are no certificates, and what to do about it.
REASONS = {
    'neutralized': (
        _lt("This database was neutralized: it is a copy for tests."),
        _lt("Connect IoT boxes that need certificates to your production database."),
    ),
    'not_recorded': (
        _lt("No IoT box was connected to this database yet."),
        _lt("Connect a box: certificates are for boxes."),
    ),
    'copied': (
        _lt("This database is a copy: it has IoT boxes that were connected to another one."),
        _lt(
            "If it takes the place of the original, open each of these boxes and press Use It from "
            "Here. If not, delete them here."
        ),
    ),
    'stage': (
        _lt("The platform that hosts this database says that it is not in production."),
        _lt("Connect IoT boxes that need certificates to your production database."),
    ),
    'test_mode': (
        _lt("This server runs tests."),
        _lt("Restart Odoo without --test-enable and --test-tags."),
    ),
    'development_mode': (
        _lt("This server runs in development mode."),
        _lt("Restart Odoo without --dev, also in its configuration file (dev_mode)."),
    ),
    'base_url': (
        _lt("Nobody else could use this database at its address, or the address is one for tests."),
        _lt(
            "Set the system parameter web.base.url to the address at which people use this "
            "database, without a path."
        ),
    ),
    'subscription_none': (
        _lt("This database has no Odoo subscription."),
        _lt(
            "Register a subscription, or let this database's own authority issue certificates "
            "without one (Settings → IoT)."
        ),
    ),
    'subscription_trial': (
        _lt("This database is on trial."),
        _lt(
            "Register a subscription, or let this database's own authority issue certificates "
            "without one (Settings → IoT)."
        ),
    ),
    'subscription_expired': (
        _lt("The Odoo subscription of this database has ended."),
        _lt(
            "Renew it, or let this database's own authority issue certificates without one "
            "(Settings → IoT)."
        ),
    ),
    'subscription_unknown': (
        _lt("This database does not know until when its Odoo subscription lasts."),
        _lt(
            "Run the scheduled action Publisher: Update Notification, which asks Odoo, or let this "
            "database's own authority issue certificates without a subscription (Settings → IoT)."
        ),
    ),
}

SUBSCRIPTIONS = {
    'none': _lt("None"),
    'trial': _lt("Trial"),
    'in_progress': _lt("In Progress"),
    'expired': _lt("Expired"),
    'unknown': _lt("Unknown"),
}


class IotEligibility(models.AbstractModel):
    """May the boxes of this database have HTTPS certificates, and why not?

    What is decided here is decided again at each question: nothing of it is stored.
    """

    _name = 'iot.eligibility'
    _description = "Eligibility of IoT Boxes for Certificates"

    @api.model
    def get_verdict(self):
        """Return for people whether boxes may have certificates.

        :return: ``is_eligible``, ``is_production``, ``subscription`` (code), ``subscription_name``,
            ``decided_at`` (UTC), and ``reasons``: a list of ``code``, ``text`` and ``advice``
        :rtype: dict
        :raise AccessError: for anybody but IoT administrators
        """
        self.env['iot.box'].check_access('write')
        verdict = self._decide()
        return {
            'is_eligible': verdict.is_eligible,
            'is_production': verdict.is_production,
            'subscription': verdict.subscription,
            'subscription_name': self._translate(SUBSCRIPTIONS[verdict.subscription]),
            'decided_at': fields.Datetime.to_string(verdict.decided_at),
            'reasons': [
                {
                    'code': code,
                    'text': self._translate(REASONS[code][0]),
                    'advice': self._translate(REASONS[code][1]),
                }
                for code in verdict.reasons
            ],
        }

    @api.model
    def _check(self):
        """Make sure that boxes may have certificates now.

        :raise NotEligible: with all reasons, in English; none of a stranger's business
        """
        verdict = self._decide()
        if not verdict.is_eligible:
            in_english = self.with_context(lang='en_US')._translate
            message = ' '.join(in_english(REASONS[code][0]) for code in verdict.reasons)
            raise NotEligible(verdict.reasons, message)

    def _translate(self, text):
        """Return a lazy text in the language of this environment, which it looks up by `self`."""
        return str(text)

    @api.model
    def _decide(self):
        """Return the present verdict.

        :rtype: tools.eligibility.Verdict
        """
        return decide(self._gather_facts())

    @api.model
    def _gather_facts(self):
        """Return what this database, its server and its platform say (contract section 13).

        :rtype: tools.eligibility.EligibilityFacts
        """
        # sudo - ir.config_parameter: only what follows from these parameters is told
        get_param = self.env['ir.config_parameter'].sudo().get_param
        return EligibilityFacts(
            is_neutralized=bool(get_param('database.is_neutralized')),
            current_uuid=self.env['iot.box']._get_database_uuid(),
            recorded_uuids=self.env['iot.box']._get_recorded_uuids(),
            platform_stage=os.environ.get('ODOO_STAGE'),
            is_test_mode=bool(config['test_enable']),
            is_development_mode=bool(config['dev_mode']),
            base_url=self.get_base_url(),
            enterprise_code=get_param('database.enterprise_code'),
            expiration_date=get_param('database.expiration_date'),
            expiration_reason=get_param('database.expiration_reason'),
            authority=get_param(const.CERTIFICATE_AUTHORITY_PARAMETER, OWN_AUTHORITY),
            own_authority_without_subscription=str2bool(
                get_param(const.OWN_AUTHORITY_WITHOUT_SUBSCRIPTION_PARAMETER), False
            ),
            now=fields.Datetime.now(),
        )
