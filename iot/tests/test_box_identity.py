from .common import IotCommon

SERIAL = '10000000abcd1234'
MAC = 'b8:27:eb:00:00:01'
HOME = '192.168.1.20'


class TestBoxIdentity(IotCommon):
    def identify(self, identifier, source=HOME):
        return self.env['iot.box'].with_user(self.public_user)._identify(identifier, source=source)

    def test_a_post_from_where_the_box_was_set_up_is_of_this_box(self):
        box, _secret, _channel = self.connect(SERIAL)
        self.assertEqual(self.identify(SERIAL), box)
        self.assertEqual(self.identify(MAC.upper()), box)

    def test_a_post_from_elsewhere_is_of_no_box(self):
        self.connect(SERIAL)
        self.assertFalse(self.identify(SERIAL, '192.168.1.21'))
        self.assertFalse(self.identify(MAC, '192.168.1.21'))
        self.assertFalse(self.identify('unknown'))

    def test_a_box_that_moved_is_known_where_it_proved_its_token_last(self):
        box, secret, _channel = self.connect(SERIAL)
        self.set_up(SERIAL, secret, source='192.168.1.21')
        self.assertFalse(self.identify(SERIAL))
        self.assertEqual(self.identify(SERIAL, '192.168.1.21'), box)

    def test_a_refused_setup_moves_nothing(self):
        box, _secret, _channel = self.connect(SERIAL)
        self.assertFalse(self.set_up(SERIAL, 'wrong', source='192.168.1.66'))
        self.assertEqual(self.identify(SERIAL), box)

    def test_a_mac_address_of_two_boxes_names_neither(self):
        self.connect(SERIAL)
        other, _secret, _channel = self.connect('10000000abcd9999')
        self.assertFalse(self.identify(MAC))
        self.assertEqual(self.identify('10000000abcd9999'), other)
