"""Whatever is subscribed to by the websocket: no box, nobody else, no failure of ours."""

import json

from hypothesis import given
from hypothesis import strategies as st

from odoo import models

from odoo.addons.bus.models.bus import channel_with_db, hashable
from odoo.addons.bus.websocket import orjson

from .channel_common import SERIAL, ChannelCommon, without_our_channels
from .fuzz_strategies import fuzz, json_values, near, texts
from .fuzz_valid import MAC, TOKEN
from .fuzz_writes import FuzzWrites

EXAMPLES = 400
FRAMES = (
    {'channels': ['iot_channel_' + '0' * 64], 'last': 113, 'identifier': SERIAL},
    {'channels': [], 'last': 0, 'iot_token': TOKEN},
    {'channels': ['iot_channel_', ''], 'last': 0, 'mac_address': MAC},
)


class TestFuzzSubscription(FuzzWrites, ChannelCommon):
    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.env.cr.precommit.run()  # what was sent on the bus till now

    def foreign_channels(self):
        """Return the channels of others as the bus knows them, and texts that may pass for them."""
        group = self.env.ref('iot.group_iot_manager')
        records = [self.box, self.manager, self.manager.partner_id, group]
        known = {hashable(channel_with_db(self.env.cr.dbname, record)) for record in records}
        names = [f'{record._name}{sign}{record.id}' for record in records for sign in '_,.']
        return known, [*names, *map(json.dumps, known), *map(str, known), self.box.identifier]

    def test_strangers_and_users_subscribe_to_nothing_of_others(self):
        known, names = self.foreign_channels()
        channels = st.sampled_from(names) | texts.map('iot_channel_{}'.format) | texts
        frames = st.sampled_from(FRAMES).flatmap(near) | st.fixed_dictionaries(
            {'channels': st.lists(channels, max_size=4), 'last': st.integers(-9, 9)},
            optional={'identifier': st.just(SERIAL) | json_values, 'iot_token': texts},
        )
        for user in (None, self.outsider):
            with self.subTest(user=user):
                self.assertIn('broadcast', self.try_frames(frames, known, user))

    def try_frames(self, frames, known, user):
        """Return what was subscribed to by a user, or by strangers."""
        own_groups, own_partner = (user or self.public_user).all_group_ids, user and user.partner_id
        accepted = []

        @fuzz(EXAMPLES)
        @given(frames.map(json.dumps))
        def check(frame):
            with self.undo_writes() as tables:
                for channel in self.subscribe_frame(frame, user):
                    accepted.append(channel)
                    if isinstance(channel, models.BaseModel) and channel != own_partner:
                        self.assertLessEqual(channel, own_groups)
                    self.assertNotIn('iot_channel_', str(channel))
                    address = hashable(channel_with_db(self.env.cr.dbname, channel))
                    self.assertNotIn(address, known)
            self.assertFalse(tables)
            self.assertFalse(self.box.is_online)

        check()
        return accepted

    def subscribe_frame(self, frame, user=None):
        """Return the channels; none where `bus` itself refuses the frame, by whatever exception."""
        try:
            data = orjson.loads(frame)  # as `bus` reads it
        except ValueError:
            return []
        channels, error = self.try_subscribe(data, user)
        if error:
            token = data.get('iot_token') if isinstance(data, dict) else None
            if isinstance(token, str) and token.isascii():  # it stands for channels
                data = {'last': 0, **data, 'channels': []}
            with without_our_channels():
                _channels, stock_error = self.try_subscribe(data, user)
            self.assertEqual(repr(error), repr(stock_error), frame)
        return channels

    def try_subscribe(self, data, user):
        """Return the channels, and what was raised."""
        try:
            with self.env.cr.savepoint():
                return self.subscribe(data, user), None
        except Exception as error:  # noqa: BLE001 it is compared
            return [], error

    def test_the_one_who_knows_the_channel_or_token_is_the_box(self):
        for data in ({'channels': [self.channel]}, {'channels': [], 'iot_token': self.secret}):
            with self.undo_writes() as tables:
                channels = self.subscribe_frame(json.dumps({**data, 'last': 0}))
                self.assertEqual(self.boxes(channels), [self.box])
                self.assertTrue(self.box.is_online)
            self.assertIn('iot_box', tables)
            self.env.invalidate_all()
