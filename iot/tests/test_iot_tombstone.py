"""Deleted boxes are told so, now or when they come back, and nobody else is (contract 4.3)."""

import json
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from odoo.addons.bus.models import ir_websocket as bus_ir_websocket
from odoo.addons.bus.models.bus import channel_with_db

from .. import const
from ..models import iot_tombstone_websocket
from ..models import ir_websocket as iot_ir_websocket
from .common import DEVICES, NOW, IotCommon

SERIAL = '10000000abcd1234'


class TestIotTombstone(IotCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger('odoo.addons.iot.models.iot_connection_attempt'))
        self.box, self.secret, self.channel = self.connect(SERIAL, DEVICES)
        self.box_channel = self.wire(self.box)
        self.env['ir.cron.trigger'].search([]).unlink()

    def wire(self, record):
        return json.dumps(channel_with_db(self.env.cr.dbname, record), separators=(',', ':'))

    def delete(self):
        self.box.with_user(self.manager).unlink()
        return self.env['iot.tombstone'].search([('identifier', '=', SERIAL)])

    def listen(self, channel, identifier=SERIAL, last=0):
        """Open a websocket as a box does; return which records of ours it subscribes to."""
        websocket = SimpleNamespace(session=SimpleNamespace(uid=None))
        wsrequest = SimpleNamespace(session=SimpleNamespace(uid=None), ws=websocket)
        subscribed = {}

        def note(channels, last, db_name, websocket):
            ours = ('iot.box', 'iot.tombstone')
            records = [c for c in channels if getattr(c, '_name', '') in ours]
            subscribed.update(records=records, last=last)

        with (
            patch.object(bus_ir_websocket, 'wsrequest', wsrequest),
            patch.object(bus_ir_websocket, 'request', None),
            patch.object(iot_ir_websocket, 'wsrequest', wsrequest),
            patch.object(iot_tombstone_websocket, 'wsrequest', wsrequest),
            patch.object(bus_ir_websocket.dispatch, 'subscribe', note),
        ):
            self.env['ir.websocket'].with_user(self.public_user)._subscribe(
                {'channels': [channel], 'last': last, 'identifier': identifier}
            )
        return subscribed

    def told(self):
        """Return the channels on which a box was told to forget this database."""
        return [channel for channel, _message in self.notifications('server_clear')]

    def run_cron_after(self, delay):
        self.clock.move_to(NOW + delay)
        self.env['iot.tombstone']._cron_tell()

    def cron_times(self):
        cron = self.env.ref('iot.iot_tombstone_cron_tell')
        triggers = self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)])
        return triggers.mapped('call_at')

    def test_a_box_that_listens_is_told_at_once_and_its_token_is_void(self):
        self.listen(self.channel)
        self.clock.tick(const.CLEAR_DELAY)
        token = self.env['iot.token'].search([('box_id', '=', self.box.id)])
        tombstone = self.delete()
        self.assertEqual((token.state, token.revoked_by_id), ('revoked', self.manager))
        self.assertEqual(tombstone.told_at, NOW + const.CLEAR_DELAY)
        [(target, message)] = self.notifications('server_clear')
        self.assertEqual(target, self.box_channel)
        self.assertEqual(
            json.loads(message)['payload'],
            {
                'iot_identifiers': [SERIAL],
                'iot_identifier': SERIAL,
                'iot_box_identifier': SERIAL,
                'iotDevice': {'iotIdentifiers': [SERIAL], 'identifiers': []},
            },
        )
        self.assertFalse(self.cron_times())

    def test_a_box_in_its_first_seconds_is_told_when_it_obeys(self):
        self.listen(self.channel)
        self.delete()
        self.assertEqual(self.cron_times(), [NOW + const.CLEAR_DELAY])
        self.run_cron_after(const.CLEAR_DELAY - timedelta(seconds=1))
        self.assertEqual(self.told(), [])
        self.run_cron_after(const.CLEAR_DELAY)
        self.assertEqual(self.told(), [self.box_channel])
        self.run_cron_after(const.CLEAR_DELAY * 2)
        self.assertEqual(len(self.told()), 1)

    def test_a_box_that_is_away_is_told_when_it_comes_back(self):
        tombstone = self.delete()
        self.assertEqual(self.told(), [])
        attempts = self.env['iot.connection.attempt'].search_count([])
        self.assertEqual(self.set_up(SERIAL, self.secret, DEVICES), self.channel)
        self.assertFalse(self.find_box(SERIAL))
        self.assertFalse(self.env['iot.device'].search([]))
        self.assertEqual(self.env['iot.connection.attempt'].search_count([]), attempts)

        self.env['bus.bus'].create({'channel': 'x', 'message': 'x'})
        subscribed = self.listen(self.channel, last=1)
        self.assertEqual(subscribed['records'], [tombstone])
        self.assertGreaterEqual(subscribed['last'], self.env['bus.bus']._bus_last_id())
        self.assertEqual(self.cron_times(), [NOW + const.CLEAR_DELAY])
        self.run_cron_after(const.CLEAR_DELAY)
        self.assertEqual(self.told(), [self.wire(tombstone)])
        self.assertEqual(tombstone.told_at, NOW + const.CLEAR_DELAY)

    def test_a_box_that_did_not_hear_it_is_told_again(self):
        tombstone = self.delete()
        for attempt in (1, 2):
            self.listen(self.channel)
            self.run_cron_after(const.CLEAR_DELAY * attempt)
            self.assertEqual(self.told(), [self.wire(tombstone)] * attempt)

    def test_a_box_that_was_only_out_of_reach_is_told_without_a_setup(self):
        """Its process went on: it opens a websocket with the channel that it has."""
        tombstone = self.delete()
        self.assertEqual(self.listen(self.channel)['records'], [tombstone])

    def test_a_box_that_is_connected_again_is_not_reached(self):
        self.delete()
        _token, secret = self.mint()
        channel = self.set_up(SERIAL, secret)
        again = self.find_box(SERIAL)
        self.assertFalse(self.env['iot.tombstone'].search([]))
        self.assertEqual(self.listen(channel)['records'], [again])
        self.assertFalse(self.set_up(SERIAL, self.secret), "its old token is refused again")
        self.assertEqual(self.listen(self.channel)['records'], [], "its old channel leads nowhere")
        self.run_cron_after(const.CLEAR_DELAY)
        self.assertEqual(self.told(), [])

    def test_a_command_on_its_way_ends_with_the_new_connection(self):
        self.delete()
        self.listen(self.channel)
        _token, secret = self.mint()
        self.set_up(SERIAL, secret)
        self.run_cron_after(const.CLEAR_DELAY)
        self.assertEqual(self.told(), [])

    def test_only_the_box_itself_gets_so_far(self):
        self.delete()
        _token, unused_secret = self.mint()
        self.set_up('20000000abcd1234', unused_secret)
        before = self.snapshot()
        for identifier, secret in [
            ('30000000abcd1234', self.secret),
            ('20000000abcd1234', self.secret),
            (SERIAL, self.secret[:-1]),
            (SERIAL, ''),
        ]:
            self.assertFalse(self.set_up(identifier, secret))
        self.assertEqual(self.snapshot(), before)
        for channel, identifier in [
            (self.channel, '20000000abcd1234'),
            (self.channel[:-1], SERIAL),
            (self.secret, SERIAL),
            ('iot.tombstone', SERIAL),
        ]:
            self.assertEqual(self.listen(channel, identifier)['records'], [])
        self.assertFalse(self.cron_times())

    def test_two_boxes_are_told_each_for_itself(self):
        other, _secret, other_channel = self.connect('20000000abcd1234')
        tombstones = self.delete()
        other.unlink()
        self.listen(other_channel, '20000000abcd1234')
        self.run_cron_after(const.CLEAR_DELAY)
        [told] = self.notifications('server_clear')
        self.assertNotEqual(told[0], self.wire(tombstones))
        self.assertEqual(json.loads(told[1])['payload']['iot_identifiers'], ['20000000abcd1234'])

    def test_administrators_may_forget_it_then_the_box_is_refused(self):
        tombstone = self.delete()
        with self.assertRaises(AccessError):
            tombstone.with_user(self.other_manager).unlink()
        with self.assertRaises(AccessError):
            tombstone.with_user(self.manager).write({'identifier': 'x'})
        with self.assertRaises(AccessError):
            tombstone.with_user(self.user).read(['name'])
        tombstone.with_user(self.manager).unlink()
        self.assertFalse(self.set_up(SERIAL, self.secret))

    def test_an_undone_connection_of_a_known_box_is_told_too(self):
        _token, secret = self.mint()
        channel = self.set_up(SERIAL, secret)
        self.listen(channel)
        self.clock.tick(const.CLEAR_DELAY)
        token = self.env['iot.token'].search([('box_id', '=', self.box.id), ('state', '=', 'used')])
        token.with_user(self.manager).action_undo()
        self.assertEqual(token.state, 'revoked')
        self.assertTrue(self.box.exists())
        self.assertEqual(self.told(), [self.box_channel])

    def test_they_are_kept_as_long_as_they_are_of_use(self):
        tombstone = self.delete()
        token = self.env['iot.token'].search([])
        self.clock.move_to(NOW + const.TOKEN_RETENTION * 2)
        self.env['iot.tombstone']._gc_tombstones()
        self.env['iot.token']._gc_dead_tokens()
        self.assertTrue(tombstone.exists() and token.exists())
        self.assertEqual(self.set_up(SERIAL, self.secret), self.channel)
        self.env.cr.execute(
            "UPDATE iot_tombstone SET create_date = %s", [NOW - const.TOMBSTONE_RETENTION]
        )
        self.env['iot.tombstone']._gc_tombstones()
        self.env['iot.token']._gc_dead_tokens()
        self.assertFalse(tombstone.exists() or token.exists())

    def test_the_user_is_told_what_goes_with_a_box(self):
        box = self.box.with_user(self.manager)
        devices = "These devices are deleted, too: EPSON TM-m30, Toledo 8217 Serial Scale."
        offline, *_rest = box.get_deletion_warnings()[1:]
        self.assertEqual(box.get_deletion_warnings()[0], devices)
        self.assertIn("cannot be told now", offline)
        self.listen(self.channel)
        self.assertEqual(box.get_deletion_warnings(), [devices])
        for user in (self.user, self.other_manager):
            with self.assertRaises(AccessError):
                self.box.with_user(user).get_deletion_warnings()
