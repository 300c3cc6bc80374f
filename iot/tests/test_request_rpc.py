import json
from datetime import UTC, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import NOW
from .request_common import DOCUMENT, SERIAL, IotRequestCommon

UID = '7d444840-9dc0-41d1-b245-5ffdce74fad2'


class TestRequestRpc(IotRequestCommon):
    """What browsers may call, as real users."""

    def ask(self, device, action, *args, user=None, **kwargs):
        return device.with_user(user or self.user).request_action(action, *args, **kwargs)

    def requests(self, user=None):
        return self.env['iot.request'].with_user(user or self.user)

    def find(self, description):
        return self.env['iot.request'].search([('uid', '=', description['uid'])])

    def count(self):
        return self.env['iot.request'].search_count([])

    def test_a_user_learns_all_that_a_browser_needs(self):
        asked = self.ask(self.scale, 'read_once')
        self.assertEqual(
            asked,
            {
                'uid': self.find(asked).uid,
                'state': 'sent',
                'reason': False,
                'message': False,
                'result': None,
                'expires_at': NOW.replace(tzinfo=UTC).timestamp() + 30,
                'box': {
                    'identifier': SERIAL,
                    'ip': '192.168.1.20',
                    'https_host': False,
                    'homepage_url': self.box.homepage_url,
                    'is_online': True,
                },
            },
        )
        self.assertEqual(self.find(asked).user_id, self.user)

    def test_the_outcome_can_be_read_by_who_asked_only(self):
        asked = self.ask(self.scale, 'read_once')
        self.answer(self.find(asked), result=0, status={'status': 'connected'})
        [outcome] = self.requests().read_outcome([asked['uid'], 'unknown', 7, None])
        self.assertEqual((outcome['state'], outcome['result']), ('done', 0))
        self.assertEqual(self.requests(self.manager).read_outcome([asked['uid']]), [])
        for user in (self.outsider, self.public_user):
            with self.assertRaises(AccessError):
                self.requests(user).read_outcome([asked['uid']])

    def test_to_look_is_enough_to_learn_that_time_is_over(self):
        asked = self.ask(self.scale, 'read_once')
        self.clock.tick(timedelta(seconds=30))
        [outcome] = self.requests().read_outcome([asked['uid']])
        self.assertEqual((outcome['state'], outcome['reason']), ('expired', 'no_answer'))

    def test_the_same_call_again_is_the_same_request(self):
        asked = self.ask(self.printer, 'print', {'document': DOCUMENT}, uid=UID)
        self.assertEqual(asked['uid'], UID)
        self.assertEqual(self.ask(self.printer, 'print', {'document': DOCUMENT}, uid=UID), asked)
        self.answer(self.find(asked))
        again = self.ask(self.printer, 'print', {'document': DOCUMENT}, uid=UID)
        self.assertEqual(again['state'], 'done')
        self.assertEqual(len(self.sent()), 1)

    def test_an_id_serves_one_call_of_one_user(self):
        self.ask(self.printer, 'status', uid=UID)
        for device, action, user in [
            (self.printer, 'cashbox', self.user),
            (self.scale, 'read_once', self.user),
            (self.printer, 'status', self.manager),
        ]:
            with self.assertRaisesRegex(UserError, "an id of its own"):
                self.ask(device, action, uid=UID, user=user)
        for uid in ('', 'x', UID.upper(), '7d444840-9dc0-11d1-b245-5ffdce74fad2', 7, [UID], {}):
            with self.assertRaisesRegex(UserError, "an id of its own"):
                self.ask(self.printer, 'status', uid=uid)
        with self.assertRaisesRegex(UserError, "an id of its own"):
            self.ask(self.printer, 'status', is_direct=True)
        self.assertEqual(self.count(), 1)

    def test_what_makes_no_sense_is_refused_in_words(self):
        for action, arguments in [
            ('weigh', {}),
            (None, {}),
            ('print', {'document': 'é'}),
            ('print', [DOCUMENT]),
            ('cashbox', {'iot_identifiers': ['other']}),
        ]:
            with self.assertRaisesRegex(UserError, "cannot be asked for this"):
                self.ask(self.printer, action, arguments)
        self.assertEqual(self.count(), 0)
        self.assertFalse(self.sent())

    def test_those_who_may_not_see_a_device_do_not_use_it(self):
        for user in (self.outsider, self.public_user, self.other_manager):
            with self.assertRaises(AccessError):
                self.ask(self.scale, 'read_once', user=user)
            with self.assertRaises(AccessError):
                self.box.with_user(user).relay_webrtc_offer({'type': 'offer', 'sdp': 'v=0'})
        self.assertEqual(self.count(), 0)

    def test_what_lasts_is_up_to_administrators(self):
        display = {'HDMI-A-1': {'name': "Display", 'type': 'display', 'connection': 'hdmi'}}
        self.set_up(SERIAL, self.secret, display)
        arguments = {'url': 'https://odoo.example.com/screen'}
        with self.assertRaises(AccessError):
            self.ask(self.device('HDMI-A-1'), 'update_url', arguments)
        asked = self.ask(self.device('HDMI-A-1'), 'update_url', arguments, user=self.manager)
        self.assertEqual(asked['state'], 'sent')

    def test_users_see_their_own_requests_administrators_those_of_their_companies(self):
        asked = self.find(self.ask(self.scale, 'read_once'))
        self.assertEqual(self.requests().search([]), asked)
        self.assertEqual(self.requests(self.manager).search([]), asked)
        self.assertFalse(self.requests(self.other_manager).search([]))
        self.find(self.ask(self.scale, 'read_once', user=self.manager))
        self.assertEqual(self.requests().search([]), asked)
        self.assertEqual(self.requests(self.manager).search_count([]), 2)

    @mute_logger('odoo.models')
    def test_nobody_writes_requests_or_reads_their_secrets(self):
        asked = self.find(self.ask(self.scale, 'read_once'))
        for user in (self.user, self.manager):
            request = asked.with_user(user)
            for field in ('uid', 'payload', 'websocket_key'):
                self.assertNotIn(field, request.read()[0])
                with self.assertRaises(AccessError):
                    request.read([field])
                with self.assertRaises(AccessError):
                    request.search([(field, 'like', 'a')])
            for operation in (
                lambda request=request: request.write({'state': 'done'}),
                lambda request=request: request.unlink(),
                lambda request=request: request.create({'box_id': self.box.id}),
            ):
                with self.assertRaises(AccessError):
                    operation()

    def test_an_offer_is_relayed_and_answered_one_at_a_time(self):
        offer = {'type': 'offer', 'sdp': 'v=0\r\n', 'iot_identifiers': ['other']}
        first = self.box.with_user(self.user).relay_webrtc_offer(offer)
        second = self.box.with_user(self.user).relay_webrtc_offer(offer)
        self.assertEqual([first['state'], second['state']], ['sent', 'queued'])
        [payload] = self.sent('webrtc_offer')
        self.assertEqual(payload['offer'], {'type': 'offer', 'sdp': 'v=0\r\n'})
        self.assertEqual(payload['iot_identifiers'], [SERIAL])
        self.answer_offer(SERIAL, 'v=1\r\n', source='192.168.1.66')
        self.assertEqual(self.find(first).state, 'sent')
        self.answer_offer(SERIAL, 'v=1\r\n')
        [outcome] = self.requests().read_outcome([first['uid']])
        self.assertEqual(outcome['state'], 'done')
        self.assertEqual(outcome['result'], {'answer': {'type': 'answer', 'sdp': 'v=1\r\n'}})
        self.assertEqual(self.find(second).state, 'sent')
        for malformed in (None, {}, {'type': 'answer', 'sdp': 'v'}, {'type': 'offer', 'sdp': 7}):
            with self.assertRaisesRegex(UserError, "cannot be asked for this"):
                self.box.with_user(self.user).relay_webrtc_offer(malformed)

    def test_remote_debugging_is_answered_to_nobody_in_particular(self):
        request = self.box._send_command('remote_debug', status=False, token='t').sudo()
        answer = {'session_id': 0, 'device_identifier': None, 'result': {'enabled': True}}
        self.answer(request, **answer, source='192.168.1.66')
        self.assertEqual(request.state, 'sent')
        self.answer(request, **answer)
        self.assertEqual(request.state, 'done')
        self.assertEqual(json.loads(request.result), {'enabled': True})

    def test_a_command_to_the_box_is_answered_by_the_box(self):
        request = self.box._send_command('test_connection').sudo()
        result = {'lan_quality': 'fast', 'wan_quality': None}
        self.answer(request, result=result)
        self.assertEqual(json.loads(request.result), result)
        with self.assertRaises(ValueError):
            self.box._send_command('server_clear')
