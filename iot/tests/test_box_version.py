from odoo.tests import BaseCase, tagged

from ..tools.box_version import odoo_series, split_version


@tagged('at_install')
class TestBoxVersion(BaseCase):
    def test_image_and_odoo_release_are_told_apart(self):
        for version, expected in [
            ('L2025.10.22-19.0#1a2b3c4', ('L2025.10.22', '19.0')),
            ('L24.10-19.0#abc', ('L24.10', '19.0')),
            ('W23.11-19.0-20260101', ('W23.11', '19.0-20260101')),
            ('L25.07-saas~18.4#abc', ('L25.07', 'saas~18.4')),
            ('Ttest-19.0', ('Ttest', '19.0')),
        ]:
            with self.subTest(version=version):
                self.assertEqual(split_version(version), expected)

    def test_a_text_of_another_form_is_left_alone(self):
        for version in [None, False, '', '19.0', '-19.0', 'L-', '#', 'L2025.10.22', '\n']:
            with self.subTest(version=version):
                self.assertEqual(split_version(version), ('', ''))

    def test_the_series_is_that_of_the_release(self):
        for version, expected in [
            ('L2025.10.22-19.0#1a2b3c4', '19.0'),
            ('W23.11-19.0-20260101', '19.0'),
            ('L25.07-saas~18.4#abc', 'saas~18.4'),
            ('L25.07-saas-18.4+e-20250801', 'saas~18.4'),
            ('L26.01-19.1a1+e', '19.1'),
            ('L24.10-master', ''),
            ('nonsense', ''),
            (False, ''),
        ]:
            with self.subTest(version=version):
                self.assertEqual(odoo_series(version), expected)
