import logging
import secrets

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, LockError
from odoo.fields import Domain
from odoo.tools import SQL

from .. import const
from ..exceptions import BrokerError, PairingExpired, PairingUnavailable
from ..tools import pairing_code
from ..tools.connection_token import digest
from ..tools.source_network import source_network

_logger = logging.getLogger(__name__)


class IotBrokerPairing(models.Model):
    """A box that shows a pairing code and waits for a database to claim it.

    The box proves by its uuid, which it alone knows, that a pairing is its own. What a database
    hands over lies here until the box asks next, 40 seconds at most, and is then forgotten.
    """

    _name = 'iot.broker.pairing'
    _description = "IoT Pairing"
    _order = 'id desc'
    _rec_name = 'serial_number'
    _allow_sudo_commands = False

    _HANDED_OVER = ('url', 'token', 'db_uuid', 'enterprise_code')

    code = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    uuid_hash = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    serial_number = fields.Char(required=True, readonly=True)
    source = fields.Char(readonly=True, index=True)
    source_network = fields.Char(readonly=True, index=True)  # what the limit counts
    expires_at = fields.Datetime(required=True, readonly=True, index=True)
    claimed_at = fields.Datetime(readonly=True)
    delivered_at = fields.Datetime(readonly=True)
    url = fields.Char(groups=fields.NO_ACCESS)
    token = fields.Char(groups=fields.NO_ACCESS)
    db_uuid = fields.Char(groups=fields.NO_ACCESS)
    enterprise_code = fields.Char(groups=fields.NO_ACCESS)

    _code_unique = models.UniqueIndex('(code)')
    _uuid_hash_unique = models.UniqueIndex('(uuid_hash)')

    @api.model
    def _register_box(self, serial_number, *, source):
        """Give a box a code to show.

        :param str serial_number: as the box says, unproven
        :param str source: network address of the box
        :return: the code as the box shows it, and the uuid by which it asks on
        :rtype: tuple[str, str]
        :raise PairingUnavailable: too many codes for this address or in all, or a box of that
            serial number is connected and listens
        :raise ConcurrencyError: when two registrations drew the same code
        """
        now = fields.Datetime.now()
        # a box that restarts has forgotten its code; only from its own address is it believed
        self.search([('serial_number', '=', serial_number), ('source', '=', source)]).unlink()
        waiting = Domain('expires_at', '>', now)
        of_source = waiting & Domain('source_network', '=', source_network(source))
        if (
            self.search_count(of_source, limit=const.MAX_PAIRINGS_PER_SOURCE)
            >= const.MAX_PAIRINGS_PER_SOURCE
            or self.search_count(waiting, limit=const.MAX_PAIRINGS) >= const.MAX_PAIRINGS
            or self.env['iot.box'].search([('identifier', '=', serial_number)]).is_online
        ):
            raise PairingUnavailable
        code, uuid = pairing_code.new_code(), secrets.token_hex(16)
        try:
            self.create(
                {
                    'code': code,
                    'uuid_hash': digest(uuid),
                    'serial_number': serial_number,
                    'source': source,
                    'source_network': source_network(source),
                    'expires_at': now + const.PAIRING_LIFETIME,
                }
            )
        except UniqueViolation as error:
            raise ConcurrencyError("This pairing code was just given away.") from error
        return pairing_code.written(code), uuid

    @api.model
    def _poll(self, code, uuid):
        """Answer a box that asks whether its code was claimed. Writes nothing while it was not.

        :param str code: as the box shows it
        :param str uuid: which the box got with the code
        :return: what the database handed over, once; nothing while waiting
        :rtype: dict[str, str]
        :raise PairingExpired: also when there is no such pairing
        """
        pairing_id, is_claimed = self._find_open(code, uuid)
        return self.browse(pairing_id)._deliver() if is_claimed else {}

    def _find_open(self, code, uuid):
        """Return which pairing a box asks about, and whether its code was claimed.

        All boxes that nobody has connected yet ask several times a minute: hence plain SQL.

        :rtype: tuple[int, bool]
        :raise PairingExpired: also when there is no such pairing
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, claimed_at IS NOT NULL
                  FROM iot_broker_pairing
                 WHERE uuid_hash = %s AND code = %s AND expires_at > %s AND delivered_at IS NULL
                """,
                digest(uuid),
                pairing_code.normalized(code),
                fields.Datetime.now(),
            )
        )
        if not rows:
            raise PairingExpired
        return rows[0]

    def _deliver(self):
        """Return what was handed over and forget it."""
        self._lock()
        handed_over = {key: self[key] or '' for key in self._HANDED_OVER}
        self.write(
            {'delivered_at': fields.Datetime.now(), **dict.fromkeys(self._HANDED_OVER, False)}
        )
        return handed_over

    @api.model
    def _claim(self, typed_code, *, guessers, url, token, db_uuid, enterprise_code):
        """Hand the way to a database to the box that shows a code.

        :param str typed_code: as a person typed it
        :param list[str] guessers: who tries, see `iot.broker.guesser`
        :return: serial number of the box; or why not, then nothing has changed but the count of
            wrong codes. Returned, not raised: that count must outlive the answer.
        :rtype: str | BrokerError
        """
        guesser = self.env['iot.broker.guesser']
        if guesser._is_locked(guessers):
            return BrokerError('locked')
        pairing = self.search_fetch(
            [('code', '=', pairing_code.normalized(typed_code))], ['expires_at', 'claimed_at']
        )
        if refusal := pairing._get_claim_refusal():
            guesser._count_wrong_code(guessers)
            return BrokerError(refusal)
        pairing._lock()
        pairing.write(
            {
                'claimed_at': fields.Datetime.now(),
                'url': url,
                'token': token,
                'db_uuid': db_uuid,
                'enterprise_code': enterprise_code,
            }
        )
        _logger.info("IoT box %s claimed by %s.", pairing.serial_number, ', '.join(guessers))
        return pairing.serial_number

    @api.model
    def _withdraw(self, token_hashes):
        """Take back what boxes have not fetched yet: their codes can be claimed again.

        :param list[str] token_hashes: of tokens that are void now
        """
        undelivered = self.search([('claimed_at', '!=', False), ('delivered_at', '=', False)])
        withdrawn = undelivered.filtered(lambda pairing: digest(pairing.token) in token_hashes)
        withdrawn.write({'claimed_at': False, **dict.fromkeys(self._HANDED_OVER, False)})

    def _get_claim_refusal(self):
        """Return why this pairing cannot be claimed, or None."""
        if not self:
            return 'unknown_code'
        if self.claimed_at:
            return 'claimed'
        return 'expired' if self.expires_at <= fields.Datetime.now() else None

    def _lock(self):
        """Of two that use a pairing at once, let one wait for the other.

        :raise ConcurrencyError: for the later one; Odoo tries it again
        """
        try:
            self.lock_for_update()
        except LockError as error:
            raise ConcurrencyError("This pairing is being used.") from error

    @api.autovacuum
    def _gc_old_pairings(self):
        self.search([('expires_at', '<=', fields.Datetime.now())]).unlink()
