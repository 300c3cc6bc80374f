from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from .. import const


class IotKeyboardLayout(models.Model):
    """A keyboard layout that boxes know. They tell all of them, without saying who they are, each
    time a keyboard is found (contract section 3.8)."""

    _name = 'iot.keyboard.layout'
    _description = "Keyboard Layout"
    _order = 'name, id'

    name = fields.Char(required=True, readonly=True)
    layout = fields.Char(required=True, readonly=True)
    variant = fields.Char(readonly=True)

    _code_unique = models.UniqueIndex("(layout, COALESCE(variant, ''))")

    @api.model
    def _learn(self, layouts, *, source):
        """Take in layouts that came from where a box was set up. Known ones are not written.

        :param layouts: checked ones, each once
        :type layouts: list[tools.keyboard_layouts.KeyboardLayout]
        :param str source: network address that they came from
        :raise ConcurrencyError: when another box tells new ones at the same time
        """
        # sudo - iot.box, iot.keyboard.layout: a box posts anonymously, its address vouches for it
        self_sudo = self.sudo()
        if not self_sudo.env['iot.box'].search_count([('setup_source', '=', source)], limit=1):
            return
        known = {
            (layout.layout, layout.variant or ''): layout
            for layout in self_sudo.search_fetch([], ['name', 'layout', 'variant'])
        }
        new = []
        for told in layouts:
            layout = known.get((told.layout, told.variant))
            if layout is None:
                new.append(
                    {'name': told.name, 'layout': told.layout, 'variant': told.variant or False}
                )
            elif layout.name != told.name:
                layout.name = told.name
        try:
            self_sudo.create(new[: max(const.MAX_KEYBOARD_LAYOUTS - len(known), 0)])
            self_sudo.flush_model()
        except UniqueViolation as error:
            raise ConcurrencyError("Another IoT box tells its keyboard layouts.") from error
