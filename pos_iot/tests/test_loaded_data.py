import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import DEVICES, PosIotCommon


@tagged('post_install', '-at_install')
class TestLoadedData(PosIotCommon):
    """What a browser gets when a point of sale is opened."""

    def setUp(self):
        super().setUp()
        self.box, self.secret, self.channel = self.connect(devices=DEVICES)
        self.config.with_user(self.pos_manager).associate_iot_box(self.box.id)

    def load(self):
        session = self.env['pos.session'].search([('config_id', '=', self.config.id)])
        if not session:
            session = self.env['pos.session'].create({'config_id': self.config.id})
        self.env.flush_all()  # as at the end of a request
        return session.with_user(self.pos_user).load_data([])

    def test_who_sells_gets_the_devices_with_the_place_of_their_box(self):
        data = self.load()
        self.assertEqual(
            {device['id'] for device in data['iot.device']}, set(self.box.device_ids.ids)
        )
        scale = self.device(self.box, 'scale')
        [loaded] = [device for device in data['iot.device'] if device['id'] == scale.id]
        self.assertEqual(
            loaded,
            {
                'id': scale.id,
                'name': scale.name,
                'identifier': '/dev/ttyUSB0',
                'type': 'scale',
                'subtype': False,
                'status': scale.status,
                'box_name': self.box.name,
                'box_identifier': self.box.identifier,
                'box_ip': '192.168.1.20',
                'box_https_host': False,
                'box_status': self.box.status,
            },
        )
        [config] = data['pos.config']
        self.assertEqual(config['iot_scale_id'], scale.id)
        self.assertEqual(set(config['iot_device_ids']), set(self.box.device_ids.ids))

    def test_a_box_with_a_certificate_for_its_address_comes_with_that_host(self):
        self.box.sudo().write(
            {
                'certified_address': '192.168.1.20',
                'certificate_end_date': fields.Datetime.now() + timedelta(days=90),
            }
        )
        hosts = {device['box_https_host'] for device in self.load()['iot.device']}
        self.assertEqual(hosts, {'192.168.1.20'})

    def test_no_secret_and_nothing_of_other_boxes_reaches_the_browser(self):
        other, other_secret, other_channel = self.connect(
            '10000000ffff0002', devices=DEVICES, ip='192.168.77.77'
        )
        bar = self.make_config("Bar")  # another till: who sells may use what it uses, in its place
        bar.with_user(self.pos_manager).associate_iot_box(other.id)
        token = self.env['iot.token'].search([('box_id', '=', self.box.id)])
        self.scale_request()
        text = json.dumps(self.load(), default=str)
        self.assertIn(self.box.identifier, text)
        for secret in (self.secret, other_secret, self.channel, other_channel):
            self.assertNotIn(secret, text)
        for stored in token.sudo().read()[0].values():
            if isinstance(stored, str) and len(stored) > 16 and stored != self.box.identifier:
                self.assertNotIn(stored, text)
        for foreign in (other.identifier, other.ip, other.name, self.box.mac):
            self.assertNotIn(foreign, text)

    def scale_request(self):
        self.device(self.box, 'scale').request_action('read_once')

    def test_only_what_is_used_here_reaches_the_browser(self):
        self.config.iot_display_id = False
        loaded = {device['type'] for device in self.load()['iot.device']}
        self.assertEqual(loaded, {'printer', 'scale', 'scanner'})

    def test_the_fields_of_the_undo_stay_on_the_server(self):
        [config] = self.load()['pos.config']
        self.assertNotIn('iot_before_association', config)
        self.assertNotIn('iot_takes_devices', config)

    def test_a_page_that_was_here_before_gets_the_present_state(self):
        self.load()
        self.env.flush_all()
        data = (
            self.env['pos.session']
            .search([('config_id', '=', self.config.id)])
            .with_user(self.pos_user)
            .with_context(pos_last_server_date='2999-01-01 00:00:00', pos_limited_loading=True)
            .load_data(['iot.device'])
        )
        self.assertEqual(len(data['iot.device']), 4)

    def test_an_order_printer_comes_with_its_device(self):
        printer = self.device(self.box, 'printer')
        order_printer = self.make_order_printer(printer, self.config)
        [loaded] = self.load()['pos.printer']
        self.assertEqual(loaded['id'], order_printer.id)
        self.assertEqual(loaded['iot_device_id'], printer.id)
        self.assertEqual(loaded['printer_type'], 'iot_device')
