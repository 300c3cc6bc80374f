"""Boxes whose identifier changes, and machines that share one."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import DEVICES, IotCommon

SERIAL = '10000000abcd1234'
MAC = 'b8:27:eb:00:00:01'
OTHER_MAC = 'b8:27:eb:00:00:02'
LEDGER = 'odoo.addons.iot.models.iot_connection_attempt'
TWIN = 'odoo.addons.iot.models.iot_box_twin'


class TestRenamedBox(IotCommon):
    def only_box(self):
        box = self.env['iot.box'].search([])
        box.ensure_one()
        return box

    def test_an_update_from_mac_address_to_serial_number_keeps_the_box(self):
        box, secret, channel = self.connect(MAC, DEVICES, mac=None)
        box.name = "Kitchen"
        devices = box.device_ids
        self.assertEqual(box.mac, MAC)
        self.assertEqual(self.set_up(SERIAL, secret, DEVICES, mac=MAC), channel)
        self.assertRecordValues(
            self.only_box(), [{'id': box.id, 'name': "Kitchen", 'identifier': SERIAL, 'mac': MAC}]
        )
        self.assertEqual(box.device_ids, devices)

    def test_a_downgrade_keeps_it_too(self):
        box, secret, channel = self.connect(SERIAL)
        self.assertEqual(self.set_up(MAC, secret, mac=None), channel)
        self.assertEqual((self.only_box(), box.identifier), (box, MAC))

    def test_of_two_boxes_with_one_mac_address_the_token_tells_which_is_meant(self):
        box, secret, _channel = self.connect(SERIAL)
        other, _secret, _channel = self.connect('20000000abcd1234')
        self.assertTrue(self.set_up(MAC, secret, mac=None))
        self.assertEqual((box.identifier, other.identifier), (MAC, '20000000abcd1234'))

    def test_an_updated_box_that_is_connected_by_a_new_token_is_the_same(self):
        box, _secret, _channel = self.connect(MAC.upper(), mac=None)
        _token, secret = self.mint()
        self.assertTrue(self.set_up(SERIAL, secret))
        self.assertEqual((self.only_box(), box.identifier), (box, SERIAL))

    @mute_logger(LEDGER)
    def test_the_mac_address_alone_renames_nothing(self):
        _box, secret, _channel = self.connect(MAC, mac=None)
        _other, other_secret, _channel = self.connect('20000000abcd1234', mac=OTHER_MAC)
        before = self.snapshot()
        for token in (None, 'wrong', other_secret):
            self.assertIsNone(self.set_up(SERIAL, token, mac=MAC))
        # the token is the right one, but the machine is not
        self.assertIsNone(self.set_up(SERIAL, secret, mac=OTHER_MAC))
        self.assertEqual(self.snapshot(), before)

    @mute_logger(LEDGER)
    def test_a_token_of_another_company_carries_off_no_box(self):
        box, _secret, _channel = self.connect(MAC, mac=None)
        _token, secret = self.mint(self.other_manager)
        self.assertIsNone(self.set_up(SERIAL, secret))
        self.assertEqual((self.only_box(), box.identifier), (box, MAC))

    def test_serial_numbers_are_not_mistaken_for_each_other_by_the_mac_address(self):
        self.connect(SERIAL)
        self.connect('20000000abcd1234')
        self.assertEqual(self.env['iot.box'].search_count([]), 2)


class TestTwins(IotCommon):
    @mute_logger(TWIN)
    def test_a_mac_address_that_comes_and_goes_is_of_another_machine(self):
        box, secret, _channel = self.connect(SERIAL, mac=MAC)
        self.set_up(SERIAL, secret, mac=OTHER_MAC)
        self.assertFalse(box.twin_mac, "it may have a new network card")
        self.set_up(SERIAL, secret, mac=MAC)
        self.assertRecordValues(box, [{'mac': MAC, 'twin_mac': OTHER_MAC}])

    def test_a_box_that_changes_its_network_card_now_and_then_has_no_twin(self):
        box, secret, _channel = self.connect(SERIAL, mac=MAC)
        for mac in (OTHER_MAC, MAC, OTHER_MAC):
            self.clock.tick(timedelta(days=2))
            self.set_up(SERIAL, secret, mac=mac)
        self.assertFalse(box.twin_mac)

    @mute_logger(LEDGER, TWIN)
    def test_the_machine_whose_token_another_one_has_voided_is_noticed(self):
        box, secret, _channel = self.connect(SERIAL, mac=MAC)
        _token, new_secret = self.mint()
        self.set_up(SERIAL, new_secret, mac=OTHER_MAC)
        self.assertIsNone(self.set_up(SERIAL, secret, mac=MAC))
        self.assertRecordValues(box, [{'mac': OTHER_MAC, 'twin_mac': MAC}])

    @mute_logger(LEDGER)
    def test_a_stranger_cannot_pretend_to_be_a_twin(self):
        self.connect(SERIAL, mac=MAC)
        before = self.snapshot()
        for token in (None, 'wrong'):
            self.assertIsNone(self.set_up(SERIAL, token, mac=OTHER_MAC))
        self.assertEqual(self.snapshot(), before)

    @mute_logger(TWIN)
    def test_administrators_dismiss_the_warning_until_there_is_news(self):
        box, secret, _channel = self.connect(SERIAL, mac=MAC)
        for mac in (OTHER_MAC, MAC):
            self.set_up(SERIAL, secret, mac=mac)
        with self.assertRaises(AccessError):
            box.with_user(self.user).action_dismiss_twin()
        box.with_user(self.manager).action_dismiss_twin()
        self.assertFalse(box.twin_mac)
        for mac in (OTHER_MAC, MAC):
            self.set_up(SERIAL, secret, mac=mac)
        self.assertEqual(box.twin_mac, OTHER_MAC)
