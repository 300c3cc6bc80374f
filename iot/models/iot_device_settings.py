from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import MAX_URL_LENGTH
from ..exceptions import MalformedAction
from ..tools.device_action import DeviceAction

SETTINGS = frozenset({'keyboard_layout_id', 'is_scanner', 'display_url'})


class IotDevice(models.Model):
    """What a device is told to be like.

    A setting is kept until the device has confirmed it: it is told when it is set, and whenever the
    device comes back.
    """

    _inherit = 'iot.device'

    keyboard_layout_id = fields.Many2one(
        'iot.keyboard.layout', help="Empty: the layout of the United States."
    )
    is_scanner = fields.Boolean(
        "Is a Barcode Scanner",
        compute='_compute_is_scanner',
        store=True,
        readonly=False,
        help="Many barcode scanners pretend to be a keyboard. One that is known as a scanner sends "
        "whole barcodes.",
    )
    display_url = fields.Char(
        "Page",
        help="Address of the page that the display shows. Whoever is in the network of the IoT box "
        "can find it out: it should have no secret in it.",
    )
    unconfirmed_settings = fields.Json(readonly=True, copy=False, help="Names of fields.")
    settings_error = fields.Char(readonly=True, copy=False, help="As reported by the box.")

    @api.depends('type')
    def _compute_is_scanner(self):
        for device in self:
            device.is_scanner = device.type == 'scanner'

    @api.constrains('display_url')
    def _check_display_url(self):
        """Say in their language what people can mistype; the rest only programs can send."""
        for device in self.filtered(lambda device: device.type == 'display'):
            try:
                device._parse_setting('display_url')
            except MalformedAction as error:
                raise ValidationError(
                    self.env._(
                        "The page of a display must be an address that begins with http:// or "
                        "https://, of at most %s characters.",
                        MAX_URL_LENGTH,
                    )
                ) from error

    def write(self, vals):
        """Override to tell devices their settings, and again to those that have come back."""
        result = super().write(vals)
        if changed := SETTINGS & vals.keys():
            # sudo - iot.device: the rights were checked; nobody writes these fields by hand
            for device in self.sudo():
                names = sorted(changed | {*(device.unconfirmed_settings or ())})
                device.write({'unconfirmed_settings': names, 'settings_error': False})
            self._send_settings(changed)
        elif vals.get('announced_connected'):
            self._send_unconfirmed_settings()
        return result

    def _send_unconfirmed_settings(self):
        """Tell devices what they have not confirmed, and forget what they cannot be any more.

        By now another device may have the identifier.
        """
        # what came back tells who is meant, not who may have set it
        for device in self.with_user(SUPERUSER_ID):
            names = device.unconfirmed_settings or []
            possible = [name for name in names if device._is_possible(name)]
            if possible != names:
                device.write({'unconfirmed_settings': possible or False, 'settings_error': False})
            device._send_settings(possible)

    def _send_settings(self, names):
        """Tell settings to the devices that listen.

        :raise UserError: when a device has no such setting, or cannot have this value
        """
        for device in self:
            for name in sorted(names):
                try:
                    checked = device._parse_setting(name)
                except MalformedAction as error:
                    raise UserError(
                        self.env._(
                            "The device cannot be set like this: %(reason)s", reason=error.message
                        )
                    ) from error
                if device.connected and device.box_id.is_online:
                    device._start_action(checked, setting=name)

    def _is_possible(self, name):
        try:
            return bool(self._parse_setting(name))
        except MalformedAction:
            return False

    def _parse_setting(self, name):
        """Return the checked action that tells a setting.

        :rtype: DeviceAction
        :raise MalformedAction: when the device has no such setting, or cannot have this value
        """
        return DeviceAction.parse(self.type, *self._prepare_setting(name))

    def _prepare_setting(self, name):
        """Return the action that tells a setting, and its arguments."""
        if name == 'is_scanner':
            return 'update_is_scanner', {'is_scanner': self.is_scanner}
        if name == 'display_url':
            # "close" makes a display forget its page
            return ('update_url', {'url': self.display_url}) if self.display_url else ('close', {})
        layout = self.keyboard_layout_id
        return 'update_layout', {'layout': layout.layout or '', 'variant': layout.variant or ''}

    def _note_setting(self, name, request):
        """Note what became of the last request that told a setting."""
        if request.state != 'done':
            self.settings_error = request.state == 'failed' and request.message
        else:
            names = [other for other in self.unconfirmed_settings or () if other != name]
            self.unconfirmed_settings = names or False
            if name == 'is_scanner':
                # the device is another one now, which its box tells at its next start only
                self.type = 'scanner' if self.is_scanner else 'keyboard'
        self.box_id._notify_changed()


class IotRequest(models.Model):
    """Requests that tell a setting to a device."""

    _inherit = 'iot.request'

    setting = fields.Char(readonly=True, help="Name of the field of the device.")

    def _on_ended(self):
        """Override to note which settings a device has taken; a later request knows better."""
        result = super()._on_ended()
        if self.setting and not self.search_count(
            [
                ('device_id', '=', self.device_id.id),
                ('setting', '=', self.setting),
                ('id', '>', self.id),
            ],
            limit=1,
        ):
            self.device_id._note_setting(self.setting, self)
        return result


class IotBox(models.Model):
    """What boxes and their coming back mean for the settings of their devices."""

    _inherit = 'iot.box'

    def _websocket_opened(self, key):
        """Override to tell devices what they have not confirmed yet."""
        result = super()._websocket_opened(key)
        self.device_ids.filtered('connected')._send_unconfirmed_settings()
        return result

    @api.model
    def _get_display_urls(self, identifier, *, source):
        """Return what the displays of a box shall show, when it asks.

        :param str identifier: of the box, as it says
        :param str source: network address of the box
        :return: addresses by identifier of the display
        :rtype: dict[str, str]
        """
        return {
            device.identifier: device.display_url
            for device in self._identify(identifier, source=source).device_ids
            if device.type == 'display' and device.display_url
        }
