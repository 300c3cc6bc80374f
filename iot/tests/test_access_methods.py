from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .access_common import AccessCommon
from .access_table import ARGUMENTS, METHODS


class AccessMethodsTests:
    """Who may call what over RPC."""

    METHODS = METHODS
    ARGUMENTS = ARGUMENTS

    def test_every_method_has_its_row(self):
        methods = {model: set(names) for model, names in self.METHODS.items()}
        self.assertEqual(self.own_methods(), methods)

    def calls(self, role):
        """Return model, method, arguments of each call, and whether the role may make it."""
        for model, methods in self.METHODS.items():
            for method, roles in methods.items():
                arguments = self.ARGUMENTS.get(method, [])
                if not getattr(getattr(self.env.registry[model], method), '_api_model', False):
                    arguments = [self.target(model).ids, *arguments]
                yield model, method, arguments, role in roles

    def target(self, model):
        if model == 'iot.device':
            return self.box.device_ids.filtered(lambda device: device.type == 'scale')
        if model == 'res.config.settings':
            return self.env[model].create({})
        return self.record(model)

    def test_those_who_may_are_let_in(self):
        for role, user in self.roles.items():
            for model, method, arguments, may in self.calls(role):
                if not may:
                    continue
                with self.subTest(role=role, model=model, method=method):
                    savepoint = self.env.cr.savepoint()
                    try:
                        call_kw(self.env[model].with_user(user), method, arguments, {})
                    except UserError as error:  # let in, and told what is wrong with the call
                        self.assertNotIsInstance(error, AccessError)
                    finally:
                        self.env.clear()
                        savepoint.close(rollback=True)

    @mute_logger('odoo.http')
    def test_all_others_are_refused_and_nothing_changes(self):
        before = self.state()
        for role, user in self.roles.items():
            self.authenticate(user.login, user.login)
            for model, method, arguments, may in self.calls(role):
                if not may:
                    with self.subTest(role=role, model=model, method=method):
                        self.assertEqual(
                            self.call(model, method, arguments), 'odoo.exceptions.AccessError'
                        )
        self.assertEqual(self.state(), before)

    @mute_logger('odoo.http')
    def test_strangers_are_asked_to_log_in(self):
        self.authenticate(None, None)
        for model, method, arguments, _may in self.calls('public'):
            with self.subTest(model=model, method=method):
                self.assertEqual(
                    self.call(model, method, arguments), 'odoo.http.SessionExpiredException'
                )

    def call(self, model, method, arguments):
        """Call as a browser does; return the name of the error, or None."""
        params = {'model': model, 'method': method, 'args': arguments, 'kwargs': {}}
        answer = self.opener.post(
            f'{self.base_url()}/web/dataset/call_kw/{model}/{method}', json={'params': params}
        ).json()
        return answer['error']['data']['name'] if 'error' in answer else None

    def rows(self, model):
        return self.env[model].search([]).read(['state', 'write_date'])

    def state(self):
        return str((self.snapshot(), *(self.rows(model) for model in ('iot.request', 'iot.move'))))


@tagged('post_install', '-at_install')
class TestAccessMethods(AccessMethodsTests, AccessCommon, HttpCase):
    allow_inherited_tests_method = True
