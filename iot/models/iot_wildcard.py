import logging
import random

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from .. import const
from ..exceptions import AuthorityError
from ..tools.certificate_request import CertificateRequest, read_chain
from ..tools.issue_retry import renewal_at, retry_at

_logger = logging.getLogger(__name__)

KEY_PREFIX = 'wildcard key '  # and the number of the record: name of the secret


class IotWildcard(models.Model):
    """The certificate of all boxes of this database, from an authority elsewhere.

    A scheduled action gets and renews it: authorities take minutes, boxes and people do not wait.
    Odoo runs each of these in one process at a time, so that there are never two orders.
    """

    _name = 'iot.wildcard'
    _description = "Wildcard Certificate of IoT Boxes"
    _order = 'id desc'
    _rec_name = 'names'
    _allow_sudo_commands = False

    authority = fields.Char(required=True, readonly=True)
    domain = fields.Char(
        readonly=True, help="What was asked for; empty where the authority decides."
    )
    names = fields.Char(readonly=True)
    fullchain_pem = fields.Text(readonly=True)
    not_after = fields.Datetime("Valid until", readonly=True)
    renew_at = fields.Datetime("Renewal on", readonly=True)
    failure_count = fields.Integer("Failures in a row", readonly=True)
    failure_code = fields.Char(readonly=True)
    failure = fields.Char("Last failure", readonly=True)
    retry_at = fields.Datetime("Next try", readonly=True)
    is_pause_wanted = fields.Boolean("The authority asked for the pause", readonly=True)
    asked_by_id = fields.Many2one('res.users', "Who waits for it", readonly=True)

    _one_for_each_domain = models.UniqueIndex("(authority, COALESCE(domain, ''))")

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_key(self):
        for certificate in self:
            certificate._set_key(None)

    # === BUSINESS METHODS === #

    @api.model
    def _get_current(self):
        """Return the one of the authority and the domain in the settings, or an empty recordset."""
        authority, domain = self._get_choice()
        return self.search([('authority', '=', authority), ('domain', '=', domain)])

    @api.model
    def _hand_out(self):
        """Return the certificate that is there; see that there will be one if there is none.

        :rtype: tools.certificate_request.CertificateChain
        :raise AuthorityError: ``being_made``
        """
        current, now = self._get_current(), fields.Datetime.now()
        if current.not_after and current.not_after > now and (key_pem := current._get_key()):
            request = CertificateRequest(tuple(current.names.split()))
            return read_chain(current.fullchain_pem, key_pem, request, now)
        if not current.retry_at or current.retry_at <= now:
            self._get_cron()._trigger()
        raise AuthorityError(
            'being_made', "The certificate of this database is being made: ask again later."
        )

    @api.model
    def _ask(self, user):
        """Get the certificate at once, unless the authority asked for a pause.

        :param res.users user: is told what becomes of it
        :raise AuthorityError: ``refused``, with the end of the pause
        """
        current, now = self._get_current(), fields.Datetime.now()
        if current.is_pause_wanted and current.retry_at > now:
            raise AuthorityError(
                'refused', "The authority asked for a pause.", retry_at=current.retry_at
            )
        current = current or self._make()
        current.write({'retry_at': False, 'is_pause_wanted': False, 'asked_by_id': user.id})
        self._get_cron()._trigger()

    # === CRONS === #

    @api.autovacuum
    def _gc_former_certificates(self):
        """Forget those of other settings, which a day ago may have been a slip."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        former = self.search([('write_date', '<', limit)]) - self._get_current()
        former.unlink()

    # === HELPERS === #

    @api.model
    def _get_choice(self):
        """:return: the code of the authority, and the domain it is asked for"""
        authorities = self.env['iot.certificate.authority']
        code = authorities._get_code()
        return code, authorities._get_domain() if code == const.ACME_AUTHORITY else False

    @api.model
    def _make(self):
        """Make the one of the settings.

        :raise ConcurrencyError: when somebody else makes it at this moment
        """
        authority, domain = self._get_choice()
        try:
            with self.env.cr.savepoint():
                return self.create({'authority': authority, 'domain': domain})
        except UniqueViolation as error:
            raise ConcurrencyError("The certificate is asked for just now.") from error

    @api.model
    def _get_cron(self):
        # sudo - ir.cron: only this addon's own is woken
        return self.env.ref('iot.iot_wildcard_cron_issue').sudo()

    def _get_request(self):
        if self.authority == const.ODOO_AUTHORITY:
            return CertificateRequest(())
        return self.env['iot.certificate.authority']._get_request(
            self.authority, self.env['iot.box'], ()
        )

    def _store(self, chain, now):
        self._set_key(chain.key_pem)
        self.write(
            {
                'names': ' '.join(chain.names),
                'fullchain_pem': chain.fullchain_pem,
                'not_after': chain.not_after,
                'renew_at': renewal_at(now, chain.not_after, None, random.random()),
                'failure_count': 0,
                'failure_code': False,
                'failure': False,
                'retry_at': False,
                'is_pause_wanted': False,
            }
        )
        self._get_cron()._trigger(self.renew_at)
        self.env['iot.certificate.event']._note(self.env['iot.box'], 'made', self.names, now)
        self._tell('success')
        self.env['iot.address.record']._wake()

    def _note_failure(self, error, now):
        failures = self.failure_count + 1
        at = retry_at(error, failures, now, random.random())
        self.write(
            {
                'failure_count': failures,
                'failure_code': error.code,
                'failure': error.detail,
                'retry_at': at,
                'is_pause_wanted': bool(getattr(error, 'retry_at', None)),
            }
        )
        self._get_cron()._trigger(at)
        self.env['iot.certificate']._refuse(self.env['iot.box'], error, now)
        _logger.info("No certificate from %s: %s", self.authority, error.message)
        self._tell('warning')

    def _tell(self, kind):
        """Tell who asked for the certificate, once."""
        if user := self.asked_by_id:
            env = self.with_context(lang=user.lang).env
            message = (
                env._(
                    "Your IoT boxes were not given a certificate: %(cause)s",
                    cause=self.with_env(env)._explain_failure(),
                )
                if self.failure
                else env._("The certificate of your IoT boxes is ready.")
            )
            user._bus_send('simple_notification', {'type': kind, 'message': message})
            self.asked_by_id = False

    def _explain_failure(self):
        """Return why there was no certificate the last time, or nothing.

        :rtype: str | bool
        """
        events = self.env['iot.certificate.event']
        return self.failure and events._explain(self.failure_code, self.failure)

    def _get_key(self):
        return self.env['iot.secret']._get(f'{KEY_PREFIX}{self.id}')

    def _set_key(self, key_pem):
        self.env['iot.secret']._set(f'{KEY_PREFIX}{self.id}', key_pem)
