from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import DEVICES, PosIotCommon


@tagged('post_install', '-at_install')
class TestSettings(PosIotCommon):
    def setUp(self):
        super().setUp()
        self.box, _secret, _channel = self.connect(devices=DEVICES)
        self.pos_manager.group_ids |= self.env.ref('base.group_system')

    def settings(self):
        model = self.env['res.config.settings'].with_user(self.pos_manager)
        return Form(model.with_context(active_model='pos.config', active_id=self.config.id))

    def test_a_box_that_is_chosen_proposes_its_devices(self):
        with self.settings() as form:
            form.pos_is_posbox = True
            form.pos_iot_box_id = self.box
            self.assertEqual(form.pos_iot_scale_id, self.device(self.box, 'scale'))
            form.pos_iot_display_id = self.env['iot.device']
        self.assertRecordValues(
            self.config,
            [
                {
                    'iot_box_id': self.box.id,
                    'iot_receipt_printer_id': self.device(self.box, 'printer').id,
                    'iot_scale_id': self.device(self.box, 'scale').id,
                    'iot_display_id': False,
                    'iot_scanner_ids': self.device(self.box, 'scanner').ids,
                    'iface_print_via_proxy': True,
                    'iface_cashdrawer': True,
                    'iface_electronic_scale': True,
                }
            ],
        )

    def test_settings_saved_without_a_change_leave_the_association_as_it_is(self):
        self.config.with_user(self.pos_manager).associate_iot_box(self.box.id)
        with self.settings() as form:
            form.pos_iface_print_auto = True
        self.assertTrue(self.config.iface_print_auto)
        self.assertEqual(self.config.iot_device_ids, self.box.device_ids)
        self.assertTrue(self.config.iface_cashdrawer)
        self.config.with_user(self.pos_manager).undo_iot_association()

    def test_the_switch_takes_the_box_away(self):
        self.config.with_user(self.pos_manager).associate_iot_box(self.box.id)
        with self.settings() as form:
            form.pos_is_posbox = False
        self.assertRecordValues(
            self.config,
            [{'iot_box_id': False, 'iot_device_ids': [], 'is_posbox': False}],
        )

    def test_a_scanner_is_taken_away(self):
        self.config.with_user(self.pos_manager).associate_iot_box(self.box.id)
        settings = self.settings().save()
        settings.pos_iot_scanner_ids = [Command.clear()]
        settings.execute()
        self.assertFalse(self.config.iot_scanner_ids)
