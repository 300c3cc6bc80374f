"""``POST /iot/get_handlers`` on the wire (contract section 3.3)."""

import io
import zipfile

from odoo.tests import tagged

from ..controllers.handlers import IotHandlersController
from .handlers_common import SERIAL, HandlersCommon
from .http_common import IotHttpCommon

LOOPBACK = '127.0.0.1'


@tagged('post_install', '-at_install')
class TestHandlersRoute(HandlersCommon, IotHttpCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect(SERIAL)
        self.set_up(SERIAL, self.secret, source=LOOPBACK)

    def fetch(self, form, **headers):
        response = self.opener.post(
            self.base_url() + IotHandlersController.HANDLERS_URL, data=form, headers=headers
        )
        self.assertNotIn('Traceback', response.text)
        self.assertNotIn('session_id', response.cookies)
        return response

    def test_a_box_gets_a_zip_with_an_etag_and_304_when_it_shows_it(self):
        self.install_addon('iot_test_route', {'drivers/oven_driver.py': "OVEN = 1\n"})
        form = {'identifier': SERIAL, 'auto': True}
        response = self.fetch(form)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers['Content-Type'], 'application/zip')
        names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
        self.assertIn('drivers/oven_driver.py', names)
        self.assertIn('drivers/serial_scale_driver.py', names)
        etag = response.headers['ETag']
        self.assertRegex(etag, r'^"[0-9a-f]{32}"$')
        for known in (etag, etag.strip('"'), f'W/{etag}', f'W/{etag}'.strip('"')):
            with self.subTest(known=known):
                response = self.fetch(form, **{'If-None-Match': known})
                self.assertEqual((response.status_code, response.content), (304, b''))
                self.assertEqual(response.headers['ETag'], etag)

    def test_only_the_word_false_means_that_a_person_asks(self):
        self.install_addon('iot_test_route_auto', {'drivers/oven_driver.py': "OVEN = 1\n"})
        self.box.drivers_auto_update = False
        for form in ({'auto': 'True'}, {'auto': ''}, {'auto': 'nonsense'}, {}):
            with self.subTest(form=form):
                self.assertFalse(self.fetch({'identifier': SERIAL, **form}).content)
        self.assertTrue(self.fetch({'identifier': SERIAL, 'auto': 'False'}).content)

    def test_strangers_are_answered_as_boxes_that_shall_keep_what_they_have(self):
        own = self.fetch({'identifier': SERIAL, 'auto': True})
        self.install_addon('iot_test_route_strangers', {'drivers/oven_driver.py': "OVEN = 1\n"})
        stranger = self.fetch({'identifier': 'unknown', 'auto': False})
        self.set_up(SERIAL, self.secret, source='192.168.1.20')
        elsewhere = self.fetch({'identifier': SERIAL, 'auto': False})
        for response in (own, stranger, elsewhere):
            self.assertEqual((response.status_code, response.content), (200, b''))
            self.assertNotIn('ETag', response.headers)
        self.assertFalse(self.box.drivers_fetched_at)

    def test_a_box_of_before_19_names_itself_by_its_mac_address(self):
        self.install_addon('iot_test_route_mac', {'drivers/oven_driver.py': "OVEN = 1\n"})
        self.assertTrue(self.fetch({'mac': self.box.mac.upper(), 'auto': True}).content)
        self.box.version = 'L24.10-18.0#abc1234'  # these drivers would not fit it
        response = self.fetch({'mac': self.box.mac, 'auto': True})
        self.assertEqual((response.status_code, response.content), (200, b''))

    def test_what_is_no_identifier_is_refused_in_words(self):
        for form in ({}, {'identifier': ''}, {'identifier': 'x' * 129}, {'identifier': "a'b"}):
            with self.subTest(form=form):
                response = self.fetch(form)
                self.assertEqual(response.status_code, 400)
                self.assertIn("identifier must", response.text)

    def test_a_field_called_as_the_controller_is_ignored(self):
        self.assertEqual(self.fetch({'identifier': SERIAL, 'self': '1'}).status_code, 200)

    def test_a_file_or_a_flood_in_place_of_the_form_is_refused(self):
        url = self.base_url() + IotHandlersController.HANDLERS_URL
        response = self.opener.post(url, files={'identifier': ('name', b'content')})
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.fetch({'identifier': 'x' * 20_000}).status_code, 413)
