from datetime import timedelta

from odoo.tests import BaseCase

from ..tools.minutes import parse_minutes

LIMITS = {
    'default': timedelta(minutes=60),
    'least': timedelta(minutes=5),
    'most': timedelta(days=7),
}


class TestMinutes(BaseCase):
    def test_a_parameter_is_kept_within_limits_and_what_is_no_number_means_the_default(self):
        for text, minutes in (
            ('30', 30), (' 30 ', 30), ('0', 5), ('-9', 5), ('10080', 10080), ('99999999', 10080),
            (False, 60), ('', 60), ('soon', 60), ('7.5', 60), ('9' * 20, 60), ('9' * 5000, 60),
        ):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual(parse_minutes(text, **LIMITS), timedelta(minutes=minutes))
