from odoo.tests import BaseCase, tagged

from .. import const
from ..exceptions import MalformedPayload
from ..tools.setup_payload import AnnouncedDevice, SetupPayload
from .common import DEVICES, PRINTER, wire_box

UNSUPPORTED = {
    'name': "Unknown device (usb)",
    'identifier': 'usb_1a2b:3c4d',
    'type': 'unsupported',
    'connection': 'direct',
}


@tagged('at_install')
class TestSetupPayload(BaseCase):
    def parse_device(self, **values):
        return SetupPayload.parse(wire_box('b1', 't'), {'p1': {**PRINTER, **values}}).devices[0]

    def assertMalformed(self, iot_box, devices, about):
        with self.assertRaises(MalformedPayload) as refused:
            SetupPayload.parse(iot_box, devices)
        self.assertIn(about, refused.exception.message)

    def test_the_body_of_the_stock_client_is_read(self):
        payload = SetupPayload.parse(
            wire_box('10000000abcd1234', 'tok-123'), {**DEVICES, 'usb_1a2b:3c4d': UNSUPPORTED}
        )
        self.assertEqual(payload.identifier, '10000000abcd1234')
        self.assertEqual(payload.mac, 'b8:27:eb:00:00:01')
        self.assertEqual(payload.ip, '192.168.1.20')
        self.assertEqual(payload.token, 'tok-123')
        self.assertEqual(payload.version, 'L2025.10.22-19.0#1a2b3c4')
        self.assertEqual(
            payload.devices[0],
            AnnouncedDevice(
                'usbEPSONTM-m30serial0', "EPSON TM-m30", 'printer', "", 'direct', 'receipt_printer'
            ),
        )
        self.assertEqual(
            payload.devices[2],
            AnnouncedDevice(
                'usb_1a2b:3c4d', "Unknown device (usb)", 'unsupported', "", 'direct', ""
            ),
        )

    def test_a_box_without_token_mac_or_devices_is_read(self):
        for none in (None, False):
            payload = SetupPayload.parse({'identifier': 'b1', 'mac': none, 'token': none}, None)
            self.assertEqual((payload.token, payload.mac, payload.devices), ('', '', ()))

    def test_the_words_of_an_early_client_are_read(self):
        payload = SetupPayload.parse(
            {
                'name': "iotbox",
                'identifier': 'b8:27:eb:00:00:01',
                'serial_number': '10000000abcd1234',
                'ip': '192.168.1.20',
                'token': 't',
                'version': 'L24.10-18.0#abc1234',
            },
            {'HDMI-A-1': {'name': "Display", 'type': 'display', 'connection': 'hdmi'}},
        )
        self.assertEqual((payload.identifier, payload.name), ('b8:27:eb:00:00:01', "iotbox"))
        self.assertEqual(payload.devices[0].type, 'display')

    def test_identifiers_of_every_kind_of_box_are_accepted(self):
        for identifier in (
            '10000000abcd1234',
            '4C4C4544-0051-3510-8052-B4C04F4D3732',
            'f' * 64,
            'b8:27:eb:00:00:01',
            'test_identifier',
        ):
            self.assertEqual(
                SetupPayload.parse(wire_box(identifier, 't'), {}).identifier, identifier
            )

    def test_a_wrong_identifier_of_the_box_is_malformed(self):
        for identifier in (
            *(None, False, 0, 12, '', ' ', [], {}, 'a' * 129, 'a' * 10240),
            *("a'; DROP TABLE iot_box; --", '../../etc/passwd', '.hidden', 'a b', 'boîte'),
            *('a\n', 'a\x00', '<b>'),
        ):
            with self.subTest(identifier=identifier):
                self.assertMalformed(wire_box(identifier, 't'), {}, 'iot_box.identifier')

    def test_a_wrong_token_type_is_malformed(self):
        for token in (0, True, [], {}, 'a' * (const.MAX_TOKEN_LENGTH + 1), 'é', 'a\x00', '\ud800'):
            with self.subTest(token=token):
                self.assertMalformed(wire_box('b1', token), {}, 'iot_box.token')

    def test_wrong_types_of_the_frame_are_malformed(self):
        for iot_box in (None, False, 1, 'box', [], [['identifier', 'b1']]):
            self.assertMalformed(iot_box, {}, 'iot_box must be an object')
        for devices in (False, 1, 'devices', [], [PRINTER]):
            self.assertMalformed(wire_box('b1', 't'), devices, 'devices must be an object')
        for device in (None, False, 1, 'printer', []):
            self.assertMalformed(wire_box('b1', 't'), {'p1': device}, 'A device must be an object')

    def test_a_text_of_another_type_is_malformed(self):
        for key in ('ip', 'version', 'mac', 'name'):
            for value in (1, True, [], {}):
                self.assertMalformed(wire_box('b1', 't', **{key: value}), {}, key)
        for key in ('name', 'type', 'manufacturer', 'connection', 'subtype'):
            self.assertMalformed(wire_box('b1', 't'), {'p1': {**PRINTER, key: ['x']}}, key)

    def test_too_many_devices_are_malformed(self):
        devices = {f'd{number}': PRINTER for number in range(const.MAX_DEVICES)}
        self.assertEqual(
            len(SetupPayload.parse(wire_box('b1', 't'), devices).devices), const.MAX_DEVICES
        )
        self.assertMalformed(wire_box('b1', 't'), {**devices, 'one_more': PRINTER}, '500')

    def test_device_identifiers_stay_as_they_are(self):
        for identifier in ('/dev/ttyUSB0', 'COM3', 'HDMI-A-1', 'Büro Drucker (Kopie 1)', 'a\\b:c'):
            payload = SetupPayload.parse(wire_box('b1', 't'), {identifier: PRINTER})
            self.assertEqual(payload.devices[0].identifier, identifier)

    def test_a_wrong_device_identifier_is_malformed(self):
        for identifier in ('', ' ', 'a' * 256, 'a\x00', 'a\n', '\ud800', 'a\u202eb'):
            self.assertMalformed(wire_box('b1', 't'), {identifier: PRINTER}, 'A device identifier')

    def test_texts_for_people_are_cleaned_not_refused(self):
        for name, cleaned in [
            ("  EPSON\tTM-m30\r\n", "EPSON TM-m30"),
            ("bell\x07 nul\x00 half\ud800 turn\u202e", "bell nul half turn"),
            ("x" * 300, "x" * 255),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("", 'p1'),
            (None, 'p1'),
        ]:
            with self.subTest(name=name):
                self.assertEqual(self.parse_device(name=name).name, cleaned)

    def test_unknown_kinds_are_kept_as_unsupported_or_other(self):
        device = self.parse_device(type='hologram', connection='usbdev', subtype='3d_printer')
        self.assertEqual(
            (device.type, device.connection, device.subtype), ('unsupported', 'other', '')
        )

    def test_a_mac_address_of_another_form_is_left_out(self):
        for mac in ('', 'b8-27-eb-00-00-01', 'x', 'b8:27:eb:00:00:01:02'):
            self.assertEqual(SetupPayload.parse(wire_box('b1', 't', mac=mac), {}).mac, '')
        self.assertEqual(
            SetupPayload.parse(wire_box('b1', 't', mac='B8:27:EB:00:00:01'), {}).mac,
            'b8:27:eb:00:00:01',
        )
