from odoo.tests import BaseCase, tagged

from ..tools.device_choice import Candidate, choose

PRINTER = Candidate('printer', 'printer', 'receipt_printer')


@tagged('post_install', '-at_install')
class TestDeviceChoice(BaseCase):
    def check(self, candidates, **expected):
        nothing = {'receipt_printer': None, 'scale': None, 'display': None, 'scanners': []}
        self.assertEqual(choose(candidates), {**nothing, **expected})

    def test_nothing_is_chosen_of_a_box_without_devices(self):
        self.check([])

    def test_each_device_gets_the_role_it_is_fit_for(self):
        self.check(
            [
                Candidate('display', 'display'),
                Candidate('scanner', 'scanner'),
                Candidate('scale', 'scale'),
                PRINTER,
            ],
            receipt_printer='printer',
            scale='scale',
            display='display',
            scanners=['scanner'],
        )

    def test_receipts_go_to_no_label_and_no_office_printer(self):
        labels = Candidate('labels', 'printer', 'label_printer')
        office = Candidate('office', 'printer', 'office_printer')
        self.check([labels, office, Candidate('unknown', 'printer')])
        self.check([labels, office, PRINTER], receipt_printer='printer')

    def test_what_is_plugged_in_comes_first(self):
        away = Candidate('away', 'scale', is_connected=False)
        self.check([away, Candidate('here', 'scale')], scale='here')
        self.check([away], scale='away')

    def test_what_another_till_uses_comes_last(self):
        taken = Candidate('taken', 'printer', 'receipt_printer', is_taken=True)
        free = Candidate('free', 'printer', 'receipt_printer', is_connected=False)
        self.check([taken, free], receipt_printer='free')

    def test_tills_share_a_printer_and_a_scale_but_no_display_and_no_scanner(self):
        self.check(
            [
                Candidate('printer', 'printer', 'receipt_printer', is_taken=True),
                Candidate('scale', 'scale', is_taken=True),
                Candidate('display', 'display', is_taken=True),
                Candidate('scanner', 'scanner', is_taken=True),
                Candidate('other scanner', 'scanner'),
            ],
            receipt_printer='printer',
            scale='scale',
            scanners=['other scanner'],
        )
