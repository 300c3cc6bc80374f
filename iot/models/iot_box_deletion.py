from odoo import models


class IotBox(models.Model):
    """How a connection ends: the token is void, and the box is told to forget this database."""

    _inherit = 'iot.box'

    def get_deletion_warnings(self):
        """Return what a user should know before deleting these boxes, one sentence each.

        :rtype: list[str]
        :raise AccessError: for those who may not delete them
        """
        self.check_access('unlink')
        warnings = []
        if offline := self.filtered(lambda box: not box.is_online):
            warnings.append(
                self.env._(
                    "%(names)s cannot be told now. As soon as it reaches this database again, it "
                    "will be told to forget it.",
                    names=', '.join(offline.mapped('name')),
                )
                if len(offline) == 1
                else self.env._(
                    "%(names)s cannot be told now. As soon as they reach this database again, they "
                    "will be told to forget it.",
                    names=', '.join(offline.mapped('name')),
                )
            )
        return self._get_dependents() + warnings

    def _get_dependents(self):
        """Return what goes with these boxes or stops to work without them, one sentence each.

        Addons that use devices add theirs.

        :rtype: list[str]
        """
        names = self.device_ids.mapped('name')
        if not names:
            return []
        return [self.env._("These devices are deleted, too: %(names)s.", names=', '.join(names))]

    def _disconnect(self):
        """Void the token of these boxes and make them forget this database."""
        # sudo - iot.token: whoever may delete a box may void its credential
        all_tokens_sudo = self.env['iot.token'].sudo()
        tokens_sudo = all_tokens_sudo.search(
            [('box_id', 'in', self.ids), ('revoked_at', '=', False)]
        )
        tokens_sudo._revoke()
        # a copy of a database does not take the boxes of the original away from it
        own_sudo = tokens_sudo.filtered(lambda token: not token.box_id.is_foreign)
        own_sudo.env['iot.tombstone']._bury(own_sudo)

    def _connect(self, token, payload, **kwargs):
        """Override to let nothing that was said of a deleted box reach the connected one."""
        box = super()._connect(token, payload, **kwargs)
        self.env['iot.tombstone']._lift(box.identifier)
        return box
