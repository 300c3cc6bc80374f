import time

from odoo import api, fields, models, release

from .. import const
from ..tools.box_version import odoo_series
from ..tools.handlers_bundle import build_bundle, bundle_etag, has_etag
from .handler_files import OWN_ADDON, find_handlers, find_handlers_lately


class IotBox(models.Model):
    """The drivers of a box: its own, or those of this database.

    This database has drivers for its boxes when an installed addon has a folder ``iot_handlers``.
    They are served together with the stock ones, which a box loses when it takes others (contract
    section 3.3). The folder of this addon lets boxes get certificates from here: it counts only
    where boxes may have them, or have had some to renew, so that others are left as they are.
    """

    _inherit = 'iot.box'

    _READ_FOR_HANDLERS = (
        'contact_at',
        'drivers_auto_update',
        'drivers_etag',
        'drivers_fetched_at',
        'drivers_requested_at',
        'version',
    )

    drivers_etag = fields.Char(
        groups=fields.NO_ACCESS, copy=False, help="Names the drivers that the box has from here."
    )
    drivers_fetched_at = fields.Datetime("Drivers fetched on", readonly=True, copy=False)
    drivers_requested_at = fields.Datetime(
        groups=fields.NO_ACCESS, copy=False, help="When a person last asked for an update."
    )
    drivers_state = fields.Selection(
        [
            ('own', "Its own"),
            ('current', "Up to date"),
            ('outdated', "Newer ones here"),
            ('other_series', "Other Odoo version"),
            ('unavailable', "Stock drivers missing here"),
        ],
        "Drivers",
        compute='_compute_drivers_state',
        help="Whether the box has the drivers that addons of this database bring.\n"
        "Newer ones here: it takes them at its next start, if its automatic update is on, or by "
        "Update Drivers Now.\n"
        "Other Odoo version: it keeps its own, because these might break it.",
    )

    @api.depends('version', 'drivers_etag')
    def _compute_drivers_state(self):
        is_extended, handlers = find_handlers(self._get_handler_addons())
        # sudo - iot.box: whether the box has the drivers of this database is no secret
        for box_sudo in self.sudo():
            if not is_extended and not box_sudo.drivers_etag:
                box_sudo.drivers_state = 'own'
            elif odoo_series(box_sudo.version) != release.series:
                box_sudo.drivers_state = 'other_series'
            elif not handlers:
                box_sudo.drivers_state = 'unavailable'
            elif bundle_etag(handlers, box_sudo.version) == box_sudo.drivers_etag:
                box_sudo.drivers_state = 'current'
            else:
                box_sudo.drivers_state = 'outdated'

    @api.model
    def _get_handlers(self, identifier, *, if_none_match, automatic, source):
        """Return the drivers for a box that asks for them.

        Only a box that has shown its token lately, from the same address, gets any.

        :param str identifier: of the box, as it says
        :param if_none_match: header that names the drivers it took from a server before
        :type if_none_match: str | None
        :param bool automatic: whether the box asks because it starts, not because a person wants it
        :param str source: network address of the box
        :return: ETag and zip; no zip if the box has these; None if it shall keep what it has
        :rtype: tuple[str, bytes | None] | None
        """
        box_sudo = self._identify(identifier, source=source, field_names=self._READ_FOR_HANDLERS)
        if not box_sudo or not box_sudo._is_heard():
            return None
        handlers = box_sudo._choose_handlers(if_none_match, automatic=automatic)
        if not handlers:
            if box_sudo.drivers_etag and not has_etag(if_none_match, box_sudo.drivers_etag):
                box_sudo.drivers_etag = False  # it was set up anew, or took another server's
            return None
        etag = bundle_etag(handlers, box_sudo.version)
        if has_etag(if_none_match, etag):
            if box_sudo.drivers_etag != etag:
                box_sudo.drivers_etag = etag
            return etag, None
        box_sudo._note_fetched(etag)
        return etag, build_bundle(handlers)

    def _choose_handlers(self, if_none_match, *, automatic):
        """Return the files that the box is to have; none if it shall keep what it has."""
        is_extended, handlers = self._find_handlers()
        if not is_extended and not if_none_match:
            return ()  # it has the stock ones of its own, which fit its software best
        if odoo_series(self.version) != release.series:
            return ()
        return () if automatic and not self._takes_drivers() else handlers

    def _note_fetched(self, etag):
        """Note what drivers are sent to the box, and when, to the minute."""
        now = fields.Datetime.now()
        fetched_at = self.drivers_fetched_at
        is_fresh = fetched_at and now - fetched_at < const.CONTACT_PRECISION
        if is_fresh and self.drivers_etag == etag and not self.drivers_requested_at:
            return
        self.write({'drivers_etag': etag, 'drivers_fetched_at': now, 'drivers_requested_at': False})
        self._notify_changed()

    def _request_drivers(self):
        """Let the box take the drivers at its next start, even if it does not by itself."""
        self.drivers_requested_at = fields.Datetime.now()

    def _takes_drivers(self):
        """Tell whether the box may take drivers when it starts."""
        requested_at = self.drivers_requested_at
        return self.drivers_auto_update or (
            requested_at and fields.Datetime.now() - requested_at <= const.DRIVERS_REQUEST_LIFETIME
        )

    def _is_heard(self):
        """Tell whether the box has shown its token lately, or has listened ever since."""
        now = fields.Datetime.now()
        is_set_up = self.contact_at and now - self.contact_at <= const.HANDLERS_AFTER_SETUP
        return is_set_up or self.is_online

    @api.model
    def _find_handlers(self, has_certificates=None):
        """Return what there is for boxes, see `handler_files.find_handlers_lately`.

        :param has_certificates: whether this database has issued any, None if that is to be asked
        :type has_certificates: bool | None
        """
        return find_handlers_lately(self._get_handler_addons(has_certificates), time.monotonic())

    @api.model
    def _get_handler_addons(self, has_certificates=None):
        """Return the installed addons whose handlers boxes may get, if they have any.

        :rtype: frozenset[str]
        """
        addons = frozenset(self.env['ir.module.module']._installed())
        if has_certificates is None:
            # sudo - iot.certificate: whether there is any is no secret
            has_certificates = bool(self.env['iot.certificate'].sudo().search([], limit=1))
        if not has_certificates and not self.env['iot.eligibility']._decide().is_eligible:
            addons -= {OWN_ADDON}
        return addons
