from odoo.tests import BaseCase

from ..tools.source_network import source_network


class TestSourceNetwork(BaseCase):
    def test_all_addresses_of_an_ipv6_network_are_one_source_and_each_of_ipv4_is_its_own(self):
        for address, network in (
            ('2001:db8:1:2::1', '2001:db8:1:2::/64'),
            ('2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'),
            ('2001:db8:1:3::1', '2001:db8:1:3::/64'),
            ('fe80::1%eth0', 'fe80::/64'),
            ('192.0.2.7', '192.0.2.7'),
            ('::ffff:192.0.2.7', '192.0.2.7'),
            ('', ''),
            (None, None),
            ('unix:', 'unix:'),
        ):
            with self.subTest(address=address):
                self.assertEqual(source_network(address), network)
