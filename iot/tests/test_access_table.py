from odoo.exceptions import AccessError, UserError

from .access_common import AccessCommon
from .access_table import RIGHTS

OPERATIONS = {'r': 'read', 'w': 'write', 'c': 'create', 'u': 'unlink'}


class AccessTableTests:
    """What each role may do with each model, whoever asks and by whichever way."""

    RIGHTS = RIGHTS

    def test_every_model_has_its_row(self):
        self.assertFalse(self.own_models() - set(self.RIGHTS))
        for model in self.RIGHTS:
            self.assertTrue(self.record(model), f"{model} has no record to try")

    def test_each_role_may_do_what_the_table_says_and_no_more(self):
        for model, rights in self.RIGHTS.items():
            record = self.record(model)
            for role, user in {**self.roles, 'public': self.public_user}.items():
                own = record.with_user(user)
                may = ''.join(key for key, name in OPERATIONS.items() if own.has_access(name))
                with self.subTest(model=model, role=role):
                    self.assertEqual(may, rights.get(role, ''))

    def test_who_may_not_read_learns_nothing_in_any_way(self):
        ways = (
            lambda own: own.search_count([]),
            lambda own: own.name_search(''),
            lambda own: own.search_read([], ['display_name']),
            lambda own: own.web_search_read([], {'display_name': {}})['records'],
            lambda own: [group for group in own.formatted_read_group([], [], ['__count'])
                         if group['__count']],
        )  # fmt: skip
        for model, rights in self.RIGHTS.items():
            record = self.record(model)
            for role, user in {**self.roles, 'public': self.public_user}.items():
                if 'r' in rights.get(role, ''):
                    continue
                own = record.with_user(user)
                with self.subTest(model=model, role=role):
                    for way in ways:
                        try:
                            self.assertFalse(way(own.browse()))
                        except AccessError:
                            continue
                    for way in (
                        lambda own: own.read(['display_name']),
                        lambda own: own.web_read({'display_name': {}}),
                        lambda own: own.copy(),
                        lambda own: own.export_data(['id']),
                    ):
                        with self.assertRaises(UserError):  # an `AccessError` is one
                            way(own)


class TestAccessTable(AccessTableTests, AccessCommon):
    allow_inherited_tests_method = True
