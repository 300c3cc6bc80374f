from odoo.tests import BaseCase, tagged

from ..exceptions import UnusableBaseUrl
from ..tools.base_url import box_server_url


@tagged('at_install')
class TestBaseUrl(BaseCase):
    def test_what_a_box_can_use_is_reduced_to_scheme_and_host(self):
        for base_url, expected in [
            ('https://odoo.example.com', ('https://odoo.example.com', None)),
            ('https://odoo.example.com/', ('https://odoo.example.com', None)),
            ('http://192.168.1.10:8069', ('http://192.168.1.10:8069', None)),
            (' http://shop ', ('http://shop', None)),
            ('http://[fd00::1]:8069', ('http://[fd00::1]:8069', None)),
            ('http://127.0.0.1:8069', ('http://127.0.0.1:8069', 'base_url_loopback')),
            ('http://[::1]:8069', ('http://[::1]:8069', 'base_url_loopback')),
            ('http://127.0.0.1.:8069', ('http://127.0.0.1.:8069', 'base_url_loopback')),
            ('http://127.1', ('http://127.1', 'base_url_loopback')),
            ('http://2130706433', ('http://2130706433', 'base_url_loopback')),
            ('http://[::ffff:127.0.0.1]', ('http://[::ffff:127.0.0.1]', 'base_url_loopback')),
            ('https://odoo.example.com.', ('https://odoo.example.com.', None)),
            ('https://odoo.exämple.com', ('https://odoo.exämple.com', None)),
        ]:
            with self.subTest(base_url=base_url):
                self.assertEqual(box_server_url(base_url), expected)

    def test_what_no_box_can_use_is_refused_with_the_reason(self):
        for base_url, code in [
            (False, 'base_url_missing'),
            ('', 'base_url_missing'),
            ('   ', 'base_url_missing'),
            ('odoo.example.com', 'base_url_scheme'),
            ('ftp://odoo.example.com', 'base_url_scheme'),
            ('localhost:8069', 'base_url_scheme'),
            ('http://localhost:8069', 'base_url_localhost'),
            ('https://LOCALHOST', 'base_url_localhost'),
            ('http://shop.localhost', 'base_url_localhost'),
            ('http://localhost.:8069', 'base_url_localhost'),
            ('https://example.com/odoo', 'base_url_path'),
            ('https://user:pass@example.com', 'base_url_credentials'),
            ('https://', 'base_url_invalid'),
            ('https://example.com:port', 'base_url_invalid'),
            ('https://example.com:0', 'base_url_invalid'),
            ('https://[::1', 'base_url_invalid'),
            ('https://exa mple.com', 'base_url_invalid'),
            ('https://example.com?x=1', 'base_url_invalid'),
            ('https://example.com|x', 'base_url_invalid'),
            ('https://example.com\x01', 'base_url_invalid'),
            ('http://0.0.0.0:8069', 'base_url_invalid'),
        ]:
            with self.subTest(base_url=base_url):
                with self.assertRaises(UnusableBaseUrl) as refused:
                    box_server_url(base_url)
                self.assertEqual(refused.exception.code, code)
