import re

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .access_common import AccessCommon
from .access_table import HARMLESS_FIELDS, SECRET_FIELDS

SUSPICIOUS = re.compile(
    r'token|secret|key|hash|seal|uuid|uid|payload|password|pem|channel|(^|pairing_|enterprise_)code$'
)


class AccessFieldsTests:
    """Secrets are read by nobody, in no way, not even bit by bit."""

    SECRET_FIELDS = SECRET_FIELDS
    HARMLESS_FIELDS = HARMLESS_FIELDS

    def test_what_is_secret_is_said_so(self):
        self.assertEqual(self.secret_fields(), self.SECRET_FIELDS)
        suspicious = {
            f'{field.model_name}.{field.name}'
            for field in self.own_fields()
            if SUSPICIOUS.search(field.name)
            and field.name not in self.SECRET_FIELDS.get(field.model_name, ())
        }
        self.assertEqual(suspicious, self.HARMLESS_FIELDS)

    @mute_logger('odoo.models')
    def test_nobody_reads_secrets_in_any_way(self):
        user = self.everything()
        for model, names in self.SECRET_FIELDS.items():
            record = self.record(model).with_user(user)
            for name in names:
                for way, call in self.ways(record, name).items():
                    # an export tells that there is no such field
                    refusal = UserError if way == 'export' else AccessError
                    with self.subTest(field=f'{model}.{name}', way=way), self.assertRaises(refusal):
                        call()

    def ways(self, record, name):
        none = record.browse()
        # a required field that is not empty is no question at all
        value = record.sudo()[name]
        values = value.ids or [1] if isinstance(value, models.BaseModel) else [value]
        domain = [(name, 'in', values if record._fields[name].type != 'json' else ['a'])]
        return {
            'read': lambda: record.read([name]),
            'web_read': lambda: record.web_read({name: {}}),
            'search_read': lambda: none.search_read([], [name]),
            'web_search_read': lambda: none.web_search_read([], {name: {}}),
            'export': lambda: record.export_data([name]),
            'domain': lambda: none.search(domain),
            'count': lambda: none.search_count(domain),
            'name_search': lambda: none.name_search('', domain),
            'order': lambda: none.search([], order=name),
            'group': lambda: none.formatted_read_group([], [name], ['__count']),
            'web_group': lambda: none.web_read_group([], [name]),
            'aggregate': lambda: none.formatted_read_group([], [], [f'{name}:count_distinct']),
            'filtered': lambda: record.filtered_domain(domain),
            'write': lambda: record.write({name: False}),
        }

    def test_no_way_through_other_records_leads_to_secrets(self):
        user = self.everything()
        for model in self.env.registry:
            for field in self.env[model]._fields.values():
                secrets = self.SECRET_FIELDS.get(field.comodel_name, ())
                is_ours = set(field._modules) & set(self.ADDONS)
                for name in secrets if is_ours and field.store else ():
                    path = f'{field.name}.{name}'
                    with self.subTest(model=model, path=path), self.assertRaises(AccessError):
                        self.env[model].with_user(user).search([(path, '!=', False)])


class TestAccessFields(AccessFieldsTests, AccessCommon):
    allow_inherited_tests_method = True
