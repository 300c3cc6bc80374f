from .common import IotCommon


class TestIotBox(IotCommon):
    def test_a_deleted_box_may_be_connected_again_with_a_new_token(self):
        box, _secret, _channel = self.connect()
        box.with_user(self.manager).unlink()
        again, _secret, channel = self.connect()
        self.assertTrue(channel)
        self.assertNotEqual(again.id, box.id)

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
