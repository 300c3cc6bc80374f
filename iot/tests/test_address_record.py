from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.service.model import retrying
from odoo.tools import file_open, mute_logger

from .. import const
from ..exceptions import DnsUpdateError
from ..models import cron_step
from ..models.iot_acme import KEY_SECRET
from ..tools.certificate_names import box_name
from ..tools.dns_update import DnsZone
from .certificate_common import CertificateCommon

CRON = 'iot.iot_address_record_cron_publish'
DOWN = DnsUpdateError('unavailable', "The DNS server ns1.example.com cannot be reached.")


class TestAddressRecord(CertificateCommon):
    """Changes are noted where they would be sent; a real server takes them in the system tests."""

    def setUp(self):
        super().setUp()
        self.set_params(
            {
                const.CERTIFICATE_AUTHORITY_PARAMETER: const.ACME_AUTHORITY,
                const.IOT_DOMAIN_PARAMETER: 'iot.example.com',
                'iot.dns_server': 'ns1.example.com',
                'iot.dns_key_name': 'iot-key',
            }
        )
        self.env['iot.secret']._set(KEY_SECRET, 'c2VjcmV0')
        wildcard = self.env['iot.wildcard']._make()
        wildcard.not_after = '2026-05-01 09:00:00'
        self.env['iot.box'].search([('id', '!=', self.box.id)]).unlink()
        self.domain = wildcard.domain
        self.zone = {}
        self.fault = None
        self.stubborn = set()  # names whose changes fail
        self.enterContext(patch.object(DnsZone, '_change', self.change))

    def change(self, method, arguments, _deadline):
        if self.fault or arguments[0] in self.stubborn:
            raise self.fault or DOWN
        if method == 'replace':
            name, _ttl, _kind, address = arguments
            self.zone[name] = address
        else:
            self.zone.pop(arguments[0], None)

    @mute_logger('odoo.addons.iot.models.iot_address_record')
    def publish(self):
        self.env.flush_all()
        self.enterContext(patch.object(cron_step, 'retrying', retrying))
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()

    def name(self, address):
        return box_name(address, self.domain)

    def is_woken(self):
        cron = self.env.ref(CRON)
        triggers = self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)])
        return bool(triggers.unlink()) if triggers else False

    def test_the_zone_follows_a_box_that_comes_moves_and_goes(self):
        self.publish()
        self.assertEqual(self.zone, {self.name('192.168.1.20'): '192.168.1.20'})
        self.is_woken()
        self.set_up(self.box.identifier, self.secret)
        self.assertFalse(self.is_woken(), "nothing has changed")
        self.set_up(self.box.identifier, self.secret, ip='192.168.1.21')
        self.assertTrue(self.is_woken())
        self.publish()
        self.assertEqual(self.zone, {self.name('192.168.1.21'): '192.168.1.21'})
        self.connect('30000000abcd1234', ip='10.0.0.5')
        self.assertTrue(self.is_woken())
        self.publish()
        self.assertEqual(len(self.zone), 2)
        self.box.unlink()
        self.assertTrue(self.is_woken())
        self.publish()
        self.assertEqual(self.zone, {self.name('10.0.0.5'): '10.0.0.5'})
        self.assertEqual(self.env['iot.address.record'].search([]).mapped('is_published'), [True])

    def test_a_box_that_announces_its_name_keeps_it(self):
        self.set_up(self.box.identifier, self.secret, ip=self.name('192.168.1.20'))
        self.publish()
        self.assertEqual(self.zone, {self.name('192.168.1.20'): '192.168.1.20'})

    def test_boxes_of_all_companies_are_found_and_addresses_of_the_internet_are_not_published(self):
        self.connect('30000000abcd1234', user=self.other_manager, ip='10.0.0.5')
        for number, ip in enumerate(('8.8.8.8', 'fe80::1', 'nonsense', '')):
            self.connect(f'{number}0000000abcd1235', ip=ip)
        self.publish()
        self.assertEqual(sorted(self.zone.values()), ['10.0.0.5', '192.168.1.20'])

    def test_nothing_is_published_before_there_is_a_certificate(self):
        self.env['iot.wildcard'].search([]).not_after = False
        self.publish()
        self.assertFalse(self.zone)

    def test_a_failure_is_noted_and_tried_again(self):
        self.fault = DOWN
        self.publish()
        event = self.env['iot.certificate.event'].search([], limit=1)
        self.assertEqual((event.code, event.detail), ('zone', DOWN.message))
        self.assertEqual(self.env['iot.address.record'].search([]).mapped('is_published'), [False])
        self.fault = None
        self.publish()
        self.assertEqual(len(self.zone), 1)
        self.fault = DOWN
        self.box.unlink()
        self.publish()
        self.assertTrue(self.env['iot.address.record'].search([]), "it is still in the zone")
        self.fault = None
        self.publish()
        self.assertFalse(self.zone or self.env['iot.address.record'].search([]))

    def test_a_record_that_cannot_be_changed_keeps_no_other_from_it(self):
        for number in range(2):
            self.connect(f'3000000{number}abcd1234', ip=f'10.0.0.{number}')
        self.publish()
        former = self.name('192.168.1.20')
        self.stubborn = {former, self.name('10.0.1.0')}
        self.set_up(self.box.identifier, self.secret, ip='192.168.1.21')
        self.find_box('30000000abcd1234').unlink()
        for number in range(2):
            self.connect(f'4000000{number}abcd1234', ip=f'10.0.1.{number}')
        self.publish()
        self.assertEqual(
            sorted(self.zone.values()), ['10.0.0.1', '10.0.1.1', '192.168.1.20', '192.168.1.21']
        )
        left = self.env['iot.address.record'].search([('name', 'in', list(self.stubborn))])
        self.assertEqual(left.sorted('address').mapped('is_published'), [False, True])
        self.assertEqual(self.env['iot.certificate.event'].search([], limit=1).code, 'zone')

    def test_another_authority_takes_the_records_away(self):
        self.publish()
        self.set_params({const.CERTIFICATE_AUTHORITY_PARAMETER: False})
        self.publish()
        self.assertFalse(self.zone or self.env['iot.address.record'].search([]))
        self.is_woken()
        self.connect('30000000abcd1234')
        self.assertFalse(self.is_woken())

    def test_records_of_a_former_zone_are_given_up(self):
        self.publish()
        self.set_params({const.IOT_DOMAIN_PARAMETER: 'iot.example.org'})
        self.fault = DnsUpdateError('not_configured', "x is not in the zone iot.example.org.")
        self.publish()
        self.assertFalse(self.env['iot.address.record'].search([]))

    @mute_logger('odoo.models')
    def test_nobody_reads_or_writes_the_records(self):
        self.publish()
        for user in (self.user, self.manager, self.env.ref('base.user_admin'), self.public_user):
            records = self.env['iot.address.record'].search([]).with_user(user)
            for operation in (records.read, records.unlink):
                with self.assertRaises(AccessError):
                    operation()

    def test_a_neutralized_copy_leaves_the_zone_alone(self):
        self.publish()
        with file_open('iot/data/neutralize.sql') as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        before = dict(self.zone)
        self.box.unlink()
        self.publish()
        self.assertEqual(self.zone, before)
