"""Who may listen to the messages of a box (contract sections 4.2, 11.2, 15)."""

from types import SimpleNamespace
from unittest.mock import patch

from lxml import etree

from odoo import models

from odoo.addons.bus.models import ir_websocket as bus_ir_websocket
from odoo.addons.bus.models.bus import channel_with_db

from .. import const
from ..models import ir_websocket as iot_ir_websocket
from .channel_common import SERIAL, ChannelCommon


class TestBoxChannel(ChannelCommon):
    def assertNoBox(self, data):
        channels = self.subscribe(data)
        self.assertEqual(self.boxes(channels), [])
        self.assertFalse(
            [c for c in channels if isinstance(c, str) and c.startswith('iot_channel_')]
        )
        self.assertFalse(self.box.is_online)

    def test_a_19_0_box_listens_to_its_record_and_is_online(self):
        channels = self.subscribe({'channels': [self.channel], 'last': 0, 'identifier': SERIAL})
        self.assertEqual(self.boxes(channels), [self.box])
        self.assertNotIn(self.channel, [c for c in channels if isinstance(c, str)])
        self.assertTrue(self.box.is_online)

    def test_a_newer_box_shows_its_token_instead(self):
        for data in (
            {'channels': [], 'last': 0, 'iot_token': self.secret},
            {'channels': [], 'iot_token': self.secret, 'identifier': SERIAL},
        ):
            self.assertEqual(self.boxes(self.subscribe(data)), [self.box])

    def test_an_older_box_names_its_mac_address_besides_its_channel(self):
        data = {'channels': [self.channel], 'last': 0, 'mac_address': 'b8:27:eb:00:00:01'}
        self.assertEqual(self.boxes(self.subscribe(data)), [self.box])

    def test_a_guess_hears_nothing(self):
        for channel in (
            'iot_channel_',
            'iot_channel_' + '0' * 64,
            'iot_channel_\ud800',  # not every JSON library refuses it
            self.channel[:-1],
            self.channel + 'x',
            self.channel.upper(),
            f'iot.box_{self.box.id}',
            str(channel_with_db(self.env.cr.dbname, self.box)),
            SERIAL,
            self.secret,
        ):
            with self.subTest(channel=channel):
                self.assertNoBox({'channels': [channel], 'last': 0, 'identifier': SERIAL})

    def test_a_wrong_token_hears_nothing(self):
        for token in ('', 'wrong', self.secret[:-1], 'é', None, 12, ['x'], {}):
            with self.subTest(token=token):
                self.assertNoBox({'channels': [], 'last': 0, 'iot_token': token})

    def test_an_unused_token_hears_nothing(self):
        _token, secret = self.mint()
        self.assertNoBox({'channels': [], 'last': 0, 'iot_token': secret})

    def test_a_box_whose_first_setup_failed_is_deaf_and_shown_so(self):
        """Such a box subscribes to "" until it starts again; only that proves nothing of it."""
        self.assertNoBox({'channels': [''], 'last': 0, 'identifier': SERIAL})
        self.set_up(SERIAL, self.secret)
        self.assertEqual(self.box.status, 'no_push')
        form = etree.fromstring(self.box.get_view(view_type='form')['arch'])
        [hint] = form.xpath("//div[@invisible=\"status != 'no_push'\"]")
        self.assertIn("restart the box: it may have started while this server was", hint.text)
        self.clock.tick(const.CONTACT_LIFETIME)
        self.env.invalidate_all()
        self.assertEqual(self.box.status, 'offline')
        self.subscribe({'channels': [self.channel], 'last': 0, 'identifier': SERIAL})
        self.assertEqual(self.box.status, 'online')

    def test_a_box_that_says_it_is_another_hears_nothing(self):
        for identifier in ('20000000abcd1234', '', False, 12, [SERIAL]):
            with self.subTest(identifier=identifier):
                self.assertNoBox({'channels': [self.channel], 'last': 0, 'identifier': identifier})

    def test_a_former_or_deleted_pairing_hears_nothing(self):
        _token, secret = self.mint()
        self.set_up(SERIAL, secret)
        self.assertNoBox({'channels': [self.channel], 'last': 0, 'identifier': SERIAL})

    def test_two_boxes_hear_each_its_own(self):
        other, _secret, other_channel = self.connect('20000000abcd1234')
        channels = self.subscribe({'channels': [other_channel], 'last': 0})
        self.assertEqual(self.boxes(channels), [other])
        self.assertFalse(self.box.is_online)

    def test_browsers_subscribe_as_before(self):
        channels = self.subscribe({'channels': ['discuss'], 'last': 0})
        self.assertIn('discuss', channels)
        self.assertIn('broadcast', channels)

    def test_records_that_other_addons_add_are_left_alone(self):
        """`mail` adds the discuss channels of a user before `bus` and we see the list."""
        ir_websocket = self.env['ir.websocket'].with_user(self.public_user)
        wsrequest = SimpleNamespace(session=SimpleNamespace(uid=None))
        for texts in ([], [self.channel]):
            with (
                patch.object(bus_ir_websocket, 'wsrequest', wsrequest),
                patch.object(bus_ir_websocket, 'request', None),
            ):
                channels = ir_websocket._build_bus_channel_list([*texts, self.company])
            self.assertIn(self.company, [c for c in channels if isinstance(c, models.BaseModel)])
            self.assertEqual(bool(self.boxes(channels)), bool(texts))

    def test_a_box_hears_nothing_from_before_whatever_it_asks_for(self):
        self.env['bus.bus'].create([{'channel': 'x', 'message': 'y'} for _row in range(3)])
        newest = self.env['bus.bus'].search([], order='id desc', limit=1)
        newest.unlink()  # not yet seen by all: numbers may be taken that no row shows
        for last in (0, 1, newest.id - 2, newest.id + 1000):
            with self.subTest(last=last):
                data = {'channels': [self.channel], 'last': last, 'identifier': SERIAL}
                self.assertEqual(self.boxes(self.subscribe(data)), [self.box])
                self.assertEqual(self.last, newest.id)

    def test_a_browser_hears_what_it_has_missed(self):
        row = self.env['bus.bus'].create({'channel': 'x', 'message': 'y'})
        self.subscribe({'channels': ['discuss'], 'last': row.id - 1})
        self.assertEqual(self.last, row.id - 1)

    def test_wrong_types_are_left_to_the_bus(self):
        with self.assertRaises(ValueError):
            self.subscribe({'channels': [False], 'last': 0})

    def close_websocket(self, is_old=False):
        """End the websocket of the box as `bus` does, because of its age or not."""
        websocket = SimpleNamespace(
            iot_box_ids=self.box.ids,
            iot_key=self.box.websocket_key,
            _timeout_manager=SimpleNamespace(has_keep_alive_timed_out=lambda: is_old),
        )
        iot_ir_websocket._note_closed_box(self.env(user=self.public_user, su=False), websocket)

    def test_the_end_of_the_websocket_puts_the_box_offline(self):
        self.subscribe({'channels': [self.channel], 'last': 0, 'identifier': SERIAL})
        self.close_websocket()
        self.assertFalse(self.box.is_online)
        self.assertEqual(self.box.status, 'offline')

    def test_the_end_of_a_websocket_because_of_its_age_is_told_to_nobody(self):
        self.subscribe({'channels': [self.channel], 'last': 0, 'identifier': SERIAL})
        self.env.cr.precommit.data.clear()
        self.close_websocket(is_old=True)
        self.assertFalse(self.box.is_online)
        self.assertEqual(self.box.status, 'online')
        self.assertFalse(self.notifications('iot.box/changed'))

    def test_the_end_of_the_websocket_of_a_browser_is_no_matter(self):
        self.subscribe({'channels': [self.channel], 'last': 0, 'identifier': SERIAL})
        iot_ir_websocket._note_closed_box(self.env(user=self.public_user), SimpleNamespace())
        self.assertTrue(self.box.is_online)
