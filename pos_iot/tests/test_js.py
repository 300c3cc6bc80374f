from odoo.tests import no_retry, tagged

from odoo.addons.iot.tests.browser_common import HootCase


@tagged('post_install', '-at_install')
class TestPosHoot(HootCase):
    browser_size = '1366x768'

    @no_retry
    def test_desktop(self):
        self.run_hoot('@pos_iot')
