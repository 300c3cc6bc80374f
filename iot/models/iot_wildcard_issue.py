import logging
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.service.model import retrying

from .. import const
from ..exceptions import AuthorityError, IotError
from ..tools.deadline import Deadline
from ..tools.eligibility import OWN_AUTHORITY
from ..tools.issue_retry import renewal_at
from .cron_step import run_step

_logger = logging.getLogger(__name__)


class IotWildcard(models.Model):
    """How the certificate is got: in several transactions, as an authority takes minutes."""

    _inherit = 'iot.wildcard'

    @api.model
    def _cron_issue(self):
        """Get the certificate that is missing, or due for renewal."""
        if self._get_choice()[0] == OWN_AUTHORITY:
            return
        try:
            current = self._get_current() or self._make()
        except ConcurrencyError:
            current = self.browse()
        self.env['ir.cron']._commit_progress()  # whatever fails, it is there and can be seen
        current = current or self._get_current()
        now = fields.Datetime.now()
        if current.retry_at and current.retry_at > now:
            return
        try:
            current._issue(now)
        except IotError as error:
            current._end_try(error)
        except Exception:
            self.env.cr.rollback()
            _logger.exception("No certificate from %s", current.authority)
            current._end_try(AuthorityError('unexpected', "See the log of Odoo."))

    def _issue(self, now):
        authority = self._build_authority()
        if not self._is_due(authority, now):
            self._tell('success')
            return
        request = self._get_request()
        # minutes are no transaction, at the end of which others may have written meanwhile
        self.env['ir.cron']._commit_progress()
        chain = authority.issue(request, Deadline(const.ISSUE_SECONDS))
        retrying(partial(self._store, chain, fields.Datetime.now()), self.env)
        authority.forget_order()

    def _end_try(self, error):
        run_step(partial(self._note_failure, error, fields.Datetime.now()), self.env)

    def _build_authority(self):
        self.env['iot.eligibility']._check()
        return self.env['iot.certificate.authority']._build(self.authority)

    def _is_due(self, authority, now):
        if not self.not_after or self.not_after <= now or not self._get_key():
            return True
        leaf_pem = self.fullchain_pem
        if wish := authority.renewal_time(leaf_pem, Deadline(const.RENEWAL_WISH_SECONDS)):
            self.renew_at = renewal_at(now, self.not_after, wish, 0)
        return self.renew_at <= now
