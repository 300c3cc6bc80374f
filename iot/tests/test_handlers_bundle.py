import io
import os
import tempfile
import zipfile
from pathlib import Path
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools import handlers_bundle
from ..tools.handlers_bundle import build_bundle, bundle_etag, collect_handlers, has_etag

VERSION = 'L2025.10.22-19.0#1a2b3c4'


@tagged('at_install')
class TestHandlersBundle(BaseCase):
    def setUp(self):
        super().setUp()
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def folder(self, addon, handlers):
        for name, content in handlers.items():
            path = self.root / addon / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return addon, self.root / addon

    def unpack(self, bundle):
        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            self.assertIsNone(archive.testzip())
            return {name: archive.read(name).decode() for name in archive.namelist()}

    def test_a_bundle_has_the_handlers_of_all_folders_with_the_paths_a_box_expects(self):
        stock = self.folder('stock', {'drivers/scale.py': 's', 'interfaces/usb_L.py': 'u'})
        addon = self.folder('addon', {'drivers/oven.py': 'o', 'lib/oven/oven.so': 'so'})
        self.assertEqual(
            self.unpack(build_bundle(collect_handlers([stock, addon]))),
            {
                'drivers/oven.py': 'o',
                'drivers/scale.py': 's',
                'interfaces/usb_L.py': 'u',
                'lib/oven/oven.so': 'so',
            },
        )

    def test_what_is_no_handler_stays_at_home(self):
        folder = self.folder(
            'addon',
            {
                'drivers/oven.py': 'o',
                'drivers/__pycache__/oven.cpython-311.pyc': 'x',
                'drivers/old.pyc': 'x',
                'drivers/.oven.py.swp': 'x',
                '.git/config': 'x',
                'README.md': 'x',
            },
        )
        self.assertEqual([file.name for file in collect_handlers([folder])], ['drivers/oven.py'])

    def test_the_later_addon_wins_and_the_log_says_so_once(self):
        stock = self.folder('stock', {'drivers/scale.py': 'stock'})
        addon = self.folder('addon', {'drivers/scale.py': 'ours'})
        with self.assertLogs(handlers_bundle.__name__, 'WARNING') as log:
            files = collect_handlers([stock, addon])
            collect_handlers([stock, addon])
        self.assertEqual(self.unpack(build_bundle(files)), {'drivers/scale.py': 'ours'})
        [line] = log.output
        self.assertIn("drivers/scale.py is in several addons (stock, addon)", line)

    def test_equal_files_make_an_equal_zip_wherever_and_whenever(self):
        handlers = {'drivers/b.py': 'b', 'drivers/a.py': 'a'}
        one = collect_handlers([self.folder('one', handlers)])
        two = collect_handlers([self.folder('two', dict(reversed(handlers.items())))])
        for file in two:
            os.utime(file.path, (1, 1))
            file.path.chmod(0o600)
        two = collect_handlers([('two', self.root / 'two')])
        self.assertNotEqual(one, two)
        self.assertEqual(build_bundle(one), build_bundle(two))
        self.assertEqual(bundle_etag(one, VERSION), bundle_etag(two, VERSION))

    def test_the_etag_depends_on_contents_names_and_version(self):
        folder = self.folder('addon', {'drivers/a.py': 'a'})
        files = collect_handlers([folder])
        etags = {bundle_etag(files, VERSION), bundle_etag(files, 'L2025.10.22-19.0#9999999')}
        self.folder('addon', {'drivers/a.py': 'A!'})
        etags.add(bundle_etag(collect_handlers([folder]), VERSION))
        (folder[1] / 'drivers/a.py').rename(folder[1] / 'drivers/b.py')
        etags.add(bundle_etag(collect_handlers([folder]), VERSION))
        self.assertEqual(len(etags), 4)
        self.assertRegex(next(iter(etags)), r'^[0-9a-f]{32}$')

    def test_neither_zip_nor_etag_is_made_twice_and_the_etag_needs_no_zip(self):
        files = collect_handlers([self.folder('addon', {'drivers/a.py': 'a'})])
        with patch.object(zipfile, 'ZipFile', side_effect=AssertionError):
            etag = bundle_etag(files, VERSION)
        bundle = build_bundle(files)
        with patch.object(Path, 'read_bytes', side_effect=AssertionError):
            same = collect_handlers([('addon', self.root / 'addon')])
            self.assertEqual(bundle_etag(same, VERSION), etag)
            self.assertIs(build_bundle(same), bundle)

    def test_an_etag_is_known_in_all_the_forms_that_boxes_and_proxies_make_of_it(self):
        for header in ('e7a9', '"e7a9"', 'W/"e7a9"', 'W/"e7a9', '"other", "e7a9"', ' e7a9 '):
            with self.subTest(header=header):
                self.assertTrue(has_etag(header, 'e7a9'))
        for header in (None, '', '*', 'e7a', 'e7a99', '"other"', 'W/', '\x00'):
            with self.subTest(header=header):
                self.assertFalse(has_etag(header, 'e7a9'))
