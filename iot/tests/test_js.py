from odoo.tests import no_retry, tagged

from .browser_common import HootCase


@tagged('post_install', '-at_install')
class TestHoot(HootCase):
    browser_size = '1366x768'

    @no_retry
    def test_desktop(self):
        self.run_hoot('@iot')


@tagged('post_install', '-at_install')
class TestHootMobile(HootCase):
    browser_size = '375x667'
    touch_enabled = True

    @no_retry
    def test_mobile(self):
        self.run_hoot('@iot', preset='mobile')
