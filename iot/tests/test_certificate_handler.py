import io
import zipfile

from .certificate_common import HOME, CertificateCommon

HANDLER = 'interfaces/database_certificate.py'


class TestCertificateHandler(CertificateCommon):
    """The handler by which stock boxes ask this database for certificates."""

    def fetch(self, etag=None):
        """Return the ETag and the names of the drivers that the box gets, or None."""
        boxes = self.env['iot.box'].with_user(self.public_user)
        answer = boxes._get_handlers(
            self.box.identifier, if_none_match=etag, automatic=True, source=HOME
        )
        if not answer or not answer[1]:
            return answer
        return answer[0], set(zipfile.ZipFile(io.BytesIO(answer[1])).namelist())

    def test_boxes_that_may_have_certificates_get_it_beside_the_stock_drivers(self):
        self.assertEqual(self.box.drivers_state, 'outdated')
        etag, names = self.fetch()
        self.assertLessEqual({HANDLER, 'drivers/serial_scale_driver.py'}, names)
        self.assertEqual(self.box.drivers_state, 'current')
        self.assertEqual(self.fetch(etag), (etag, None))

    def test_where_there_are_no_certificates_boxes_keep_their_own_drivers(self):
        self.set_params({'database.expiration_date': '2026-03-01 00:00:00'})
        self.assertIsNone(self.fetch())
        self.assertEqual(self.box.drivers_state, 'own')
        self.assertFalse(self.box.drivers_fetched_at)

    def test_it_stays_as_long_as_there_are_certificates_to_renew(self):
        etag, _names = self.fetch()
        self.ask()
        self.set_params({'database.expiration_date': '2026-03-01 00:00:00'})
        self.assertEqual(self.fetch(etag), (etag, None))

    def test_it_goes_with_the_right_to_certificates_and_comes_back_with_it(self):
        etag, _names = self.fetch()
        self.set_params({'database.expiration_date': '2026-03-01 00:00:00'})
        stock_etag, names = self.fetch(etag)
        self.assertNotIn(HANDLER, names)
        self.assertIn('drivers/serial_scale_driver.py', names)
        self.set_params({'database.expiration_date': '2099-03-01 00:00:00'})
        self.assertIn(HANDLER, self.fetch(stock_etag)[1])
