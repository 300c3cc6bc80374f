from odoo.tests import BaseCase

from .fuzz_library import hypothesis


class TestFuzzLibrary(BaseCase):
    """The tests ``test_fuzz_*`` are not imported where their library is missing."""

    def test_what_makes_up_hostile_bodies_is_there(self):
        if not hypothesis:
            self.skipTest("hypothesis is not installed: nothing hostile is tried")
