"""``POST /iot/setup`` on the wire (contract sections 2, 3.2)."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import MAX_SETUP_BYTES
from .common import DEVICES, NOW, PRINTER, wire_box
from .http_common import IotHttpCommon

SERIAL = '10000000abcd1234'
REFUSAL = {
    'jsonrpc': '2.0',
    'id': None,
    'error': {
        'code': 403,
        'message': "This IoT box is not connected to this database, or its token is no longer "
        "valid. Connect it again with a new token.",
    },
}


@tagged('post_install', '-at_install')
class TestSetupRoute(IotHttpCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger('odoo.addons.iot.models.iot_connection_attempt', 'odoo.http'))

    def test_a_box_with_an_unused_token_gets_its_channel(self):
        _token, secret = self.mint()
        answer = self.post_setup(wire_box(SERIAL, secret), {})
        self.assertEqual(answer.keys(), {'jsonrpc', 'id', 'result'})
        self.assertRegex(answer['result'], r'^iot_channel_[0-9a-f]{64}$')
        self.assertEqual(self.post_setup(wire_box(SERIAL, secret), DEVICES), answer)
        box = self.find_box(SERIAL)
        self.assertEqual((box.device_count, box.connected_device_count), (2, 2))
        self.assertEqual(self.env['iot.connection.attempt'].search([]).source, '127.0.0.1')

    def test_every_refusal_is_the_same_and_changes_nothing(self):
        _box, secret, _channel = self.connect(SERIAL, DEVICES)
        _token, other_company_secret = self.mint(self.other_manager)
        revoked, revoked_secret = self.mint()
        revoked._revoke()
        _token, expired_secret = self.mint()
        self.clock.move_to(NOW + timedelta(hours=2))
        _token, unused_secret = self.mint()
        before = self.snapshot()
        for identifier, token in [
            ('unknown', None),
            ('unknown', ''),
            ('unknown', 'f' * 48),
            ('unknown', secret),
            ('unknown', revoked_secret),
            ('unknown', expired_secret),
            ('unknown', unused_secret[:-1]),
            ('unknown', unused_secret + ' '),
            (SERIAL, None),
            (SERIAL, 'f' * 48),
            (SERIAL, revoked_secret),
            (SERIAL, expired_secret),
            (SERIAL, other_company_secret),
        ]:
            with self.subTest(identifier=identifier, token=token):
                self.assertEqual(self.post_setup(wire_box(identifier, token), {}), REFUSAL)
                self.assertEqual(self.snapshot(), before)

    def test_the_reason_of_a_refusal_stays_although_the_box_is_not_told(self):
        self.post_setup(wire_box(SERIAL, 'f' * 48), {})
        attempt = self.env['iot.connection.attempt'].search([])
        self.assertEqual((attempt.reason, attempt.source), ('unknown_token', '127.0.0.1'))

    def test_a_malformed_body_is_told_in_words_and_changes_nothing(self):
        box, secret, _channel = self.connect(SERIAL, DEVICES)
        before = self.snapshot()
        good = wire_box(SERIAL, secret)
        for body, about in [
            ('', 'must be JSON'),
            ('{', 'must be JSON'),
            (b'\xff\xfe', 'must be JSON'),
            ('[' * 100000, 'nested too deeply'),
            ('null', 'must be an object'),
            ('[]', 'must be an object'),
            ('"text"', 'must be an object'),
            ('1', 'must be an object'),
            ({'params': []}, 'must be an object'),
            ({'params': None}, 'must be an object'),
            ({'params': 'x'}, 'must be an object'),
            ({}, 'iot_box must be an object'),
            ({'params': {}}, 'iot_box must be an object'),
            ({'params': {'iot_box': []}}, 'iot_box must be an object'),
            ({'params': {'iot_box': {}}}, 'iot_box.identifier'),
            ({'params': {'iot_box': good, 'devices': []}}, 'devices must be an object'),
            ({'params': {'iot_box': {**good, 'token': 1}}}, 'iot_box.token'),
            ({'params': {'iot_box': good, 'devices': {'': PRINTER}}}, 'A device identifier'),
            ({'params': {'iot_box': good, 'devices': {'p': {'name': 1}}}}, 'name must be a text'),
            (
                {'params': {'iot_box': good, 'devices': {f'd{n}': {} for n in range(5000)}}},
                'more than 500',
            ),
        ]:
            with self.subTest(body=str(body)[:60]):
                answer = self.post(body)
                self.assertEqual(answer['error'].keys(), {'code', 'message'})
                self.assertEqual(answer['error']['code'], 400)
                self.assertIn(about, answer['error']['message'])
                self.assertNotIn('result', answer)
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(box.device_count, 2)

    def test_a_huge_body_is_refused_unread(self):
        answer = self.post('{"params": {"iot_box": "' + 'a' * MAX_SETUP_BYTES + '"}}')
        self.assertEqual(answer['error'], {'code': 413, 'message': "Request Entity Too Large"})

    def test_unknown_keys_of_newer_boxes_are_ignored(self):
        _token, secret = self.mint()
        box = {**wire_box(SERIAL, secret), 'colour': "blue"}
        body = {
            'jsonrpc': '2.0',
            'id': 7,
            'params': {
                'iot_box': box,
                'devices': {'p': {**PRINTER, 'x': [1]}},
                'future': {},
                'self': 1,
            },
        }
        answer = self.post(body)
        self.assertIn('result', answer)
        self.assertEqual(answer['id'], 7)

    def test_an_error_of_ours_is_logged_and_not_shown(self):
        _token, secret = self.mint()
        before = self.snapshot()

        def fail(*args, **kwargs):
            raise ZeroDivisionError("secret detail")

        with patch.object(self.registry['iot.box'], '_refresh', fail):
            answer = self.post_setup(wire_box(SERIAL, secret), {})
        self.assertEqual(
            answer['error'],
            {'code': 500, 'message': "The server could not handle this request."},
        )
        self.assertEqual(self.snapshot(), before)

    def test_other_methods_and_content_types_are_refused(self):
        url = self.base_url() + '/iot/setup'
        self.assertEqual(self.opener.get(url).status_code, 405)
        response = self.opener.post(url, data={'iot_box': 'x'})
        self.assertEqual(response.status_code, 415)
        self.assertNotIn('Traceback', response.text)

    def test_the_first_request_of_a_boot_may_lack_the_headers_of_a_box(self):
        """The client decorates its requests only once it has finished to import itself."""
        _token, secret = self.mint()
        body = {'params': {'iot_box': wire_box(SERIAL, secret), 'devices': {}}}
        bare = self.post(body, **{'User-Agent': 'python-requests/2.34.2'})
        decorated = self.post(
            body, **{'User-Agent': 'OdooIoTBox/1.0', 'X-Odoo-Database': self.env.cr.dbname}
        )
        self.assertTrue(bare['result'])
        self.assertEqual(bare, decorated)
