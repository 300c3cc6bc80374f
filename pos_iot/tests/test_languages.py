from odoo.tests import tagged

from odoo.addons.iot.tests.http_common import IotHttpCommon
from odoo.addons.iot.tests.test_languages import LanguagesCommon


@tagged('post_install', '-at_install')
class TestPageLanguage(LanguagesCommon, IotHttpCommon):
    """Pages of `iot` beside `portal`, which lets people choose a language."""

    def test_the_page_of_the_root_certificate_is_in_the_language_of_its_reader(self):
        self.manager.password = 'iot_manager'
        self.authenticate('iot_manager', 'iot_manager')
        page = self.url_open('/iot/root-certificate')
        self.assertEqual(page.status_code, 200)
        self.assertIn("Certificat racine des box IoT", page.text)
