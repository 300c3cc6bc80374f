from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import SQL

from ..models import cron_step
from ..models.websocket_heart import heart
from ..tools.setup_payload import SetupPayload

NOW = datetime(2026, 3, 2, 9, 0, 0)

# As the stock client sends them (contract section 16).
PRINTER = {
    'name': "EPSON TM-m30",
    'type': 'printer',
    'manufacturer': "",
    'connection': 'direct',
    'subtype': 'receipt_printer',
}
SCALE = {
    'name': "Toledo 8217 Serial Scale",
    'type': 'scale',
    'manufacturer': "Toledo",
    'connection': 'serial',
    'subtype': "",
}
DEVICES = {'usbEPSONTM-m30serial0': PRINTER, '/dev/ttyUSB0': SCALE}


def wire_box(identifier, token, **values):
    """Return the ``iot_box`` of a setup as the 19.0 client writes it."""
    return {
        'identifier': identifier,
        'mac': 'b8:27:eb:00:00:01',
        'ip': '192.168.1.20',
        'token': token,
        'version': 'L2025.10.22-19.0#1a2b3c4',
        **values,
    }


def wire_log(identifier, *records):
    """Return the body of a log post as the 19.0 client writes it."""
    return ''.join(f'{text}<log/>\n' for text in (f'identifier {identifier}', *records)).encode()


class IotCommon(TransactionCase):
    """Users of each role, a second company, and the two sides of a setup at a frozen time.

    To post over HTTP use `http_common`; here the model is called as the controller calls it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.other_company = cls.env['res.company'].create({'name': "Other Company"})
        cls.user = new_test_user(cls.env, 'iot_user', 'iot.group_iot_user')
        cls.manager = new_test_user(cls.env, 'iot_manager', 'iot.group_iot_manager')
        cls.other_manager = new_test_user(
            cls.env,
            'iot_other_manager',
            'iot.group_iot_manager',
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.outsider = new_test_user(cls.env, 'iot_outsider', 'base.group_user')
        cls.public_user = cls.env.ref('base.public_user')
        cls.env['ir.config_parameter'].set_param('web.base.url', 'https://odoo.example.com')

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(NOW))
        # it would say by a cursor of its own, and in its own time, that this process lives
        self.enterContext(patch.object(heart, 'join'))
        # steps of scheduled actions are committed, which tests are not; see `test_cron_step`
        self.enterContext(patch.object(cron_step, 'retrying', lambda step, _env: step()))

    def move_websocket(self, box, server='other process'):
        """Let another server process hold the websocket of a box; `beat` keeps it alive."""
        self.beat(server)
        box.sudo().websocket_server = server

    def beat(self, server='other process'):
        self.env['iot.websocket.server']._beat(server)
        self.env.invalidate_all()

    def mint(self, user=None):
        """Return a fresh token of ``user`` and its secret."""
        token_model = self.env['iot.token'].with_user(user or self.manager)
        token, secret = token_model._mint(token_model._get_validity())
        return token.sudo(), secret

    def set_up(self, identifier, secret, devices=None, source='192.168.1.20', **values):
        """Post a setup as the anonymous user of the route; return the channel or None."""
        payload = SetupPayload.parse(wire_box(identifier, secret, **values), devices or {})
        channel = self.env['iot.box'].with_user(self.public_user)._set_up(payload, source=source)
        self.env.flush_all()
        return channel

    def connect(self, identifier='10000000abcd1234', devices=None, user=None, **options):
        """Return a connected box, its secret and its channel."""
        _token, secret = self.mint(user)
        channel = self.set_up(identifier, secret, devices, **options)
        return self.find_box(identifier), secret, channel

    def find_box(self, identifier):
        return self.env['iot.box'].search([('identifier', '=', identifier)])

    def snapshot(self):
        """Return all that our addons have stored, but for the ledger of who was refused."""
        self.env.flush_all()
        [[names]] = self.env.execute_query(
            SQL(
                r"SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'public'"
                r" AND tablename LIKE 'iot\_%%' AND tablename != 'iot_connection_attempt'"
            )
        )
        return {
            name: self.env.execute_query(
                SQL("SELECT to_jsonb(t) FROM %s t ORDER BY t::text", SQL.identifier(name))
            )
            for name in names
        }

    def notifications(self, message_type):
        """Return the channels and payloads of the bus messages of this type sent so far."""
        on_the_bus = self.env['bus.bus'].search([]).sorted('id').read(['channel', 'message'])
        return [
            (values['channel'], values['message'])
            for values in (
                *on_the_bus,  # a savepoint puts there what was sent before
                *self.env.cr.precommit.data.get('bus.bus.values', []),
            )
            if f'"type":"{message_type}"' in values['message']
        ]

    def forget_notifications(self):
        """Let `notifications` start anew."""
        self.env.cr.precommit.clear()
        self.env['bus.bus'].search([]).unlink()
