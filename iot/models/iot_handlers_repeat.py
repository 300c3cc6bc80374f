from odoo import api, fields, models, release
from odoo.tools import SQL

from .. import const
from ..tools.box_version import odoo_series
from ..tools.handlers_bundle import bundle_etag, has_etag


class IotBox(models.Model):
    """Boxes that ask for the drivers which they have already, as each does when it starts.

    They are answered by one query, and what `_find_handlers` looks at; all else takes the long way.
    """

    _inherit = 'iot.box'

    @api.model
    def _get_handlers(self, identifier, *, if_none_match, automatic, source):
        """Override to answer at once who has them already."""
        if etag := self._repeat_handlers(identifier, if_none_match, source=source):
            return etag, None
        return super()._get_handlers(
            identifier, if_none_match=if_none_match, automatic=automatic, source=source
        )

    @api.model
    def _repeat_handlers(self, identifier, if_none_match, *, source):
        """Return the ETag of the drivers if the box has them already.

        Like `_identify`, it believes a box only from the address of its last setup.

        :rtype: str | None
        """
        if not if_none_match:
            return None
        for model in ('iot.box', 'iot.certificate'):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT version, drivers_etag, EXISTS (SELECT FROM iot_certificate)
                  FROM iot_box
                 WHERE identifier = %s AND setup_source = %s AND contact_at >= %s
                   AND drivers_auto_update AND drivers_etag IS NOT NULL
                """,
                identifier,
                source,
                fields.Datetime.now() - const.HANDLERS_AFTER_SETUP,
            )
        )
        if not rows:
            return None
        [[version, etag, has_certificates]] = rows
        if not has_etag(if_none_match, etag) or odoo_series(version) != release.series:
            return None
        _is_extended, handlers = self._find_handlers(has_certificates)
        return etag if handlers and bundle_etag(handlers, version) == etag else None
