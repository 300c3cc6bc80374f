from odoo.tests import BaseCase, tagged

from ..tools.box_version import split_version


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
