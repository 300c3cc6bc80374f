from odoo import api, models

from .. import const
from ..exceptions import UnusableBaseUrl
from ..tools import base_url, connection_token
from ..tools.minutes import parse_minutes


class IotToken(models.Model):
    """Offline pairing: a token on paper, as it were, that a person carries to a box."""

    _inherit = 'iot.token'

    @api.model
    def create_for_offline_pairing(self):
        """Make a token for a person who carries it to a box.

        :return: ``id``, ``token`` (URL form), ``legacy_token`` (pipe form), ``seconds_left`` and
            ``warning`` (a code of ``tools/base_url.py`` or None); or, when no box could use it,
            ``error`` (such a code) and ``base_url``, and no token is made
        :rtype: dict
        :raise AccessError: for anybody but IoT administrators
        """
        return self._create_written_out(self._get_validity())

    @api.model
    def _create_written_out(self, validity, identifier=False):
        """Make a token and write it out for a box, see `create_for_offline_pairing`.

        :param datetime.timedelta validity: how long it can be used for the first time
        :param str identifier: of the only box that may use it, if known
        """
        self._check_administrator()
        configured_url = self.get_base_url()
        try:
            server_url, warning = base_url.box_server_url(configured_url)
        except UnusableBaseUrl as error:
            return {'error': error.code, 'base_url': configured_url or ''}
        token, secret = self._mint(validity, identifier)
        return {
            'id': token.id,
            'seconds_left': int(validity.total_seconds()),
            'warning': warning,
            **self._write_out(server_url, secret),
        }

    @api.model
    def _get_validity(self):
        """Return for how long a new token can be used.

        :rtype: datetime.timedelta
        """
        # sudo - ir.config_parameter: IoT administrators need not be system administrators
        parameters_sudo = self.env['ir.config_parameter'].sudo()
        return parse_minutes(
            parameters_sudo.get_param(const.TOKEN_VALIDITY_PARAMETER),
            default=const.DEFAULT_TOKEN_VALIDITY,
            least=const.MIN_TOKEN_VALIDITY,
            most=const.MAX_TOKEN_VALIDITY,
        )

    @api.model
    def _write_out(self, server_url, secret):
        """Return both forms of a token (contract section 9).

        :param str server_url: ``scheme://host[:port]``
        :param str secret: the token proper
        :rtype: dict[str, str]
        """
        # sudo - ir.config_parameter: what a box needs to know of this database, for administrators
        parameters_sudo = self.env['ir.config_parameter'].sudo()
        database = {
            'db_uuid': parameters_sudo.get_param('database.uuid', ''),
            'enterprise_code': parameters_sudo.get_param('database.enterprise_code', ''),
        }
        return {
            'token': connection_token.url_form(
                server_url, secret, db_name=self.env.cr.dbname, **database
            ),
            'legacy_token': connection_token.pipe_form(server_url, secret, **database),
        }
