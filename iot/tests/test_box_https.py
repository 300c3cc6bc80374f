from datetime import timedelta

from ..tools.certificate_status import CertificateStatus
from .certificate_common import HOME, CertificateCommon
from .common import NOW


class TestBoxHttps(CertificateCommon):
    """Links to a box that has a certificate for its address."""

    def tell(self, end_date):
        status = CertificateStatus(self.box.identifier, end_date)
        boxes = self.env['iot.box'].with_user(self.public_user)
        boxes._receive_certificate_status(status, source=HOME)
        self.env.flush_all()
        self.env.invalidate_all()

    def links(self):
        box = self.box.with_user(self.user)
        return box.homepage_url, box.https_host

    def certify(self):
        self.ask()
        return self.certificates.search([], limit=1).not_after

    def test_a_box_is_linked_by_https_once_it_says_that_it_has_its_certificate(self):
        end_date = self.certify()
        self.assertEqual(self.links(), (f'http://{HOME}:8069', False))
        self.tell(end_date)
        self.assertEqual(self.links(), (f'https://{HOME}', HOME))

    def test_a_certificate_of_somebody_else_does_not_count(self):
        self.certify()
        self.tell(NOW + timedelta(days=33))
        self.assertEqual(self.links(), (f'http://{HOME}:8069', False))
        other, secret, _channel = self.connect('30000000abcd1234')
        self.clock.tick(timedelta(hours=1))
        self.ask(other.identifier, secret)
        self.tell(self.certificates.search([], limit=1).not_after)
        self.assertEqual(self.links(), (f'http://{HOME}:8069', False))

    def test_another_address_or_the_end_of_it_ends_that(self):
        end_date = self.certify()
        self.tell(end_date)
        self.set_up(self.box.identifier, self.secret, ip='192.168.1.77')
        self.assertEqual(self.links(), ('http://192.168.1.77:8069', False))
        self.set_up(self.box.identifier, self.secret, ip=HOME)
        self.assertEqual(self.links(), (f'https://{HOME}', HOME))
        self.clock.move_to(end_date)
        self.env.invalidate_all()
        self.assertEqual(self.links(), (f'http://{HOME}:8069', False))

    def test_a_name_is_linked_by_https_as_ever(self):
        name = '192-168-1-20.ab12.iot.example.com'
        self.set_up(self.box.identifier, self.secret, ip=name)
        self.assertEqual(self.links(), (f'https://{name}', name))
