from odoo.tests import BaseCase, tagged

from ..tools.box_address import announced_address, homepage_url, https_host


@tagged('at_install')
class TestBoxAddress(BaseCase):
    def test_a_plain_address_or_certified_name_is_a_link(self):
        for announced, url in [
            ('192.168.1.20', 'http://192.168.1.20:8069'),
            ('127.0.0.11', 'http://127.0.0.11:8069'),
            ('fd00::20', 'http://[fd00::20]:8069'),
            ('192-168-1-20.b1946ac9.odoo-iot.com', 'https://192-168-1-20.b1946ac9.odoo-iot.com'),
            ('192-168-1-20.Shop.Example.COM', 'https://192-168-1-20.shop.example.com'),
        ]:
            with self.subTest(announced=announced):
                self.assertEqual(homepage_url(announced), url)

    def test_an_address_with_a_certificate_is_reached_over_https(self):
        for announced, certified, host in [
            ('192.168.1.20', '192.168.1.20', '192.168.1.20'),
            ('fd00::20', 'fd00::20', '[fd00::20]'),
            ('192-168-1-20.Shop.example.com', None, '192-168-1-20.shop.example.com'),
            ('192.168.1.21', '192.168.1.20', None),
            ('192.168.1.20', None, None),
            ('evil.example.com', 'evil.example.com', None),
            ('', '', None),
            (False, False, None),
        ]:
            with self.subTest(announced=announced, certified=certified):
                self.assertEqual(https_host(announced, certified), host)
                url = homepage_url(announced, certified)
                self.assertEqual((url or '').startswith('https://'), bool(host))

    def test_a_name_tells_the_address_of_its_box(self):
        for announced, address in [
            ('192.168.1.20', '192.168.1.20'),
            ('192-168-1-20.b1946ac9.odoo-iot.com', '192.168.1.20'),
            ('FD00::20', 'fd00::20'),
            ('999-168-1-20.b1946ac9.odoo-iot.com', None),
            ('box.example.com', None),
            (False, None),
        ]:
            with self.subTest(announced=announced):
                self.assertEqual(announced_address(announced), address)

    def test_anything_else_is_no_link(self):
        for announced in [
            None,
            False,
            '',
            'localhost',
            'evil.example.com',
            '0.0.0.0',
            '224.0.0.1',
            'fe80::1%eth0',
            '192.168.1.20:8069',
            '192.168.1.20/path',
            'http://192.168.1.20',
            '//192.168.1.20',
            'user@192.168.1.20',
            '192.168.1.999',
            '999-168-1-20.b1946ac9.odoo-iot.com',
            '192-168-1-20',
            '192-168-1-20.-bad.com',
            '192-168-1-20.b1946ac9.odoo-iot.com/x',
            '192-168-1-20.b1946ac9.odoo-iot.com@evil.example.com',
            '192-168-1-20.b1946ac9.odoo-iot.com\n',
            '192-168-1-20' + '.abcdefgh' * 30,
            'javascript:alert(1)',
            '<b>192.168.1.20</b>',
            '192.168.1.20 ',
        ]:
            with self.subTest(announced=announced):
                self.assertIsNone(homepage_url(announced))
