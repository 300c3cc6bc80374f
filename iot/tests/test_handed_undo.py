from odoo.exceptions import AccessError

from .test_handed_pairing import SERIAL, HandedCommon


class TestUndo(HandedCommon):
    """Taking back a connection that was made by itself."""

    def connect_by_hand(self):
        token, answer = self.make(SERIAL)
        self.set_up(SERIAL, self.secret_of(answer))
        return token

    def test_a_new_box_goes(self):
        token = self.connect_by_hand()
        token.action_undo()
        self.assertFalse(self.find_box(SERIAL))
        self.assertEqual(token.state, 'revoked')

    def test_a_known_box_stays_but_is_disconnected(self):
        box, _secret, _channel = self.connect(SERIAL)
        token = self.connect_by_hand()
        token.action_undo()
        self.assertEqual(self.find_box(SERIAL), box)
        self.assertEqual(token.state, 'revoked')

    def test_an_unused_token_is_revoked(self):
        token, _answer = self.make(SERIAL)
        token.action_undo()
        self.assertEqual(token.state, 'revoked')

    def test_undoing_twice_is_harmless(self):
        token = self.connect_by_hand()
        token.action_undo()
        token.action_undo()
        self.assertEqual(token.state, 'revoked')

    def test_another_company_undoes_nothing(self):
        token = self.connect_by_hand()
        with self.assertRaises(AccessError):
            token.with_user(self.other_manager).action_undo()
        self.assertTrue(self.find_box(SERIAL))

    def test_a_former_company_disconnects_no_box(self):
        box, _secret, _channel = self.connect(SERIAL)
        token = self.connect_by_hand()
        box.company_id = self.other_company
        self.assertEqual(token.sudo().company_id, self.other_company)
        token.sudo().company_id = self.company  # as it was left behind once
        self.env.flush_all()
        with self.assertRaises(AccessError):
            token.action_undo()
        self.assertFalse(token.revoked_at)
        self.assertFalse(self.env['iot.tombstone'].search([]))
