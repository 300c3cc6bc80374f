from dataclasses import asdict

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.http import request

from .. import const
from ..exceptions import BrokerError, MalformedPayload
from ..tools import connection_token
from ..tools.box_identifier import parse_box_identifier
from ..tools.broker_client import BrokerClient
from ..tools.broker_payload import PairingClaim
from ..tools.source_network import source_network


class IotToken(models.Model):
    """Tokens that nobody carries: the browser hands them to a box of its network, or the pairing
    broker to the box that shows a code."""

    _inherit = 'iot.token'

    holds_box = fields.Boolean(
        readonly=True, help="Nobody else hands a token to this box for a moment."
    )

    # of two who reach for a box at the same instant one fails, tries again and finds it busy
    _one_holds_box = models.UniqueIndex('(identifier) WHERE holds_box')

    @api.model
    def create_for_handing_over(self, identifier=False):
        """Make a token of a few minutes.

        It is an own step, as it must be stored before a box presents it.

        The software of a box does not survive being told to restart twice, which each token does:
        while one is being handed over, others have to wait.

        :param str identifier: of the only box that may use it; unknown to those who use a broker
        :return: as `create_for_offline_pairing`, with the ``error`` ``box_busy`` besides
        :rtype: dict
        :raise AccessError: for anybody but IoT administrators
        :raise UserError: when no box has such an identifier
        """
        if identifier:
            try:
                identifier = parse_box_identifier(identifier, "The serial number of the box")
            except MalformedPayload as error:
                raise UserError(
                    self.env._("This is not the serial number of an IoT box.")
                ) from error
        self._check_administrator()
        if identifier and self._is_box_held(identifier):
            return {'error': 'box_busy'}
        answer = self._create_written_out(const.HANDED_TOKEN_VALIDITY, identifier)
        if identifier and 'id' in answer:
            self.browse(answer['id'])._hold_box()
        return answer

    @api.model
    def _is_box_held(self, identifier):
        # sudo - iot.token: whoever hands a token to the box, of whatever company
        holder_sudo = self.sudo().search(
            [('identifier', '=', identifier), ('holds_box', '=', True)]
        )
        if holder_sudo.state == 'available':
            made_at = holder_sudo.expires_at - const.HANDED_TOKEN_VALIDITY
            if fields.Datetime.now() < made_at + const.HANDING_OVER_TIME:
                return True
        holder_sudo.holds_box = False
        holder_sudo.flush_recordset()  # before the unique index sees the next one
        return False

    def _hold_box(self):
        # sudo - iot.token: callers have made it themselves
        self_sudo = self.sudo()
        try:
            self_sudo.holds_box = True
            self_sudo.flush_recordset()
        except UniqueViolation as error:
            raise ConcurrencyError("A token is being handed to this IoT box.") from error

    def action_hand_to_broker(self, code, legacy_token):
        """Let the pairing broker hand this token to the box that shows a code.

        :param str code: as typed
        :param str legacy_token: the token in pipe form, which nobody but its maker has
        :return: ``serial_number`` of the box, or ``error``: a code of `BrokerClient.claim`,
            ``databases`` (the box could not tell which database of this server) or ``token``
        :rtype: dict
        :raise AccessError: for anybody but IoT administrators
        """
        self._check_administrator()
        self.check_access('read')
        self.ensure_one()
        try:
            claim = PairingClaim.parse_pipe_form(code, legacy_token)
        except MalformedPayload:
            return {'error': 'token'}
        # sudo - iot.token: its hash is compared with what the maker of the token shows
        if not connection_token.matches(claim.token, self.sudo().token_hash):
            return {'error': 'token'}
        if self._is_database_ambiguous():
            return {'error': 'databases'}
        result = self._claim_code(**asdict(claim))
        if isinstance(result, BrokerError):
            return {'error': result.code}
        return {'serial_number': result}

    @api.model
    def _claim_code(self, code, **way_here):
        """Claim a code at the configured broker; this database is its own by default."""
        # sudo - ir.config_parameter: an administrator of IoT may use the broker that is configured
        broker_url = self.env['ir.config_parameter'].sudo().get_param(const.BROKER_URL_PARAMETER)
        if broker_url:
            try:
                return BrokerClient(broker_url).claim(code, **way_here)
            except BrokerError as error:
                return error
        guessers = [f'user {self.env.uid}']
        if request:
            guessers.append(f'address {source_network(request.httprequest.remote_addr)}')
        # sudo - iot.broker.pairing: whoever knows the code stands before the box
        return self.env['iot.broker.pairing'].sudo()._claim(code, guessers=guessers, **way_here)

    def action_undo(self):
        """Undo a connection that was made by itself: a new box goes, a known one is disconnected.

        :return: True
        :raise AccessError: for anybody but IoT administrators of the company of the box
        """
        self._check_administrator()
        self.check_access('read')
        for token in self:
            accepted = token.attempt_ids.filtered(lambda attempt: attempt.outcome == 'accepted')
            if token.box_id and accepted.reason == 'connected':
                token.box_id.unlink()
            elif not token.revoked_at:
                token.box_id.check_access('unlink')
                token.box_id._disconnect()
                # sudo - iot.token: nobody writes tokens by hand, an administrator undoes its own
                token.sudo().filtered(lambda token: not token.revoked_at)._revoke()
        return True
