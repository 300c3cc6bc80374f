from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.certificate import IotCertificateController as Routes
from .common import NOW
from .http_common import IotHttpCommon


@tagged('-at_install', 'post_install')
class TestCertificateStatusRoute(IotHttpCommon):
    def setUp(self):
        super().setUp()
        self.box = self.connect(source='127.0.0.1')[0]

    def tell(self, **params):
        return self.post({'params': params}, Routes.STATUS_URL)

    def test_a_box_tells_the_end_date_in_the_words_of_all_clients(self):
        end_date = NOW + timedelta(days=30)
        for key, form in (
            ('identifier', '%s'), ('identifier', '%s+00:00'), ('iot_mac', '%s'),
        ):  # fmt: skip
            with self.subTest(key=key, form=form):
                end_date += timedelta(days=1)
                name = self.box.identifier if key == 'identifier' else self.box.mac
                answer = self.tell(**{key: name}, ssl_certificate_end_date=form % end_date)
                self.assertIs(answer['result'], True)
                self.assertEqual(self.box.certificate_end_date, end_date)

    def test_a_stranger_is_answered_the_same(self):
        answer = self.tell(identifier='unknown', ssl_certificate_end_date='2026-04-01 12:34:56')
        self.assertEqual(answer, {'jsonrpc': '2.0', 'id': None, 'result': True})

    @mute_logger('odoo.http')
    def test_a_malformed_post_is_refused_in_words_and_changes_nothing(self):
        before = self.snapshot()
        for body in (
            '{', '[]', {'params': {}}, {'params': {'identifier': self.box.identifier}},
            {'params': {'identifier': self.box.identifier, 'ssl_certificate_end_date': 'soon'}},
        ):  # fmt: skip
            with self.subTest(body=body):
                self.assertEqual(self.post(body, Routes.STATUS_URL)['error']['code'], 400)
        self.assertEqual(self.snapshot(), before)
