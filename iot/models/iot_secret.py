import logging

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from ..exceptions import SealBroken
from ..tools.sealed_text import seal, unseal

_logger = logging.getLogger(__name__)


class IotSecret(models.Model):
    """A text that this database needs and that nobody reads, sealed by the secret of it."""

    _name = 'iot.secret'
    _description = "Secret of IoT Boxes"
    _allow_sudo_commands = False

    name = fields.Char(required=True, readonly=True)
    sealed = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS, copy=False)

    _name_unique = models.Constraint('unique (name)', "There is a secret of this name already.")

    @api.model
    def _get(self, name):
        """Return a text, or None when there is none, or it is that of another database.

        :rtype: str | None
        """
        secret_sudo = self._find(name)
        try:
            return unseal(secret_sudo.sealed, self._get_seal(), name) if secret_sudo else None
        except SealBroken:
            _logger.warning("The secret %s was sealed by another database.", name)
            return None

    @api.model
    def _set(self, name, text):
        """Keep a text in the place of the former one; forget it if it is empty.

        :raise ConcurrencyError: when somebody else sets it for the first time at this moment
        """
        secret_sudo = self._find(name)
        if not text:
            secret_sudo.unlink()
            return
        sealed = seal(text, self._get_seal(), name)
        if secret_sudo:
            secret_sudo.sealed = sealed
            return
        try:
            secret_sudo.create({'name': name, 'sealed': sealed})
        except UniqueViolation as error:
            raise ConcurrencyError("This secret is being set.") from error

    @api.model
    def _exists(self, name):
        """Whether there is such a text, of whichever database."""
        return bool(self._find(name))

    def _find(self, name):
        # sudo - iot.secret: nobody's model; what callers of this model do with it, they decide
        return self.sudo().search([('name', '=', name)])

    @api.model
    def _get_seal(self):
        # sudo - ir.config_parameter: the secret of the database seals those of this addon
        return self.env['ir.config_parameter'].sudo().get_param('database.secret')
