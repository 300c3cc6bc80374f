from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from .. import const

STRANGERS = 'strangers'


class IotBrokerGuesser(models.Model):
    """Count of the wrong pairing codes of one who tries: a user, a network address, all strangers.

    Whoever has tried too many has to wait, even with the right code (RFC 8628, section 5.1).
    One row for each, so that tries at the same time are counted one after the other.
    """

    _name = 'iot.broker.guesser'
    _description = "Limit on IoT Pairing Codes"
    _rec_name = 'key'
    _allow_sudo_commands = False

    key = fields.Char(required=True, readonly=True)
    wrong_codes = fields.Integer(readonly=True)
    since = fields.Datetime(required=True, readonly=True)

    _key_unique = models.UniqueIndex('(key)')

    @api.model
    def _is_locked(self, keys):
        """Tell whether one of these has to wait.

        :param list[str] keys: like ``user 5``, ``address 192.0.2.1``, ``strangers``
        :rtype: bool
        """
        start = fields.Datetime.now() - const.WRONG_CODES_WINDOW
        return any(
            guesser.wrong_codes >= guesser._get_limit()
            for guesser in self.search([('key', 'in', keys), ('since', '>', start)])
        )

    @api.model
    def _count_wrong_code(self, keys):
        """Count a wrong code, malformed ones too.

        :raise ConcurrencyError: when one of these tries another code at the same time
        """
        now = fields.Datetime.now()
        known = {guesser.key: guesser for guesser in self.search([('key', 'in', keys)])}
        for guesser in known.values():
            is_over = guesser.since <= now - const.WRONG_CODES_WINDOW
            guesser.write(
                {'wrong_codes': 1, 'since': now}
                if is_over
                else {'wrong_codes': guesser.wrong_codes + 1}
            )
        try:
            self.create(
                [{'key': key, 'wrong_codes': 1, 'since': now} for key in keys if key not in known]
            )
        except UniqueViolation as error:
            raise ConcurrencyError("Two pairing codes are tried at once.") from error

    def _get_limit(self):
        self.ensure_one()
        if self.key == STRANGERS:
            return const.MAX_WRONG_CODES_OF_STRANGERS
        return const.MAX_WRONG_CODES

    @api.autovacuum
    def _gc_old_guessers(self):
        limit = fields.Datetime.now() - const.WRONG_CODES_WINDOW
        self.search([('since', '<=', limit)]).unlink()
