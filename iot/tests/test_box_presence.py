from datetime import timedelta

from .. import const
from .common import DEVICES, NOW, IotCommon

SERIAL = '10000000abcd1234'
SECOND = timedelta(seconds=1)


class TestBoxPresence(IotCommon):
    def later(self, duration):
        self.clock.move_to(NOW + duration)
        self.env.invalidate_all()

    def states(self, box):
        return box.status, box.status_since, box.is_online

    def test_a_box_is_online_while_its_websocket_is_open(self):
        box, _secret, _channel = self.connect()
        self.assertEqual(self.states(box), ('no_push', NOW, False))
        opened = NOW + timedelta(seconds=20)
        self.clock.move_to(opened)
        box._websocket_opened('first')
        self.assertEqual(self.states(box), ('online', opened, True))
        closed = NOW + timedelta(seconds=50)
        self.clock.move_to(closed)
        box._websocket_closed('first')
        self.assertEqual(self.states(box), ('offline', closed, False))
        self.assertEqual(box.last_seen, closed)

    def test_the_end_of_an_older_websocket_does_not_count(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('first')
        box._websocket_opened('second')
        box._websocket_closed('first')
        self.assertTrue(box.is_online)

    def test_a_websocket_of_a_killed_server_counts_a_minute_at_most(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('lost')
        self.move_websocket(box)
        self.later(const.SERVER_LIFETIME - SECOND)
        self.assertTrue(box.is_online)
        self.later(const.SERVER_LIFETIME)
        self.assertEqual(self.states(box), ('offline', NOW, False))

    def test_a_server_that_was_slow_to_say_that_it_lives_has_its_boxes_back(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('key')
        self.move_websocket(box)
        self.later(timedelta(minutes=3))
        self.env['iot.box']._watch(NOW + timedelta(minutes=3))
        self.assertFalse(box.is_online)
        self.beat()
        self.assertEqual(self.states(box), ('online', NOW, True))

    def test_a_server_that_ends_properly_takes_its_boxes_with_it_at_once(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('key')
        self.move_websocket(box)
        self.env['iot.websocket.server']._stop('other process')
        self.env.invalidate_all()
        self.assertEqual(self.states(box), ('offline', NOW, False))

    def test_a_process_needs_no_proof_of_its_own_life(self):
        """Its first proof is made by another transaction, which this one may not see."""
        box, _secret, _channel = self.connect()
        self.env['iot.websocket.server'].search([]).unlink()
        box._websocket_opened('key')
        self.assertTrue(box.is_online)

    def test_a_restart_does_not_count_as_an_absence(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('first')
        box._websocket_closed('first')
        self.later(const.RECONNECT_GRACE)
        box._websocket_opened('second')
        self.assertEqual(self.states(box), ('online', NOW, True))
        box._websocket_closed('second')
        back = const.RECONNECT_GRACE * 2 + SECOND
        self.later(back)
        box._websocket_opened('third')
        self.assertEqual(self.states(box), ('online', NOW + back, True))

    def test_boxes_are_found_by_their_state(self):
        online, _secret, _channel = self.connect('on')
        lost, _secret, _channel = self.connect('lost')
        lost._websocket_opened('lost')
        self.move_websocket(lost, 'killed')
        self.later(timedelta(minutes=10))
        online._websocket_opened('key')
        deaf, _secret, _channel = self.connect('deaf')
        boxes = self.env['iot.box'].with_user(self.user)
        for domain, found in [
            ([('is_online', '=', True)], online),
            ([('is_online', '=', False)], lost | deaf),
            ([('is_online', '!=', True)], lost | deaf),
            ([('status', '=', 'online')], online),
            ([('status', '=', 'no_push')], deaf),
            ([('status', '=', 'offline')], lost),
            ([('status', '!=', 'offline')], online | deaf),
            ([('status', 'in', ['online', 'offline'])], online | lost),
        ]:
            with self.subTest(domain=domain):
                self.assertEqual(boxes.search(domain), found)

    def test_the_end_of_a_websocket_after_its_box_was_deleted_is_harmless(self):
        box, _secret, _channel = self.connect()
        box._websocket_opened('key')
        box.unlink()
        self.env.flush_all()
        told = self.notifications('iot.box/changed')
        box._websocket_closed('key')
        self.env.flush_all()
        self.assertFalse(self.env['iot.box'].search([]))
        self.assertEqual(self.notifications('iot.box/changed'), told)

    def test_devices_of_an_offline_box_are_not_connected(self):
        box, secret, _channel = self.connect(SERIAL, DEVICES)
        box._websocket_opened('key')
        self.move_websocket(box)
        printer, scale = box.device_ids.sorted('type')
        self.set_up(SERIAL, secret, {printer.identifier: DEVICES[printer.identifier]})
        devices = self.env['iot.device'].with_user(self.user)
        self.assertEqual((printer.status, scale.status), ('connected', 'disconnected'))
        self.assertEqual(devices.search([('connected', '=', True)]), printer)
        self.assertEqual(box.connected_device_count, 1)

        self.later(const.CONTACT_LIFETIME)
        self.assertEqual((printer.status, scale.status), ('box_offline', 'disconnected'))
        self.assertFalse(printer.connected)
        self.assertFalse(devices.search([('connected', '=', True)]))
        self.assertEqual(devices.search([('connected', '=', False)]), printer | scale)
        self.assertEqual((box.connected_device_count, box.device_count), (0, 2))

        self.beat()
        self.assertEqual((printer.status, box.connected_device_count), ('connected', 1))
