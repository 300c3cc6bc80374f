from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.box_event import IotBoxEventController as Routes
from .http_common import IotHttpCommon
from .request_common import IotRequestCommon

EVENT_URLS = (Routes.EVENT_URL, Routes.OLDER_EVENT_URL, Routes.OLDEST_EVENT_URL)
MALFORMED = 400


@tagged('-at_install', 'post_install')
class TestBoxEventRoute(IotRequestCommon, IotHttpCommon):
    def setUp(self):
        super().setUp()
        self.set_up(self.box.identifier, self.secret, self.announced(), source='127.0.0.1')

    def announced(self):
        return {
            device.identifier: {'name': device.name, 'type': device.type}
            for device in self.box.device_ids
        }

    def event(self, request, **values):
        return {
            'params': {
                'iot_box_identifier': self.box.identifier,
                'device_identifier': request.device_id.identifier,
                'session_id': request.uid,
                'status': 'success',
                **values,
            }
        }

    def test_all_dialects_end_their_request(self):
        mac = self.box.mac
        for url, values in [
            (Routes.EVENT_URL, {}),
            (Routes.OLDER_EVENT_URL, {'session_id': None, 'operation_id': 'uid', 'iot_mac': mac}),
            (Routes.OLDEST_EVENT_URL, {'session_id': None, 'print_id': 'uid', 'iot_mac': mac}),
        ]:
            with self.subTest(url=url):
                request = self.printer._send_action('status').sudo()
                ids = {key: request.uid for key, value in values.items() if value == 'uid'}
                body = self.event(request, **{**values, **ids})
                self.assertIs(self.post(body, url)['result'], True)
                self.assertEqual(request.state, 'done')

    def test_a_stranger_learns_nothing_and_changes_nothing(self):
        request = self.printer._send_action('status').sudo()
        before = self.snapshot()
        for url in EVENT_URLS:
            for values in (
                {'session_id': 'guess'},
                {'iot_box_identifier': 'unknown'},
                {'device_identifier': 'unknown'},
                {'session_id': {'a': 1}, 'owner': [1], 'action_args': 'x', 'time': 'soon'},
            ):
                with self.subTest(url=url, values=values):
                    answer = self.post(self.event(request, **values), url)
                    self.assertEqual(answer, {'jsonrpc': '2.0', 'id': None, 'result': True})
                    self.assertEqual(self.snapshot(), before)

    @mute_logger('odoo.http')
    def test_a_malformed_event_is_refused_in_words_and_changes_nothing(self):
        self.printer._send_action('status')
        before = self.snapshot()
        for url in (*EVENT_URLS, Routes.WEBRTC_URL):
            for body in ('{', '[]', {'params': {}}, {'params': {'iot_box_identifier': 7}}):
                with self.subTest(url=url, body=body):
                    self.assertEqual(self.post(body, url)['error']['code'], MALFORMED)
        self.assertEqual(self.snapshot(), before)

    def test_the_answer_to_an_offer_comes_from_where_the_box_is(self):
        request = self.box._send_command('webrtc_offer', offer={}).sudo()
        answer = {'sdp': 'v=0\r\n', 'type': 'answer'}
        params = {'iot_box_identifier': 'unknown', 'answer': answer}
        self.assertIs(self.post({'params': params}, Routes.WEBRTC_URL)['result'], True)
        self.assertEqual(request.state, 'sent')
        params['iot_box_identifier'] = self.box.identifier
        self.assertIs(self.post({'params': params}, Routes.WEBRTC_URL)['result'], True)
        self.assertEqual(request.state, 'done')
        self.assertEqual(request._describe_end()['result'], {'answer': answer})
