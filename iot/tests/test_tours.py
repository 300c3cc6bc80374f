from odoo.tests import HttpCase, new_test_user, tagged


@tagged('post_install', '-at_install')
class TestTours(HttpCase):
    browser_size = '1366x768'

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, 'iot_manager', 'iot.group_iot_manager,base.group_no_one'
        )
        cls.user = new_test_user(cls.env, 'iot_user', 'iot.group_iot_user')
        cls.env['iot.box'].search([]).unlink()
        cls.env['ir.config_parameter'].set_param('web.base.url', 'https://odoo.example.com')

    def tokens_of_manager(self):
        return self.env['iot.token'].search([('create_uid', '=', self.manager.id)], order='id')

    def test_administrator_pairs_offline(self):
        self.start_tour('/odoo/iot?debug=1', 'iot_offline_pairing', login='iot_manager')
        # the first was revoked in the popup; closing the popup left the second as it is
        self.assertEqual(self.tokens_of_manager().mapped('state'), ['revoked', 'available'])
        self.assertEqual(self.tokens_of_manager()[0].revoked_by_id, self.manager)

    def test_useless_base_url_is_reported_before_a_token_is_made(self):
        self.env['ir.config_parameter'].set_param('web.base.url', 'http://localhost:8069')
        self.start_tour('/odoo/iot?debug=1', 'iot_offline_pairing_localhost', login='iot_manager')
        self.assertFalse(self.tokens_of_manager())

    def test_offline_pairing_is_for_developer_mode(self):
        self.start_tour('/odoo/iot', 'iot_connect_without_developer_mode', login='iot_manager')
        # the token of the code that nobody knew is revoked
        self.assertEqual(self.tokens_of_manager().mapped('state'), ['revoked'])

    def test_user_cannot_connect(self):
        self.start_tour('/odoo/iot?debug=1', 'iot_user', login='iot_user')
