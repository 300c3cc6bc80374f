from datetime import timedelta

from .. import const
from .common import NOW, IotCommon


class TestIotBox(IotCommon):
    def test_a_deleted_box_may_be_connected_again_with_a_new_token(self):
        box, _secret, _channel = self.connect()
        box.with_user(self.manager).unlink()
        again, _secret, channel = self.connect()
        self.assertTrue(channel)
        self.assertNotEqual(again.id, box.id)

    def test_a_box_is_online_while_its_websocket_is_open(self):
        box, _secret, _channel = self.connect()
        self.assertFalse(box.is_online)
        self.clock.move_to(NOW + timedelta(minutes=1))
        box._websocket_opened('first')
        self.assertTrue(box.is_online)
        self.assertEqual(box.last_seen, NOW + timedelta(minutes=1))
        self.clock.move_to(NOW + timedelta(minutes=9))
        box._websocket_closed('first')
        self.assertFalse(box.is_online)
        self.assertEqual(box.last_seen, NOW + timedelta(minutes=9))

    def test_the_end_of_an_older_websocket_does_not_count(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('first')
        box._websocket_opened('second')
        box._websocket_closed('first')
        self.assertTrue(box.is_online)

    def test_a_websocket_of_a_killed_server_does_not_count_for_ever(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('lost')
        self.clock.move_to(NOW + const.WEBSOCKET_LIFETIME)
        box.invalidate_recordset()
        self.assertFalse(box.is_online)

    def test_boxes_are_found_by_their_state(self):
        online, _secret, _channel = self.connect('on')
        offline, _secret, _channel = self.connect('off')
        lost, _secret, _channel = self.connect('lost')
        lost._websocket_opened('lost')
        self.clock.move_to(NOW + const.WEBSOCKET_LIFETIME + timedelta(seconds=1))
        online._websocket_opened('key')
        boxes = self.env['iot.box']
        self.assertEqual(boxes.search([('is_online', '=', True)]), online)
        self.assertEqual(boxes.search([('is_online', '=', False)]), lost | offline)
        self.assertEqual(boxes.search([('is_online', '!=', True)]), lost | offline)

    def test_the_end_of_a_websocket_after_its_box_was_deleted_is_harmless(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('key')
        box.unlink()
        box._websocket_closed('key')

    def test_the_homepage_opens_in_a_new_tab(self):
        box, _secret, _channel = self.connect()
        self.assertEqual(
            box.action_open_homepage(),
            {'type': 'ir.actions.act_url', 'url': 'http://192.168.1.20:8069', 'target': 'new'},
        )

    def test_what_a_box_announces_is_no_link_unless_it_is_a_host(self):
        _token, secret = self.mint()
        self.set_up('b1', secret, ip='javascript:alert(1)')
        box = self.find_box('b1')
        self.assertEqual((box.ip, box.homepage_url), ('javascript:alert(1)', False))
