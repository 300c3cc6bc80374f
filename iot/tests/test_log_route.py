"""``POST /iot/log`` on the wire (contract section 3.9), and the file that people download."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import MAX_LOG_BYTES
from .common import wire_log
from .http_common import IotHttpCommon

SERIAL = '10000000abcd1234'
LINE = '30,2026-03-02 08:59:59,250 812 WARNING ? odoo.addons.iot_drivers.main: No paper'


@tagged('post_install', '-at_install')
class TestLogRoute(IotHttpCommon):
    def setUp(self):
        super().setUp()
        _token, secret = self.mint()
        self.set_up(SERIAL, secret, source='127.0.0.1')
        self.box = self.find_box(SERIAL)

    def post_log(self, body):
        """Post as the client does: without content type and, when given a list, in chunks."""
        response = self.opener.post(
            f'{self.base_url()}/iot/log',
            data=iter(body) if isinstance(body, list) else body,
            headers={'X-Odoo-Database': ''},
        )
        self.assertNotIn('Traceback', response.text)
        self.assertNotIn('session_id', response.cookies)
        return response

    def test_chunks_of_a_box_are_kept(self):
        body = wire_log(SERIAL, LINE, '40,boom')
        response = self.post_log([body[:40], body[40:90], body[90:]])
        self.assertEqual((response.status_code, response.text), (200, ''))
        self.assertEqual(self.box.log_ids.mapped('message'), ["boom", "No paper"])

    def test_a_stranger_is_answered_the_same(self):
        answers = [self.post_log(wire_log(name, LINE)) for name in (SERIAL, 'unknown')]
        self.assertEqual(*[(a.status_code, a.text, list(a.headers)) for a in answers])
        self.assertEqual(self.env['iot.log'].search([]).box_id, self.box)

    @mute_logger('odoo.http')
    def test_what_is_no_log_is_refused_in_words(self):
        large = wire_log(SERIAL, f'20,{"x" * MAX_LOG_BYTES}')
        for name, body, status in [
            ("empty", b'', 400),
            ("json", b'{"params": {}}', 400),
            ("html", wire_log('<script>', LINE), 400),
            ("large", large, 413),
            ("large chunks", [large[:1000], large[1000:]], 413),
        ]:
            with self.subTest(name):
                response = self.post_log(body)
                self.assertEqual(response.status_code, status, response.text)
                self.assertNotIn('<script>', response.text)
        self.assertFalse(self.env['iot.log'].search([]))

    def test_administrators_download_a_text(self):
        self.post_log(wire_log(SERIAL, LINE, '40,boom\nTraceback'))
        url = self.box.with_user(self.manager).action_download_logs()['url']
        self.authenticate('iot_manager', 'iot_manager')
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertIn(f'{SERIAL}.log', response.headers['Content-Disposition'])
        self.assertEqual(response.headers['Content-Type'], 'text/plain; charset=utf-8')
        first, second, third = response.text.splitlines()
        self.assertEqual(
            first, "2026-03-02 08:59:59 WARNING odoo.addons.iot_drivers.main: No paper"
        )
        self.assertRegex(second, r'^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ERROR -: boom$')
        self.assertEqual(third, "Traceback")

    @mute_logger('odoo.http', 'odoo.addons.base.models.ir_rule', 'odoo.addons.base.models.ir_model')
    def test_nobody_else_does(self):
        self.post_log(wire_log(SERIAL, LINE))
        url = f'/iot/box/{self.box.id}/logs'
        for login in ('iot_user', 'iot_other_manager', 'iot_outsider'):
            self.authenticate(login, login)
            response = self.url_open(url)
            self.assertEqual(response.status_code, 403, login)
            self.assertNotIn("No paper", response.text)
        self.authenticate(None, None)
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn('/web/login', response.headers['Location'])
