"""The models, fields and methods of our addons as they are, with a record of each model."""

import inspect
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tests import new_test_user

from ..models.iot_acme import KEY_SECRET
from ..tools.box_log import BoxLog
from .common import DEVICES, NOW, IotCommon, wire_log

CRUD = ('create', 'write', 'unlink', 'copy')  # see `access_table.RIGHTS`


class AccessCommon(IotCommon):
    ADDONS = ('iot',)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user = new_test_user(cls.env, 'iot_portal', 'base.group_portal')
        cls.roles = {
            'portal': cls.portal_user,
            'outsider': cls.outsider,
            'user': cls.user,
            'manager': cls.manager,
            'other_manager': cls.other_manager,
        }

    def setUp(self):
        super().setUp()
        self.connect('20000000abcd1234')[0].unlink()
        self.box, self.secret, self.channel = self.connect(devices=DEVICES)
        self.make_records()
        self.env.flush_all()

    def make_records(self):
        """Make one of each model that a connected and a deleted box do not have yet."""
        log = BoxLog.parse(wire_log(self.box.identifier, '20,Started'))
        self.env['iot.log']._store(log, source=self.box.setup_source)
        self.env['iot.move']._start(self.box, 'https://new.example.com')
        scale = self.box.device_ids.filtered(lambda device: device.type == 'scale')
        scale.with_user(self.user).request_action('read_once')
        self.env['iot.websocket.server']._beat('a process')
        self.env['iot.broker.pairing']._register_box('b1', source='192.168.1.30')
        self.env['iot.secret']._set(KEY_SECRET, 'c2VjcmV0')
        until = {'not_after': NOW + timedelta(days=30), 'renew_at': NOW + timedelta(days=20)}
        for model, values in {
            'iot.address.record': {'name': 'a.example.com', 'address': '192.168.1.20'},
            'iot.broker.guesser': {'key': 'address 192.168.1.30', 'since': NOW},
            'iot.certificate': {
                'box_id': self.box.id,
                'authority': 'own',
                'names': 'box.example.com',
                'fingerprint': 'ab',
                'serial': '1',
                'not_before': NOW,
                **until,
            },
            'iot.certificate.event': {
                'box_id': self.box.id,
                'code': 'issued',
                'detail': '-',
                'noted_at': NOW,
            },
            'iot.certificate.root': {
                'name': "Root",
                'certificate_pem': 'PEM',
                'fingerprint': 'cd',
                'not_after': NOW,
                'sealed_key': 'sealed',
            },
            'iot.keyboard.layout': {'name': "Belgian", 'layout': 'be'},
            'iot.wildcard': {'authority': 'acme', **until},
        }.items():
            self.env[model].create(values)

    def record(self, model):
        """Return the record of the first company."""
        return self.env[model].search([], limit=1)

    def own_models(self):
        return {
            name
            for name, model in self.env.registry.items()
            if model._original_module in self.ADDONS and not model._abstract
        }

    def own_fields(self):
        """Return the stored and computed fields that our addons define, in whatever model."""
        return [
            field
            for name in self.env.registry
            for field in self.env[name]._fields.values()
            if set(field._modules) & set(self.ADDONS) and field.name not in LOG_ACCESS_COLUMNS
        ]

    def secret_fields(self):
        secrets = {}
        for field in self.own_fields():
            if field.groups == fields.NO_ACCESS:
                secrets.setdefault(field.model_name, set()).add(field.name)
        return secrets

    def own_methods(self):
        """Return the methods of our addons that browsers can call, by model."""
        methods = {}
        for name, model in self.env.registry.items():
            names = {
                method
                for definition in model.mro()
                if vars(definition).get('_module') in self.ADDONS
                for method, value in vars(definition).items()
                if inspect.isfunction(inspect.unwrap(value) if callable(value) else value)
                and not method.startswith('_')
                and method not in CRUD
                and not getattr(getattr(model, method), '_api_private', False)
            }
            if names:
                methods[name] = names
        return methods

    def is_of_model(self, model, method):
        """Tell whether a method is called without records."""
        return getattr(getattr(self.env.registry[model], method), '_api_model', False)

    def everything(self):
        """Return a user with all rights in both companies."""
        user = new_test_user(self.env, 'everything', 'iot.group_iot_manager,base.group_system')
        user.write({'company_ids': [Command.link(self.other_company.id)]})
        return user
