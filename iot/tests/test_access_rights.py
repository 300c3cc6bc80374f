from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ..tools.box_log import BoxLog
from .common import DEVICES, IotCommon, wire_log

MODELS = (
    'iot.box', 'iot.device', 'iot.token', 'iot.connection.attempt', 'iot.log', 'iot.tombstone',
    'iot.move',
)  # fmt: skip
# seen by users as far as they are their own, written by methods only
REQUESTS = 'iot.request'
# boxes tell it without saying who they are: of no company
COMMON = 'iot.keyboard.layout'
NOBODYS_MODELS = (
    'iot.broker.pairing', 'iot.broker.guesser', 'iot.websocket.server', 'iot.certificate.root',
    'iot.wildcard', 'iot.secret', 'iot.address.record',
)  # fmt: skip
# seen by administrators, see ``test_iot_certificate.py``
CERTIFICATES = ('iot.certificate', 'iot.certificate.event')


class TestAccessRights(IotCommon):
    def setUp(self):
        super().setUp()
        self.connect('20000000abcd1234')[0].unlink()
        self.box, self.secret, self.channel = self.connect(devices=DEVICES)
        log = BoxLog.parse(wire_log(self.box.identifier, '20,Started'))
        self.env['iot.log']._store(log, source=self.box.setup_source)
        self.env['iot.move']._start(self.box, 'https://new.example.com')

    def records(self, model, user):
        return self.env[model].search([]).with_user(user)

    def test_people_without_a_role_see_nothing(self):
        for user in (self.outsider, self.public_user):
            for model in MODELS:
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_users_see_boxes_and_devices_only(self):
        self.assertEqual(self.env['iot.box'].with_user(self.user).search([]), self.box)
        self.assertEqual(len(self.env['iot.device'].with_user(self.user).search([])), 2)
        for model in MODELS[2:]:
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.user).search([])
        with self.assertRaises(AccessError):
            self.box.with_user(self.user).read(['refused_attempt_count'])

    def test_users_change_nothing(self):
        for model in ('iot.box', 'iot.device'):
            records = self.records(model, self.user)
            for operation in (
                lambda records=records: records.write({'name': "X"}),
                lambda records=records: records.unlink(),
                lambda records=records: records.create({'name': "X"}),
            ):
                with self.assertRaises(AccessError):
                    operation()

    def test_administrators_configure_and_delete_boxes_but_do_not_make_them(self):
        box = self.box.with_user(self.manager)
        box.write({'name': "Counter", 'drivers_auto_update': False})
        self.assertEqual(self.box.name, "Counter")
        with self.assertRaises(AccessError):
            box.create({'name': "X", 'identifier': 'x', 'company_id': self.company.id})
        box.unlink()
        self.assertFalse(self.box.exists())

    def test_nobody_writes_tokens_ledger_or_logs_by_hand(self):
        for model in ('iot.token', 'iot.connection.attempt', 'iot.log', 'iot.move'):
            records = self.records(model, self.manager)
            self.assertTrue(records.read())
            for operation in (
                lambda records=records: records.write({'company_id': self.other_company.id}),
                lambda records=records: records.unlink(),
                lambda records=records: records.create({'company_id': self.company.id}),
            ):
                with self.assertRaises(AccessError):
                    operation()

    @mute_logger('odoo.models')
    def test_secrets_are_read_by_nobody(self):
        for model, fields in [
            ('iot.token', ('token_hash', 'channel_hash')),
            ('iot.box', ('websocket_key', 'websocket_server')),
        ]:
            for field in fields:
                for user in (self.manager, self.env.ref('base.user_admin')):
                    records = self.records(model, user)
                    self.assertNotIn(field, records.fields_get())
                    self.assertNotIn(field, records.read()[0])
                    with self.assertRaises(AccessError):
                        records.read([field])
                    with self.assertRaises(AccessError):
                        records.search([(field, 'like', 'a')])
                    with self.assertRaises(UserError):
                        records.export_data([field])

    def test_another_company_sees_and_touches_nothing(self):
        for model in MODELS:
            self.assertFalse(self.env[model].with_user(self.other_manager).search([]))
            with self.assertRaises(AccessError):
                self.records(model, self.other_manager).read(['company_id'])
        with self.assertRaises(AccessError):
            self.box.with_user(self.other_manager).unlink()
        self.assertTrue(self.box.exists())

    @mute_logger('odoo.addons.iot.models.iot_connection_attempt')
    def test_attempts_that_belong_to_no_company_are_seen_by_every_administrator(self):
        self.set_up('stranger', 'wrong')
        for user in (self.manager, self.other_manager):
            attempts = self.env['iot.connection.attempt'].with_user(user)
            self.assertEqual(attempts.search([('outcome', '=', 'refused')]).identifier, 'stranger')

    def test_every_model_has_a_decision_for_every_role(self):
        models = self.env['ir.model'].search(
            [('model', '=like', 'iot.%'), ('abstract', '=', False)]
        )
        self.assertEqual(
            set(models.mapped('model')),
            {*MODELS, REQUESTS, COMMON, *CERTIFICATES, *NOBODYS_MODELS},
        )
        for model in models:
            rights = model.access_ids
            if model.model in NOBODYS_MODELS:
                granted = [rights.perm_read, rights.perm_write, rights.perm_create]
                self.assertFalse(any([*granted, rights.perm_unlink]), model.model)
            else:
                self.assertTrue(rights and all(right.group_id for right in rights), model.model)
                self.assertEqual(bool(model.rule_ids), model.model != COMMON, model.model)

    def test_nobody_reads_pairings_or_counts_of_wrong_codes(self):
        self.env['iot.broker.pairing']._register_box('b1', source='192.168.1.20')
        for model in NOBODYS_MODELS:
            for user in (self.manager, self.env.ref('base.user_admin'), self.public_user):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
