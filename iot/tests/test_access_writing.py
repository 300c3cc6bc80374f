from odoo.exceptions import AccessError, UserError
from odoo.fields import NO_ACCESS, Command
from odoo.tools import mute_logger

from .access_common import AccessCommon
from .access_table import RESTRICTED_FIELDS, WRITABLE_FIELDS
from .common import DEVICES


class AccessWritingTests:
    """Which fields a role writes of the records that it may write, and which ones it may not read
    of those that it may read, whatever a view shows."""

    WRITABLE_FIELDS = WRITABLE_FIELDS
    RESTRICTED_FIELDS = RESTRICTED_FIELDS

    @mute_logger('odoo.models')
    def test_each_role_writes_the_fields_of_the_table_and_no_others(self):
        fields = {}
        for field in self.own_fields():
            fields.setdefault(field.model_name, []).append(field)
        for model in sorted(fields):
            if self.env[model]._abstract or self.env[model]._transient:
                continue
            record = self.record(model)
            for role, user in {**self.roles, 'public': self.public_user}.items():
                own = record.with_user(user)
                may = own and own.has_access('write')
                written = {
                    field.name for field in fields[model] if may and self.is_written(own, field)
                }
                with self.subTest(model=model, role=role):
                    self.assertEqual(written, self.WRITABLE_FIELDS.get(model, {}).get(role, set()))

    def is_written(self, record, field):
        """Tell whether the record may be given the value that it has already."""
        value = field.convert_to_write(record.sudo()[field.name], record)
        savepoint = self.env.cr.savepoint()
        try:
            record.write({field.name: value})
        except AccessError:
            return False
        except UserError:  # let in, and told what is wrong with the value
            return True
        finally:
            self.env.clear()
            savepoint.close(rollback=True)
        return True

    @mute_logger('odoo.models')
    def test_fields_of_a_group_are_read_by_nobody_else(self):
        restricted = {}
        for field in self.own_fields():
            if field.groups and field.groups != NO_ACCESS:
                restricted.setdefault(field.model_name, {})[field.name] = field.groups
        self.assertEqual(restricted, self.RESTRICTED_FIELDS)
        for model, groups in restricted.items():
            record = self.record(model)
            for role, user in self.roles.items():
                own = record.with_user(user)
                for name, group in groups.items() if own.has_access('read') else ():
                    with self.subTest(model=model, role=role, field=name):
                        for read in (
                            lambda own=own, name=name: own.read([name]),
                            lambda own=own, name=name: own.search_read([], [name]),
                        ):
                            if user.has_group(group):
                                read()
                            else:
                                with self.assertRaises(AccessError):
                                    read()


class TestAccessWriting(AccessWritingTests, AccessCommon):
    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        self.other_box = self.connect('30000000abcd1234', DEVICES, user=self.other_manager)[0]
        self.env.flush_all()

    @mute_logger('odoo.models')
    def test_nothing_is_written_into_another_company(self):
        box, device = self.box.with_user(self.manager), self.box.device_ids[:1]
        before = self.snapshot()
        for record, values in (
            (device, {'box_id': self.other_box.id, 'identifier': 'new'}),
            (device, {'company_id': self.other_company.id}),
            (box, {'company_id': self.other_company.id}),
            (box, {'identifier': 'another', 'setup_source': '192.168.1.99'}),
            (box, {'database_uuid': 'another'}),
            (box, {'device_ids': [Command.link(self.other_box.device_ids[:1].id)]}),
            (box, {'device_ids': [Command.update(device.id, {'identifier': 'another'})]}),
        ):
            savepoint = self.env.cr.savepoint()
            with self.subTest(values=values), self.assertRaises(AccessError):
                record.with_user(self.manager).write(values)
                self.env.flush_all()
            self.env.clear()
            savepoint.close(rollback=True)
        self.assertEqual(self.snapshot(), before)

    def test_who_is_in_both_companies_gives_a_box_with_its_credential_to_the_other(self):
        token = self.env['iot.token'].search(
            [('box_id', '=', self.box.id), ('revoked_at', '=', False)]
        )
        self.manager.company_ids = [Command.link(self.other_company.id)]
        self.box.with_user(self.manager).company_id = self.other_company
        self.env.flush_all()
        for records in (self.box, self.box.device_ids, token):
            self.assertEqual(records.company_id, self.other_company)
        self.assertEqual(self.set_up(self.box.identifier, self.secret), self.channel)
