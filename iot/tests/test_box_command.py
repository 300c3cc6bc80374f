import json
from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .request_common import IotRequestCommon

COMMANDS = ('request_connection_test', 'request_restart', 'request_drivers_update')
FOR_MANAGERS = COMMANDS[1:]
AUTHTOKEN = '2abcDEF0123456789_5xyzXYZ'


class TestBoxCommand(IotRequestCommon):
    """What the form of a box asks of it, as real users."""

    def as_user(self, user):
        return self.box.with_user(user)

    def find(self, description):
        return self.env['iot.request'].search([('uid', '=', description['uid'])])

    def count(self):
        return self.env['iot.request'].search_count([])

    def assertNothingSent(self, count=0):
        self.assertEqual(self.count(), count)
        for message_type in ('test_connection', 'restart_odoo', 'remote_debug'):
            self.assertEqual(self.sent(message_type), [])

    def test_a_user_learns_how_good_the_connections_of_a_box_are(self):
        asked = self.as_user(self.user).request_connection_test()
        self.assertEqual(asked['state'], 'sent')
        [payload] = self.sent('test_connection')
        self.assertEqual(payload['session_id'], asked['uid'])
        qualities = {'lan_quality': 'fast', 'wan_quality': None}
        self.answer(self.find(asked), result=qualities)
        [end] = self.env['iot.request'].with_user(self.user).read_outcome([asked['uid']])
        self.assertEqual((end['state'], end['result']), ('done', qualities))

    def test_administrators_restart_boxes(self):
        asked = self.as_user(self.manager).request_restart()
        [payload] = self.sent('restart_odoo')
        self.assertEqual(payload['session_id'], asked['uid'])
        self.answer(self.find(asked))
        self.assertEqual(self.find(asked).state, 'done')
        self.assertFalse(self.box.drivers_requested_at)

    def test_an_update_restarts_a_box_that_then_takes_drivers_though_it_does_not_by_itself(self):
        self.box.drivers_auto_update = False
        self.assertFalse(self.box._takes_drivers())
        self.as_user(self.manager).request_drivers_update()
        self.assertEqual(len(self.sent('restart_odoo')), 1)
        self.assertTrue(self.box._takes_drivers())

    def test_a_box_that_is_away_is_asked_nothing_neither_now_nor_later(self):
        self.close_websocket()
        for command in COMMANDS:
            with self.subTest(command):
                asked = getattr(self.as_user(self.manager), command)()
                self.assertEqual((asked['state'], asked['reason']), ('expired', 'offline'))
        self.open_websocket('second')
        self.assertNothingSent(count=len(COMMANDS))
        self.assertFalse(self.box.drivers_requested_at)

    def test_two_people_do_not_restart_a_box_twice(self):
        self.as_user(self.manager).request_restart()
        again = self.as_user(self.manager).request_drivers_update()
        self.assertEqual((again['state'], again['reason']), ('expired', 'busy'))
        self.assertEqual(len(self.sent('restart_odoo')), 1)
        self.assertFalse(self.box.drivers_requested_at)

    def test_a_box_that_does_not_answer_is_told_of(self):
        asked = self.as_user(self.user).request_connection_test()
        self.pass_time(seconds=30)
        self.assertEqual(
            (self.find(asked).state, self.find(asked).reason), ('expired', 'no_answer')
        )
        again = self.as_user(self.user).request_connection_test()
        self.assertEqual(again['state'], 'sent')

    def test_users_change_nothing_and_others_not_even_look(self):
        for user, commands in [
            (self.user, FOR_MANAGERS),
            (self.other_manager, COMMANDS),
            (self.outsider, COMMANDS),
            (self.public_user, COMMANDS),
        ]:
            for command in commands:
                with self.subTest(user.login, command=command), self.assertRaises(AccessError):
                    getattr(self.as_user(user), command)()
        self.assertNothingSent()


class TestRemoteDebug(IotRequestCommon):
    """The tunnel of a box, as real users."""

    def ask(self, mode, token='', user=None):
        return self.box.with_user(user or self.manager).request_remote_debug(mode, token)

    def find(self, description):
        return self.env['iot.request'].search([('uid', '=', description['uid'])])

    def answer_debug(self, *, enabled):
        """Answer as the box does, which names neither the request nor a device."""
        request = self.env['iot.request'].search([], limit=1)
        result = {'enabled': enabled}
        self.answer(request, session_id=0, device_identifier=None, result=result)

    def on_bus(self):
        return self.env['bus.bus'].search_count([('message', 'like', AUTHTOKEN)])

    def test_a_tunnel_is_opened_closed_and_looked_at(self):
        for mode, token, payload in [
            ('start', f' {AUTHTOKEN}\n', {'status': False, 'token': AUTHTOKEN}),
            ('stop', AUTHTOKEN, {'status': False, 'token': ''}),
            ('check', AUTHTOKEN, {'status': True}),
        ]:
            with self.subTest(mode), self.debug_mode():
                asked = self.ask(mode, token)
                sent = self.sent('remote_debug')[-1]
                self.assertEqual({key: sent.get(key) for key in payload}, payload)
                self.answer_debug(enabled=mode == 'start')
                self.assertEqual(self.find(asked).state, 'done')
                result = json.loads(self.find(asked).result)
                self.assertEqual(result, {'enabled': mode == 'start'})

    def test_no_token_is_left_anywhere(self):
        for end in ('answer', 'silence'):
            with self.subTest(end), self.debug_mode():
                asked = self.ask('start', AUTHTOKEN)
                self.env.cr.precommit.run()  # as if the transaction ended: it is on the bus now
                self.assertTrue(self.on_bus())
                if end == 'answer':
                    self.answer_debug(enabled=True)
                else:
                    self.pass_time(seconds=30)
                self.env.cr.precommit.run()
                self.assertFalse(self.on_bus())
                self.assertFalse(self.find(asked).payload)
                self.assertNotIn(AUTHTOKEN, str(self.find(asked).read()))

    def test_it_is_for_administrators_in_developer_mode(self):
        for user in (self.user, self.other_manager, self.outsider, self.public_user):
            with self.subTest(user.login), self.debug_mode(), self.assertRaises(AccessError):
                self.ask('check', user=user)
        with self.assertRaises(AccessError):
            self.ask('check')
        self.assertFalse(self.sent('remote_debug'))

    def test_what_is_no_token_goes_to_no_box(self):
        for token in ('', None, 7, 'short', '--config=/etc/x-and-more', 'a b' * 10, 'x' * 129):
            with self.subTest(token), self.debug_mode(), self.assertRaises(UserError):
                self.ask('start', token)
        with self.debug_mode(), self.assertRaises(UserError):
            self.ask('format')
        self.assertFalse(self.sent('remote_debug'))

    def test_a_windows_box_is_not_asked_because_it_would_not_answer(self):
        self.assertTrue(self.box.has_remote_debug)
        self.box.version = 'W23.11-19.0-20260101'
        self.assertFalse(self.box.has_remote_debug)
        with self.debug_mode(), self.assertRaises(UserError):
            self.ask('check')
        self.assertFalse(self.sent('remote_debug'))

    def test_the_answer_of_another_address_is_not_believed(self):
        with self.debug_mode():
            asked = self.ask('check')
        request = self.find(asked)
        event = {'session_id': 0, 'device_identifier': None, 'result': {'enabled': False}}
        self.answer(request, source='198.51.100.7', **event)
        self.assertEqual(request.state, 'sent')
        self.clock.tick(timedelta(seconds=1))
        self.answer(request, **event)
        self.assertEqual(request.state, 'done')
