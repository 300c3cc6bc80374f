"""What the browser needs to search its network."""

from types import SimpleNamespace
from unittest.mock import patch

from ..models import discovery_hints
from .test_handed_pairing import SERIAL, HandedCommon


class TestDiscoveryHints(HandedCommon):
    def test_the_browser_learns_what_it_needs(self):
        box, _secret, _channel = self.connect(SERIAL)
        self.connect('20000000abcd1234', user=self.other_manager)
        self.patch(discovery_hints, 'db_list', lambda force, host: [self.env.cr.dbname])
        self.assertEqual(
            self.tokens.get_discovery_hints(),
            {
                'boxes': [
                    {
                        'id': box.id,
                        'name': box.name,
                        'identifier': SERIAL,
                        'ip': '192.168.1.20',
                        'is_online': False,
                    }
                ],
                'client_address': False,
                'base_url': {'url': 'https://odoo.example.com', 'warning': None},
                'server_time': 1772442000.0,
                'is_database_ambiguous': False,
                'db_uuid': self.env['ir.config_parameter'].get_param('database.uuid'),
            },
        )

    def test_only_a_private_address_of_the_browser_is_told(self):
        for address, hint in [
            ('192.168.1.37', '192.168.1.37'),
            ('10.0.0.5', '10.0.0.5'),
            ('127.0.0.1', '127.0.0.1'),
            ('8.8.8.8', False),
            ('fd00::1', False),
            ('', False),
            (None, False),
        ]:
            request = SimpleNamespace(httprequest=SimpleNamespace(remote_addr=address))
            with patch.object(discovery_hints, 'request', request):
                self.assertEqual(self.tokens._get_private_client_address(), hint)

    def test_a_useless_base_url_is_told_with_its_reason(self):
        self.env['ir.config_parameter'].set_param('web.base.url', 'http://localhost:8069')
        self.assertEqual(
            self.tokens._describe_base_url(),
            {'url': 'http://localhost:8069', 'error': 'base_url_localhost'},
        )
