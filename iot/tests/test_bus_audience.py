"""Who hears what is sent on the bus, from the pairing of a box to its end."""

import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.tools import mute_logger

from odoo.addons.bus.models.bus import channel_with_db, dispatch
from odoo.addons.bus.websocket import _wsrequest_stack

from .. import const
from .access_common import AccessCommon

FOR_BOXES = {
    'iot_action', 'remote_debug', 'restart_odoo', 'server_clear', 'server_update',
    'test_connection', 'webrtc_offer',
}  # fmt: skip
TO_ALL_USERS = {'iot.box/changed'}  # ids of boxes only: screens ask again, each with its own rights


class BusAudienceTests:
    AUDIENCE = {
        'public': set(),
        'portal': set(),
        'outsider': {'simple_notification'},  # who is responsible for the box, by chance
        'user': {*TO_ALL_USERS, 'iot.request/ended'},
        'manager': {*TO_ALL_USERS, 'iot.token/used', 'iot.token/revoked'},
        'other_manager': TO_ALL_USERS,
    }

    def setUp(self):
        self.env['bus.bus'].search([]).unlink()
        super().setUp()
        self.hear(self.public_user, [self.channel])  # the box
        scale = self.box.device_ids.filtered(lambda device: device.type == 'scale')
        scale.with_user(self.user).request_action('read_once')
        self.box.with_user(self.user).request_connection_test()
        self.box.with_user(self.user).relay_webrtc_offer({'type': 'offer', 'sdp': 'v=0\r\n'})
        self.box._send_command('restart_odoo')
        self.box._send_command('remote_debug', status=False, token='authtoken of somebody')
        self.clock.tick(60)
        self.env['iot.request']._cron_expire()
        self.lose_box()
        self.heard_by_box = self.hear(self.public_user, [self.channel])
        self.clock.tick(const.CLEAR_DELAY)
        self.box.with_user(self.manager).unlink()
        self.env.flush_all()

    @mute_logger('odoo.addons.iot.models.iot_box_watch')
    def lose_box(self):
        """Let the responsible person be told."""
        self.box.responsible_id = self.outsider
        self.box._websocket_closed(self.box.websocket_key)
        self.clock.tick(const.DEFAULT_ALERT_DELAY)
        self.env['iot.box']._watch(fields.Datetime.now())

    def sent(self):
        """Return channel, type and payload of all messages so far."""
        messages = []
        for values in (
            *self.env['bus.bus'].search([]).read(['channel', 'message']),
            *self.env.cr.precommit.data.get('bus.bus.values', []),
        ):
            message = json.loads(values['message'])
            messages.append((values['channel'], message['type'], message['payload']))
        return messages

    def hear(self, user, channels):
        """Return the types of the messages that a websocket of the user gets."""
        env = self.env(user=user)
        session = SimpleNamespace(uid=None if user == self.public_user else user.id)
        websocket = SimpleNamespace(session=session)
        subscribed = []
        with patch.object(dispatch, 'subscribe', lambda found, *_: subscribed.extend(found)):
            _wsrequest_stack.push(
                SimpleNamespace(session=session, ws=websocket, env=env, cookies={})
            )
            try:
                env['ir.websocket']._subscribe({'channels': channels, 'last': 0})
            finally:
                _wsrequest_stack.pop()
        names = {
            json.dumps(channel_with_db(self.env.cr.dbname, channel), separators=(',', ':'))
            for channel in subscribed
        }
        return {type_ for channel, type_, _payload in self.sent() if channel in names}

    def guesses(self):
        """Return what somebody might ask for who knows all channels but no secret."""
        channels = {channel for channel, _type, _payload in self.sent()}
        parts = [part for part in map(json.loads, channels) if isinstance(part, list)]
        return [
            *channels,
            *('.'.join(map(str, part)) for part in parts),
            *('_'.join(map(str, part[1:])) for part in parts),
            *(f'{part[1]},{part[2]}' for part in parts if len(part) > 2),
            *(f'editor_collaboration:{part[1]}:name:{part[2]}' for part in parts if len(part) > 2),
            self.channel[:-1],
            self.secret,
            '10000000abcd1234',
            'iot_channel_',
        ]

    def test_messages_reach_those_only_whom_they_are_for(self):
        types = {type_ for _channel, type_, _payload in self.sent()}
        self.assertEqual(types, FOR_BOXES.union(*self.AUDIENCE.values()))
        self.assertEqual(self.heard_by_box, FOR_BOXES - {'server_clear'})
        for role, user in {**self.roles, 'public': self.public_user}.items():
            asked = self.guesses()
            if role == 'public':  # an editor refuses strangers altogether
                asked = [name for name in asked if not name.startswith('editor_collaboration')]
            with self.subTest(role=role):
                self.assertEqual(self.hear(user, asked), self.AUDIENCE[role])

    def test_what_all_users_hear_tells_nothing_of_a_box(self):
        payloads = [payload for _channel, type_, payload in self.sent() if type_ in TO_ALL_USERS]
        self.assertEqual({key for payload in payloads for key in payload}, {'box_ids'})

    def test_no_message_has_a_secret_of_the_connection(self):
        text = str(self.sent())
        for secret in (self.secret, self.channel):
            self.assertNotIn(secret, text)


class TestBusAudience(BusAudienceTests, AccessCommon):
    allow_inherited_tests_method = True
