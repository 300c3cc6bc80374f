"""A box that says something over and over, or anybody beside it: what is stored, and told to the
screens, stays bounded."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .. import const
from ..controllers.certificate import IotCertificateController
from ..controllers.device_settings import IotDeviceSettingsController
from ..controllers.handlers import IotHandlersController
from .common import NOW, wire_log
from .fuzz_writes import FuzzWrites
from .handlers_common import SERIAL, HandlersCommon
from .http_common import IotHttpCommon

POSTS = 20


@tagged('post_install', '-at_install')
class TestFloodRoutes(FuzzWrites, HandlersCommon, IotHttpCommon):
    def setUp(self):
        super().setUp()
        self.box = self.connect(SERIAL, source='127.0.0.1')[0]
        self.env.flush_all()
        self.env.cr.precommit.run()  # what was sent on the bus till now

    def flood(self, url, *bodies):
        """Post these bodies; return how many rows were written in each table."""
        before = self._count_writes()
        for body in bodies:
            response = self.opener.post(self.base_url() + url, **body)
            self.assertLess(response.status_code, 400, response.text)
        after = self._count_writes()
        written = {table: count - before.get(table, 0) for table, count in after.items()}
        return {table: count for table, count in written.items() if count}

    def test_logs(self):
        log = {'data': wire_log(SERIAL, '20,Started', '20,Again')}
        with patch.multiple(const, MAX_LOG_RECORDS_PER_MINUTE=6, MAX_LOG_RECORDS=9):
            written = self.flood('/iot/log', *[log] * POSTS)
            self.assertEqual(written, {'iot_log': 6 + 1})  # and that there are gaps
            for _minute in range(POSTS):
                self.clock.tick(const.LOG_RATE_WINDOW)
                self.assertEqual(self.flood('/iot/log', log).keys(), {'iot_log'})
        self.assertEqual(len(self.box.log_ids), 9)

    def test_keyboard_layouts(self):
        bodies = [
            {'data': {'available_layouts': json.dumps([{'name': "X", 'layout': f'l{number}'}])}}
            for number in range(POSTS)
        ]
        with patch.object(const, 'MAX_KEYBOARD_LAYOUTS', 5):
            written = self.flood(IotDeviceSettingsController.LAYOUTS_URL, *bodies, *bodies)
        self.assertEqual(written, {'iot_keyboard_layout': 5})

    def test_the_end_of_a_certificate(self):
        url = IotCertificateController.STATUS_URL
        end_date = str(NOW + timedelta(days=60))
        params = {'identifier': SERIAL, 'ssl_certificate_end_date': end_date}
        body = {'json': {'params': params}}
        self.assertIn('iot_box', self.flood(url, body))
        self.assertFalse(self.flood(url, *[body] * POSTS))

    def test_drivers(self):
        self.install_addon('iot_test_flood', {'drivers/oven_driver.py': "OVEN = 1\n"})
        body = {'data': {'identifier': SERIAL, 'auto': 'False'}}
        url = IotHandlersController.HANDLERS_URL
        self.assertIn('iot_box', self.flood(url, body))
        self.assertFalse(self.flood(url, *[body] * POSTS))
