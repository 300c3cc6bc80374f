from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import IOT_DOMAIN_PARAMETER
from ..controllers.certificate import IotCertificateController as Routes
from ..controllers.root_certificate import IotRootCertificateController as RootRoutes
from .eligibility_common import EligibilityCommon
from .http_common import IotHttpCommon


@tagged('-at_install', 'post_install')
class TestCertificateRoute(EligibilityCommon, IotHttpCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect('20000000abcd1234', source='127.0.0.1')
        self.params = {
            'identifier': self.box.identifier,
            'token': self.secret,
            'addresses': ['192.168.1.20'],
        }

    def test_a_box_gets_its_certificate(self):
        result = self.post({'params': self.params}, Routes.BOX_URL)['result']
        self.assertEqual(set(result), {'subject_cn', 'x509_pem', 'private_key_pem', 'renew_at'})

    def test_a_box_that_asks_as_it_asks_odoo_gets_the_keys_of_the_contract(self):
        self.set_params({IOT_DOMAIN_PARAMETER: 'iot.example.com'})
        params = {
            'db_uuid': self.box._get_database_uuid(),
            'enterprise_code': 'M26030200000001',
        }
        result = self.post({'params': params}, Routes.CONTRACT_URL)['result']
        self.assertTrue(result['x509_pem'] and result['private_key_pem'])
        self.assertTrue(result['subject_cn'].endswith('.iot.example.com'))
        params['enterprise_code'] = None
        result = self.post({'params': params}, Routes.CONTRACT_URL)['result']
        self.assertEqual(result, {'error': "No certificate is available."})

    def test_a_refusal_is_a_result_in_words_and_changes_nothing(self):
        self.params['token'] = 'wrong'
        before = self.snapshot()
        for url, params in [
            (Routes.BOX_URL, self.params),
            (Routes.BOX_URL, {**self.params, 'identifier': 'unknown', 'token': self.secret}),
            (Routes.CONTRACT_URL, {'db_uuid': 'wrong', 'enterprise_code': 'M26030200000001'}),
        ]:
            with self.subTest(url=url, params=params):
                result = self.post({'params': params}, url)['result']
                self.assertEqual(result, {'error': "No certificate is available."})
        self.assertEqual(self.snapshot(), before)

    @mute_logger('odoo.http')
    def test_a_malformed_request_is_refused_and_changes_nothing(self):
        before = self.snapshot()
        for url in (Routes.BOX_URL, Routes.CONTRACT_URL):
            for body in ('{', '[]', {'params': {'token': [], 'db_uuid': []}}):
                with self.subTest(url=url, body=body):
                    self.assertEqual(self.post(body, url)['error']['code'], 400)
        self.assertEqual(self.snapshot(), before)

    def test_people_download_the_root_and_strangers_do_not(self):
        self.post({'params': self.params}, Routes.BOX_URL)
        answer = self.url_open(RootRoutes.FILE_URL, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.authenticate(self.outsider.login, self.outsider.login)
        answer = self.url_open(RootRoutes.FILE_URL)
        root = self.env['iot.certificate.root'].search([])
        self.assertEqual(answer.text, root.certificate_pem)
        page = self.url_open(RootRoutes.PAGE_URL)
        self.assertIn(root.fingerprint, page.text)
        self.assertNotIn('PRIVATE', answer.text + page.text)

    @mute_logger('odoo.http')
    def test_without_a_root_the_page_says_so(self):
        self.authenticate(self.outsider.login, self.outsider.login)
        self.assertIn("none yet", self.url_open(RootRoutes.PAGE_URL).text)
        self.assertEqual(self.url_open(RootRoutes.FILE_URL).status_code, 404)
