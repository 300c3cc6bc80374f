from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from .. import const
from ..exceptions import SetupRefused
from ..tools.box_address import homepage_url
from ..tools.box_message import addressed
from ..tools.box_status import OFFLINE
from ..tools.box_version import split_version


class IotBox(models.Model):
    """An IoT system: a Raspberry Pi or a Windows computer with the stock box software.

    Boxes are made and refreshed by their own setup posts only (contract section 3.2). The record is
    also the bus channel to the box: messages never go to a channel that has a name.
    """

    _name = 'iot.box'
    _description = "IoT Box"
    _inherit = ['iot.described.mixin', 'bus.listener.mixin']
    _order = 'name, id'

    _ANNOUNCED = ('identifier', 'mac', 'ip', 'version')  # what each setup tells of the box itself

    name = fields.Char(required=True)
    identifier = fields.Char(
        required=True, readonly=True, copy=False, help="Serial number, printed on the box."
    )
    company_id = fields.Many2one('res.company', required=True, index=True)
    drivers_auto_update = fields.Boolean(
        "Automatic drivers update",
        default=True,
        help="The box takes the drivers of this database each time it starts.",
    )
    device_ids = fields.One2many('iot.device', 'box_id', "Devices", readonly=True)
    device_count = fields.Integer(compute='_compute_device_counts')
    connected_device_count = fields.Integer(compute='_compute_device_counts')

    mac = fields.Char("MAC Address", readonly=True)
    ip = fields.Char("Domain Address", readonly=True, help="As the box announces it.")
    homepage_url = fields.Char("Homepage", compute='_compute_homepage_url')
    version = fields.Char(readonly=True)
    image_version = fields.Char(compute='_compute_versions', store=True)
    odoo_version = fields.Char(compute='_compute_versions', store=True)

    connected_by_id = fields.Many2one('res.users', "Connected by", readonly=True)
    connected_at = fields.Datetime("Connected on", readonly=True)

    refused_attempt_count = fields.Integer(
        compute='_compute_refused_attempt_count', groups='iot.group_iot_manager'
    )

    _identifier_unique = models.Constraint(
        'unique (identifier)', "An IoT box with this identifier exists already."
    )

    # === COMPUTE METHODS === #

    @api.depends('device_ids.announced_connected', 'status')
    def _compute_device_counts(self):
        counts = {
            (box, connected): count
            for box, connected, count in self.env['iot.device']._read_group(
                [('box_id', 'in', self.ids)], ['box_id', 'announced_connected'], ['__count']
            )
        }
        for box in self:
            connected = counts.get((box, True), 0)
            box.connected_device_count = 0 if box.status == OFFLINE else connected
            box.device_count = connected + counts.get((box, False), 0)

    @api.depends('ip', 'certified_address', 'certificate_end_date')
    def _compute_homepage_url(self):
        for box in self:
            box.homepage_url = homepage_url(box.ip, box._get_certified_address())

    @api.depends('version')
    def _compute_versions(self):
        for box in self:
            box.image_version, box.odoo_version = split_version(box.version)

    def _compute_refused_attempt_count(self):
        counts = dict(
            self.env['iot.connection.attempt']._read_group(
                [('box_id', 'in', self.ids), ('outcome', '=', 'refused')], ['box_id'], ['__count']
            )
        )
        for box in self:
            box.refused_attempt_count = counts.get(box, 0)

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_disconnect(self):
        """Let deleted boxes forget this database."""
        self._disconnect()
        self._notify_changed()

    # === ACTIONS === #

    def action_open_homepage(self):
        self.ensure_one()
        return {'type': 'ir.actions.act_url', 'url': self.homepage_url, 'target': 'new'}

    def action_open_refused_attempts(self):
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'iot.connection.attempt',
            'view_mode': 'list',
            'domain': [('box_id', '=', self.id), ('outcome', '=', 'refused')],
            'name': self.env._("Refused Connection Attempts"),
        }

    # === BUSINESS METHODS === #

    @api.model
    def _set_up(self, payload, *, source):
        """Connect a box that presents an unused token, or refresh one that presents its own.

        :param tools.setup_payload.SetupPayload payload: checked wire values
        :param str source: network address of the box
        :return: the bus channel of the box, or of its tombstone; None when it is refused, then
            nothing has changed but the ledger of attempts
        :rtype: str | None
        :raise ConcurrencyError: when another post of the same box is being handled
        """
        # sudo - iot.*: the caller is anonymous, the token it presents decides
        self_sudo = self.sudo()
        box = self_sudo.search_fetch(
            [('identifier', '=', payload.identifier)],
            ['company_id', 'contact_at', 'setup_source', *self._ANNOUNCED],
        )
        token = self_sudo.env['iot.token']._find(payload.token)
        box = box or self_sudo._find_renamed(payload, token)
        now = fields.Datetime.now()
        try:
            if not payload.token:
                raise SetupRefused('missing_token')
            token._check_usable_by(box, identifier=payload.identifier, now=now)
        except SetupRefused as refusal:
            if self_sudo.env['iot.tombstone']._find(token, identifier=payload.identifier):
                # a deleted box is told so on its channel, which leads nowhere else
                return token._get_channel(payload.token)
            self_sudo.env['iot.connection.attempt']._record_refused(
                refusal.code, identifier=payload.identifier, source=source, token=token, box=box
            )
            box._note_refused(refusal, payload, token, now=now)
            return None
        try:
            if not token.used_at:
                box = box._connect(token, payload, source=source, now=now)
            box._refresh(payload, source=source, now=now)
            box.env.flush_all()
        except UniqueViolation as error:
            raise ConcurrencyError("This IoT box is being set up.") from error
        return token._get_channel(payload.token)

    def _connect(self, token, payload, *, source, now):
        """Tie this known box, or a new one, to a token that it is the first to present."""
        token._claim(source=source, now=now)
        reason = 'reconnected' if self else 'connected'
        connection = {'connected_by_id': token.create_uid.id, 'connected_at': now}
        if self:
            self.write(connection)
        else:
            self = self.create(
                {
                    'name': payload.name
                    or self._default_name(payload.identifier, token.create_uid),
                    'identifier': payload.identifier,
                    'company_id': token.company_id.id,
                    **connection,
                }
            )
        token._bind(self)
        self.env['iot.connection.attempt']._record_accepted(
            token, self, reason=reason, source=source
        )
        return self

    @api.model
    def _default_name(self, identifier, user):
        """Return a name in the language of the user who connects the box."""
        return self.with_context(lang=user.lang).env._("IoT Box %s", identifier[-16:])

    def _refresh(self, payload, *, source, now):
        """Store what is new in a setup; if nothing is, at most the minute of it."""
        news = {
            field: value
            for field in self._ANNOUNCED
            if (value := getattr(payload, field)) != (self[field] or '')
        }
        if source != self.setup_source:
            news['setup_source'] = source
        has_new_devices = self.env['iot.device']._update_from(self, payload.devices)
        if news or has_new_devices:
            self.write({**news, 'contact_at': now})
            self._notify_changed()
        elif not self.contact_at or now - self.contact_at >= const.CONTACT_PRECISION:
            self.contact_at = now

    def _note_refused(self, refusal, payload, token, *, now):
        """Hook: this known box, or none, was refused."""

    def _send_message(self, message_type, **payload):
        """Send a message to the box in the words of all known clients (contract section 11.2).

        :param str message_type: see contract section 4.3
        """
        self.ensure_one()
        self._bus_send(message_type, addressed(self.identifier, payload))

    def _notify_changed(self):
        """Tell the screens of IoT users to look again; what they see is up to their own rights."""
        self.env.ref('iot.group_iot_user')._bus_send('iot.box/changed', {'box_ids': self.ids})
