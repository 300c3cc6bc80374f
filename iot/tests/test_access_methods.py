from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .access_common import AccessCommon
from .access_table import ARGUMENTS, METHODS, TOLD
from .common import DEVICES


class AccessMethodsTests:
    """Who may call what over RPC."""

    METHODS = METHODS
    ARGUMENTS = ARGUMENTS
    TOLD = TOLD

    def test_every_method_has_its_row(self):
        methods = {model: set(names) for model, names in self.METHODS.items()}
        self.assertEqual(self.own_methods(), methods)

    def calls(self, role):
        """Return model, method, arguments of each call, and whether the role may make it."""
        for model, methods in self.METHODS.items():
            for method, roles in methods.items():
                arguments = self.ARGUMENTS.get(method, [])
                if not self.is_of_model(model, method):
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
                        self.assertIn(self.TOLD.get(method, "nothing"), str(error))
                    else:
                        self.assertNotIn(method, self.TOLD)
                    finally:
                        self.env.clear()
                        savepoint.close(rollback=True)

    @mute_logger('odoo.http')
    def test_all_others_are_refused_and_nothing_changes(self):
        before = self.snapshot()
        for role, user in self.roles.items():
            self.authenticate(user.login, user.login)
            for model, method, arguments, may in self.calls(role):
                if not may:
                    with self.subTest(role=role, model=model, method=method):
                        self.assertEqual(
                            self.call(model, method, arguments), 'odoo.exceptions.AccessError'
                        )
        self.assertEqual(self.snapshot(), before)

    def test_the_former_company_of_a_box_can_do_nothing_with_it(self):
        _token, secret = self.mint(self.manager)
        self.set_up(self.box.identifier, secret, DEVICES)  # to undo that would disconnect it
        self.box.company_id = self.other_company
        before = self.snapshot()
        for model, method, arguments, may in self.calls('manager'):
            if not may or self.is_of_model(model, method) or model == 'res.config.settings':
                continue
            with self.subTest(model=model, method=method):
                savepoint = self.env.cr.savepoint()
                try:
                    call_kw(self.env[model].with_user(self.manager), method, arguments, {})
                except UserError:
                    self.env.clear()
                self.assertEqual(self.snapshot(), before)
                savepoint.close(rollback=True)

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


@tagged('post_install', '-at_install')
class TestAccessMethods(AccessMethodsTests, AccessCommon, HttpCase):
    allow_inherited_tests_method = True
