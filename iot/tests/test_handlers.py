import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from odoo.modules.module import Manifest

from .. import const
from ..models.handler_files import FOLDER, STOCK_ADDON
from .handlers_common import HOME, SERIAL, HandlersCommon

OVEN = {'drivers/oven_driver.py': "OVEN = 1\n"}


class TestHandlers(HandlersCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect(SERIAL)

    def fetch(self, etag=None, automatic=True, identifier=SERIAL, source=HOME):
        answer = (
            self.env['iot.box']
            .with_user(self.public_user)
            ._get_handlers(identifier, if_none_match=etag, automatic=automatic, source=source)
        )
        self.env.flush_all()
        return answer

    def names(self, bundle):
        return set(zipfile.ZipFile(io.BytesIO(bundle)).namelist())

    def stock_names(self):
        folder = Path(Manifest.for_addon(STOCK_ADDON).path, FOLDER)
        return {path.relative_to(folder).as_posix() for path in folder.rglob('*.py')}

    def test_a_box_gets_the_handlers_of_addons_and_the_stock_ones_then_nothing_new(self):
        self.install_addon('iot_test_get', OVEN)
        etag, bundle = self.fetch()
        self.assertEqual(self.names(bundle), self.stock_names() | {*OVEN})
        self.assertIn('drivers/serial_scale_driver.py', self.names(bundle))
        self.assertEqual(self.fetch(etag), (etag, None))
        self.assertEqual(self.fetch(f'W/"{etag}'), (etag, None))

    def test_an_unchanged_fetch_writes_nothing(self):
        self.install_addon('iot_test_unchanged', OVEN)
        etag, _bundle = self.fetch()
        before = self.snapshot()
        self.clock.tick(timedelta(seconds=30))
        self.assertEqual(self.fetch(etag), (etag, None))
        self.assertEqual(self.snapshot(), before)

    def test_a_box_that_has_them_is_answered_by_two_queries_however_many_boxes_there_are(self):
        self.install_addon('iot_test_repeat', OVEN)
        etag, _bundle = self.fetch()
        self.fetch(etag)  # fills Odoo's own caches
        for _more in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.fetch(etag), (etag, None))
            # the box and whether there are certificates; whether there may be
            self.assertEqual(self.env.cr.sql_log_count - before, 2)
            self.connect('20000000abcd1234')

    def test_the_same_drivers_taken_again_and_again_are_noted_once_a_minute(self):
        self.install_addon('iot_test_again', OVEN)
        self.fetch()
        self.forget_notifications()
        before = self.snapshot()
        for etag in (None, 'that of another server', None):
            self.clock.tick(timedelta(seconds=10))
            self.assertTrue(self.fetch(etag)[1])
        self.assertEqual(self.snapshot(), before)
        self.assertFalse(self.notifications('iot.box/changed'))
        self.clock.tick(const.CONTACT_PRECISION)
        self.assertTrue(self.fetch()[1])
        self.assertEqual(self.box.drivers_fetched_at, datetime.now())
        self.assertTrue(self.notifications('iot.box/changed'))

    def test_a_changed_handler_is_served_without_a_restart(self):
        self.install_addon('iot_test_changed', OVEN)
        etag, _bundle = self.fetch()
        self.write_handler('iot_test_changed', 'drivers/oven_driver.py', "OVEN = 22\n", after=0)
        self.box.invalidate_recordset(['drivers_state'])
        self.assertEqual(self.box.drivers_state, 'outdated')
        self.clock.tick(const.HANDLER_FILES_INTERVAL)
        new_etag, bundle = self.fetch(etag)
        self.assertNotEqual(new_etag, etag)
        content = zipfile.ZipFile(io.BytesIO(bundle)).read('drivers/oven_driver.py')
        self.assertEqual(content, b"OVEN = 22\n")

    def test_an_addon_wins_over_those_it_depends_on(self):
        self.install_addon('iot_test_z_base', {'drivers/oven_driver.py': "base"})
        self.install_addon(
            'iot_test_a_fork', {'drivers/oven_driver.py': "fork"}, depends=['iot_test_z_base']
        )
        with self.assertLogs('odoo.addons.iot.tools.handlers_bundle', 'WARNING'):
            _etag, bundle = self.fetch()
        content = zipfile.ZipFile(io.BytesIO(bundle)).read('drivers/oven_driver.py')
        self.assertEqual(content, b"fork")

    def test_without_handlers_of_addons_a_box_keeps_its_own(self):
        self.assertIsNone(self.fetch())
        self.assertIsNone(self.fetch(automatic=False))
        self.assertEqual(self.box.drivers_state, 'own')
        self.assertFalse(self.box.drivers_fetched_at)

    def test_when_the_addon_has_gone_its_handlers_go_and_the_stock_ones_stay(self):
        module = self.install_addon('iot_test_gone', OVEN)
        etag, _bundle = self.fetch()
        self.uninstall_addon(module)
        self.assertEqual(self.box.drivers_state, 'outdated')
        etag, bundle = self.fetch(etag)
        self.assertEqual(self.names(bundle), self.stock_names())
        self.assertEqual(self.fetch(etag), (etag, None))
        self.assertEqual(self.box.drivers_state, 'current')

    def test_automatic_updates_may_be_off_but_not_those_that_a_person_wants(self):
        self.install_addon('iot_test_auto', OVEN)
        self.box.drivers_auto_update = False
        self.assertIsNone(self.fetch())
        self.assertEqual(self.box.drivers_state, 'outdated')
        etag, bundle = self.fetch(automatic=False)
        self.assertTrue(bundle)
        self.assertIsNone(self.fetch(etag))
        self.assertEqual(self.box.drivers_state, 'current')

    def test_an_update_asked_for_in_odoo_is_taken_at_the_next_start_once(self):
        self.install_addon('iot_test_asked', OVEN)
        self.box.drivers_auto_update = False
        self.box._request_drivers()
        self.assertTrue(self.fetch())
        self.write_handler('iot_test_asked', 'drivers/oven_driver.py', "OVEN = 333\n")
        self.assertIsNone(self.fetch())

    def test_an_update_asked_for_long_ago_is_forgotten(self):
        self.install_addon('iot_test_asked_long_ago', OVEN)
        self.box.drivers_auto_update = False
        self.box._request_drivers()
        self.clock.tick(timedelta(minutes=11))
        self.set_up(SERIAL, self.secret)
        self.assertIsNone(self.fetch())

    def test_a_box_of_another_series_gets_nothing(self):
        self.install_addon('iot_test_series', OVEN)
        for version in ('L24.10-18.0#abc', 'L25.07-saas~18.4#abc', 'L26.1-19.1#abc', 'nonsense'):
            with self.subTest(version=version):
                self.set_up(SERIAL, self.secret, version=version)
                self.assertIsNone(self.fetch())
                self.assertIsNone(self.fetch(automatic=False))
                self.assertEqual(self.box.drivers_state, 'other_series')
        for version in ('W23.11-19.0-20260101', 'L2025.10.22-19.0#9999999'):
            with self.subTest(version=version):
                self.set_up(SERIAL, self.secret, version=version)
                self.assertTrue(self.fetch())

    def test_a_box_that_changed_its_commit_gets_the_handlers_again(self):
        self.install_addon('iot_test_commit', OVEN)
        etag, _bundle = self.fetch()
        self.set_up(SERIAL, self.secret, version='L2025.10.22-19.0#9999999')
        self.assertEqual(self.box.drivers_state, 'outdated')
        new_etag, bundle = self.fetch(etag)
        self.assertTrue(bundle)
        self.assertEqual(self.fetch(new_etag), (new_etag, None))

    def test_nothing_is_served_where_the_stock_handlers_are_missing(self):
        self.install_addon('iot_test_no_stock', OVEN)
        for_addon = Manifest.for_addon
        with patch.object(
            Manifest,
            'for_addon',
            side_effect=lambda name, **kwargs: name != STOCK_ADDON and for_addon(name, **kwargs),
        ):
            self.assertIsNone(self.fetch())
            self.assertEqual(self.box.drivers_state, 'unavailable')
        self.clock.tick(const.HANDLER_FILES_INTERVAL)
        self.assertTrue(self.fetch())

    def test_strangers_get_nothing_and_change_nothing(self):
        self.install_addon('iot_test_strangers', OVEN)
        self.fetch()
        before = self.snapshot()
        self.assertIsNone(self.fetch(source='192.168.1.66'))
        self.assertIsNone(self.fetch(identifier='unknown'))
        self.assertIsNone(self.fetch(identifier='unknown', automatic=False))
        self.assertEqual(self.snapshot(), before)

    def test_a_box_that_has_been_silent_gets_nothing_until_it_shows_its_token_again(self):
        self.install_addon('iot_test_silent', OVEN)
        self.clock.tick(timedelta(minutes=6))
        self.assertIsNone(self.fetch(automatic=False))
        self.set_up(SERIAL, self.secret)
        self.assertTrue(self.fetch(automatic=False))

    def test_a_box_that_listens_may_fetch_long_after_its_setup(self):
        self.install_addon('iot_test_listening', OVEN)
        self.box._websocket_opened('websocket')
        self.clock.tick(timedelta(minutes=6))
        self.assertTrue(self.fetch(automatic=False))

    def test_the_form_tells_when_drivers_were_fetched_and_whether_the_box_still_has_them(self):
        self.install_addon('iot_test_form', OVEN)
        self.assertEqual(self.box.drivers_state, 'outdated')
        etag, _bundle = self.fetch()
        fetched_at = self.box.drivers_fetched_at
        self.assertTrue(fetched_at)
        self.assertEqual(self.box.with_user(self.user).drivers_state, 'current')
        self.box.drivers_auto_update = False
        self.clock.tick(timedelta(minutes=1))
        self.fetch('that of another server')
        self.assertEqual(self.box.drivers_state, 'outdated')
        self.fetch(etag, automatic=False)
        self.assertEqual(self.box.drivers_state, 'current')
        self.assertEqual(self.box.drivers_fetched_at, fetched_at)
