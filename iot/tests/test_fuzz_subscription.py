"""Whatever a stranger subscribes to by the websocket: no box, no user, no failure of ours."""

import json
import traceback
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from odoo import models

from odoo.addons.bus.models.bus import channel_with_db, hashable
from odoo.addons.bus.websocket import orjson

from .channel_common import SERIAL, ChannelCommon
from .fuzz_strategies import fuzz, json_values, near, texts
from .fuzz_valid import MAC, TOKEN
from .fuzz_writes import FuzzWrites

EXAMPLES = 600
OURS = str(Path(__file__).parent.parent)
FRAMES = (
    {'channels': ['iot_channel_' + '0' * 64], 'last': 113, 'identifier': SERIAL},
    {'channels': [], 'last': 0, 'iot_token': TOKEN},
    {'channels': ['iot_channel_', ''], 'last': 0, 'mac_address': MAC},
)


class TestFuzzSubscription(FuzzWrites, ChannelCommon):
    def foreign_channels(self):
        """Return the channels of others as the bus knows them, and texts that may pass for them."""
        records = [self.box, self.manager, self.manager.partner_id, self.env.ref('base.group_user')]
        known = {hashable(channel_with_db(self.env.cr.dbname, record)) for record in records}
        names = [f'{record._name}{sign}{record.id}' for record in records for sign in '_,.']
        return known, [*names, *map(json.dumps, known), *map(str, known), self.box.identifier]

    def test_strangers_subscribe_to_nothing_of_others(self):
        known, names = self.foreign_channels()
        channels = st.sampled_from(names) | texts.map('iot_channel_{}'.format) | texts
        frames = st.sampled_from(FRAMES).flatmap(near) | st.fixed_dictionaries(
            {'channels': st.lists(channels, max_size=4), 'last': st.integers(-9, 9)},
            optional={'identifier': st.just(SERIAL) | json_values, 'iot_token': texts},
        )
        accepted = []

        @fuzz(EXAMPLES)
        @given(frames.map(json.dumps))
        def check(frame):
            with self.undo_writes() as tables:
                for channel in self.subscribe_frame(frame):
                    accepted.append(channel)
                    if isinstance(channel, models.BaseModel):
                        self.assertLessEqual(channel, self.public_user.all_group_ids)
                    self.assertNotIn('iot_channel_', str(channel))
                    address = hashable(channel_with_db(self.env.cr.dbname, channel))
                    self.assertNotIn(address, known)
            self.assertFalse(tables)
            self.assertFalse(self.box.is_online)

        check()
        self.assertIn('broadcast', accepted)

    def subscribe_frame(self, frame):
        """Return the channels; none where `bus` refuses the frame, as it does by an exception."""
        try:
            data = orjson.loads(frame)  # as `bus` reads it
        except ValueError:
            return []
        try:
            return self.subscribe(data)
        except Exception as error:  # noqa: BLE001 whose it is counts, not which
            last = traceback.extract_tb(error.__traceback__)[-1]
            self.assertFalse(last.filename.startswith(OURS), f"{frame}: {error!r}")
            return []

    def test_the_one_who_knows_the_channel_or_token_is_the_box(self):
        for data in ({'channels': [self.channel]}, {'channels': [], 'iot_token': self.secret}):
            with self.undo_writes() as tables:
                channels = self.subscribe_frame(json.dumps({**data, 'last': 0}))
                self.assertEqual(self.boxes(channels), [self.box])
                self.assertTrue(self.box.is_online)
            self.assertIn('iot_box', tables)
            self.env.invalidate_all()
