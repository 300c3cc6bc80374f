from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .. import const
from .common import DEVICES, PRINTER, SCALE, IotCommon

SERIAL = '10000000abcd1234'
PRINTER_ID, SCALE_ID = DEVICES


class TestDevicesOfASetup(IotCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect(SERIAL, DEVICES)

    def announce(self, devices):
        self.set_up(SERIAL, self.secret, devices)

    def device(self, identifier):
        return self.box.device_ids.filtered(lambda device: device.identifier == identifier)

    def test_devices_are_stored_as_announced(self):
        self.assertRecordValues(
            self.device(PRINTER_ID) | self.device(SCALE_ID),
            [
                {
                    'name': "EPSON TM-m30",
                    'announced_name': "EPSON TM-m30",
                    'type': 'printer',
                    'manufacturer': False,
                    'connection': 'direct',
                    'subtype': 'receipt_printer',
                    'announced_subtype': 'receipt_printer',
                    'connected': True,
                    'company_id': self.company.id,
                },
                {
                    'name': "Toledo 8217 Serial Scale",
                    'announced_name': "Toledo 8217 Serial Scale",
                    'type': 'scale',
                    'manufacturer': "Toledo",
                    'connection': 'serial',
                    'subtype': False,
                    'announced_subtype': False,
                    'connected': True,
                    'company_id': self.company.id,
                },
            ],
        )

    def test_an_empty_list_disconnects_and_deletes_nothing(self):
        self.announce({})
        self.assertEqual(self.box.device_ids.mapped('connected'), [False, False])
        self.assertEqual(self.box.connected_device_count, 0)
        self.announce(DEVICES)
        self.assertEqual(self.box.device_ids.mapped('connected'), [True, True])
        self.assertEqual(self.box.device_count, 2)

    def test_a_shorter_list_disconnects_what_is_missing(self):
        self.announce({SCALE_ID: SCALE})
        self.assertFalse(self.device(PRINTER_ID).connected)
        self.assertTrue(self.device(SCALE_ID).connected)

    def test_the_name_a_user_gave_survives_whatever_the_box_says(self):
        self.device(PRINTER_ID).with_user(self.manager).name = "Receipts"
        self.announce({})
        self.announce({**DEVICES, PRINTER_ID: {**PRINTER, 'name': "TM-m30II"}})
        self.assertEqual(self.device(PRINTER_ID).name, "Receipts")
        self.assertEqual(self.device(PRINTER_ID).announced_name, "TM-m30II")

    def test_a_name_no_user_gave_follows_the_box(self):
        self.announce({**DEVICES, PRINTER_ID: {**PRINTER, 'name': "TM-m30II"}})
        self.assertEqual(self.device(PRINTER_ID).name, "TM-m30II")

    def test_the_subtype_a_user_set_survives_whatever_the_box_says(self):
        self.device(PRINTER_ID).with_user(self.manager).subtype = 'label_printer'
        self.announce({**DEVICES, PRINTER_ID: {**PRINTER, 'subtype': 'office_printer'}})
        self.assertEqual(self.device(PRINTER_ID).subtype, 'label_printer')
        self.assertEqual(self.device(PRINTER_ID).announced_subtype, 'office_printer')

    def test_two_boxes_may_have_devices_of_the_same_identifier(self):
        other, _secret, _channel = self.connect('20000000abcd1234', DEVICES)
        self.assertEqual(len(self.box.device_ids), 2)
        self.assertEqual(len(other.device_ids), 2)
        self.assertFalse(self.box.device_ids & other.device_ids)

    def test_a_device_follows_its_box_to_another_company(self):
        self.box.company_id = self.other_company
        self.assertEqual(self.box.device_ids.company_id, self.other_company)

    def test_only_a_disconnected_device_can_be_deleted(self):
        printer = self.device(PRINTER_ID)
        with self.assertRaisesRegex(UserError, "Unplug"):
            printer.with_user(self.manager).unlink()
        self.assertTrue(printer.exists())
        self.announce({SCALE_ID: SCALE})
        printer.with_user(self.manager).unlink()
        self.announce(DEVICES)
        self.assertEqual(self.box.device_count, 2)

    @mute_logger('odoo.addons.iot.models.iot_device')
    def test_a_box_that_makes_up_devices_cannot_fill_the_database(self):
        self.patch(const, 'MAX_KNOWN_DEVICES', 5)
        for start in (0, 10, 20):
            self.announce({f'p{start + number}': PRINTER for number in range(4)})
        self.assertEqual(self.box.device_count, 5)
        self.announce(DEVICES)  # those that it had are there as before
        self.assertEqual(self.box.connected_device_count, 2)
        self.env.cr.precommit.data.clear()
        self.announce({**DEVICES, 'p99': PRINTER})
        self.assertEqual((self.box.device_count, self.box.connected_device_count), (5, 2))
        self.assertFalse(self.notifications('iot.box/changed'))

    def test_markup_in_a_name_is_stored_as_text(self):
        self.announce({**DEVICES, PRINTER_ID: {**PRINTER, 'name': "<b>x</b>"}})
        self.assertEqual(self.device(PRINTER_ID).name, "<b>x</b>")

    def test_devices_are_deleted_with_their_box(self):
        devices = self.box.device_ids
        self.box.with_user(self.manager).unlink()
        self.assertFalse(devices.exists())
