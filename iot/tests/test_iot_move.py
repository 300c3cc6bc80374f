"""Boxes that are told a new address of their database."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .request_common import SERIAL, IotRequestCommon

FORMER = 'https://odoo.example.com'
NEW = 'https://new.example.com'
OTHER_SERIAL = '20000000abcd1234'


class TestIotMove(IotRequestCommon):
    def setUp(self):
        super().setUp()
        self.other, _secret, _channel = self.connect(OTHER_SERIAL)
        self.other._websocket_opened('other')
        self.boxes = self.box | self.other

    def change_address(self, url=NEW):
        self.env['ir.config_parameter'].set_param('web.base.url', url)

    def move(self, user=None):
        """Move all boxes and return their moves, the oldest first."""
        self.change_address()
        self.env['iot.box'].with_user(user or self.manager).action_move_all()
        return self.moves()

    def moves(self):
        return self.env['iot.move'].search([], order='id')

    def states(self):
        return self.moves().mapped('state')

    def told(self, box):
        """Return the addresses that a box was told, oldest first."""
        former_box, self.box = self.box, box
        urls = [payload['server_url'] for payload in self.sent('server_update')]
        self.box = former_box
        return urls

    def arrive(self, box):
        box._websocket_closed(box.websocket_key)
        box._websocket_opened(f'{box.id} at the new address')

    def test_one_box_goes_first_and_the_others_follow_when_it_has_arrived(self):
        first, second = self.move()
        self.assertEqual(self.states(), ['checking', 'waiting'])
        self.assertEqual((self.told(first.box_id), self.told(second.box_id)), ([NEW], []))
        self.answer(first.request_id)
        self.assertEqual(self.states(), ['restarting', 'waiting'])
        self.assertEqual(len(self.notifications('restart_odoo')), 1)
        self.arrive(first.box_id)
        self.assertEqual(self.states(), ['done', 'checking'])
        self.answer(second.request_id)
        self.arrive(second.box_id)
        self.assertEqual(self.states(), ['done', 'done'])
        self.assertEqual(self.boxes.mapped('server_url'), [NEW, NEW])
        self.assertFalse(self.env['iot.box']._get_boxes_elsewhere())

    def test_a_box_that_does_not_answer_is_told_the_former_address_again(self):
        first, second = self.move()
        self.clock.tick(timedelta(seconds=30))
        self.env['iot.request']._cron_expire()
        self.assertEqual(self.states(), ['restored', 'cancelled'])
        self.assertEqual(self.told(first.box_id), [NEW, FORMER])
        self.assertEqual(self.told(second.box_id), [])
        self.assertEqual(self.boxes.mapped('server_url'), [FORMER, FORMER])
        self.assertFalse(self.notifications('restart_odoo'))

    def test_a_box_that_must_not_be_asked_is_told_the_former_address_again(self):
        self.patch(self.registry['iot.box'], '_get_command_refusal', lambda _box: 'refused')
        first, second = self.move()
        self.assertEqual((first.request_id.state, first.request_id.reason), ('failed', 'refused'))
        self.assertEqual(self.states(), ['restored', 'cancelled'])
        self.assertEqual(self.told(first.box_id), [NEW, FORMER])
        self.assertEqual(self.told(second.box_id), [])

    def test_a_box_that_loses_its_websocket_meanwhile_is_asked_again(self):
        first, _second = self.move()
        first.box_id._websocket_closed(first.box_id.websocket_key)
        self.clock.tick(timedelta(seconds=30))
        self.env['iot.request']._cron_expire()
        # the other one is there, so it goes first
        self.assertEqual(self.states(), ['waiting', 'checking'])
        self.assertEqual(self.told(first.box_id), [NEW])

    def test_a_box_that_does_not_come_back_holds_up_the_others(self):
        first, _second = self.move()
        self.answer(first.request_id)
        first.box_id._websocket_closed(first.box_id.websocket_key)
        self.clock.tick(timedelta(minutes=5))
        self.env['iot.request']._cron_expire()
        self.assertEqual(self.states(), ['lost', 'cancelled'])
        self.arrive(first.box_id)
        self.assertEqual(self.states(), ['done', 'cancelled'])

    def test_boxes_that_are_offline_follow_when_they_are_back(self):
        self.box._websocket_closed(self.box.websocket_key)
        self.move()
        self.assertEqual(self.states(), ['waiting', 'checking'])
        self.answer(self.moves()[1].request_id)
        self.arrive(self.other)
        self.assertEqual(self.states(), ['waiting', 'done'])
        self.open_websocket('back')
        self.assertEqual(self.states(), ['checking', 'done'])
        self.assertEqual(self.told(self.box), [NEW])

    def test_boxes_are_never_sent_to_localhost(self):
        for url in (
            'http://localhost:8069',
            'http://localhost.:8069',
            'http://127.0.0.1:8069',
            'http://127.1:8069',
            'http://[::1]:8069',
            'http://0.0.0.0:8069',
            'https://x.example.com/odoo',
        ):
            self.change_address(url)
            self.assertFalse(self.env['iot.box']._get_boxes_elsewhere())
            with self.assertRaises(UserError):
                self.env['iot.box'].with_user(self.manager).action_move_all()
        self.assertFalse(self.moves())
        self.assertFalse(self.notifications('server_update'))

    def test_a_box_that_runs_beside_the_database_moves_from_one_such_address_to_another(self):
        self.box.server_url = 'http://127.0.0.1:8069'
        self.change_address('http://127.0.0.1:8070')
        self.env['iot.box'].with_user(self.manager).action_move_all()
        self.assertEqual(self.told(self.box), ['http://127.0.0.1:8070'])
        self.assertEqual(self.moves().box_id, self.box)

    def test_nothing_moves_when_the_address_is_the_same(self):
        self.env['iot.box'].with_user(self.manager).action_move_all()
        self.assertFalse(self.moves())

    def test_another_address_meanwhile_is_told_instead(self):
        first, _second = self.move()
        self.change_address('https://third.example.com')
        self.env['iot.box'].with_user(self.manager).action_move_all()
        self.assertEqual(self.states(), ['restored', 'cancelled', 'checking', 'waiting'])
        self.assertEqual(self.told(first.box_id), [NEW, FORMER, 'https://third.example.com'])

    def test_only_administrators_move_boxes_and_only_those_of_their_company(self):
        for user in (self.user, self.outsider, self.public_user):
            self.change_address()
            with self.assertRaises(AccessError):
                self.env['iot.box'].with_user(user).action_move_all()
        self.assertFalse(self.move(self.other_manager))
        self.move()
        for user, count in ((self.manager, 2), (self.other_manager, 0)):
            self.assertEqual(self.env['iot.move'].with_user(user).search_count([]), count)
        with self.assertRaises(AccessError):
            self.env['iot.move'].with_user(self.user).search([])

    def test_a_box_of_another_database_is_not_moved(self):
        self.box.database_uuid = 'another'
        self.move()
        self.assertEqual(self.moves().box_id, self.other)

    def test_a_box_connected_meanwhile_needs_no_move(self):
        self.change_address()
        self.assertEqual(self.env['iot.box']._get_boxes_elsewhere(), self.boxes)
        _token, secret = self.mint()
        self.set_up(SERIAL, secret)
        self.assertEqual(self.env['iot.box']._get_boxes_elsewhere(), self.other)
