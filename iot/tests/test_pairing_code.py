from odoo.tests import BaseCase, tagged

from .. import const
from ..tools import pairing_code


@tagged('at_install')
class TestPairingCode(BaseCase):
    def test_a_code_is_random_and_has_no_confusing_character(self):
        codes = {pairing_code.new_code() for _ in range(200)}
        self.assertEqual(len(codes), 200)
        for code in codes:
            self.assertRegex(code, r'^[BCDFGHJKLMNPQRSTVWXZ]{9}$')

    def test_guessing_a_code_is_as_hard_as_rfc_8628_asks(self):
        tries = const.MAX_WRONG_CODES_OF_STRANGERS
        codes = len(pairing_code.ALPHABET) ** pairing_code.LENGTH
        self.assertLess(tries / codes, 2**-32)

    def test_a_code_is_written_in_groups(self):
        self.assertEqual(pairing_code.written('BCDFGHJKL'), 'BCD-FGH-JKL')

    def test_the_way_of_typing_does_not_matter(self):
        for typed in (
            'BCDFGHJKL',
            'BCD-FGH-JKL',
            'bcd fgh jkl',
            ' bcd–fgh—jkl. ',
            'B.C.D.F.G.H.J.K.L',
            pairing_code.written('BCDFGHJKL').lower(),
        ):
            self.assertEqual(pairing_code.normalized(typed), 'BCDFGHJKL', typed)

    def test_what_cannot_be_a_code_is_none(self):
        for typed in (
            None, False, 0, [], {}, '', '   ', 'BCDFGHJK', 'BCDFGHJKLM', 'ABCDFGHJK', 'BCDFGHJK1',
            'ВCDFGHJKL', 'BCDFGHJKL' * 100, "' OR 1=1 --",
        ):  # fmt: skip
            self.assertEqual(pairing_code.normalized(typed), '', typed)
