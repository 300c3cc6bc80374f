"""The two routes of the pairing broker on the wire (contract section 6.1)."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import config, mute_logger

from .. import const
from ..controllers.broker import IotBrokerController
from .http_common import IotHttpCommon

POLL_URL = IotBrokerController.POLL_URL
CLAIM_URL = IotBrokerController.CLAIM_URL
SERIAL = '10000000abcd1234'
WAY = {'url': 'https://db.example.com', 'token': 't', 'db_uuid': 'u', 'enterprise_code': ''}


@tagged('post_install', '-at_install')
class TestBrokerRoute(IotHttpCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger('odoo.http'))
        self.env['ir.config_parameter'].set_param(const.SERVE_OTHERS_PARAMETER, 'True')

    def poll(self, code=False, uuid=False, serial_number=SERIAL):
        """Ask as the stock client does."""
        params = {'pairing_code': code, 'pairing_uuid': uuid, 'serial_number': serial_number}
        return self.post({'params': params}, POLL_URL)

    def register(self):
        answer = self.poll()['result']
        self.assertEqual(answer.keys(), {'pairing_code', 'pairing_uuid'})
        return answer['pairing_code'], answer['pairing_uuid']

    def claim(self, code, **way):
        return self.post({'params': {'pairing_code': code, **WAY, **way}}, CLAIM_URL)

    def rows(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT to_jsonb(p) FROM iot_broker_pairing p ORDER BY id")
        return self.env.cr.fetchall()

    def assertClaimRefused(self, answer, code):
        self.assertNotIn('result', answer)
        self.assertEqual(answer['error']['data'], {'code': code})
        self.assertEqual(answer['error']['message'], "The pairing code could not be used.")

    def test_the_whole_way_of_a_code(self):
        code, uuid = self.register()
        self.assertRegex(code, r'^[B-Z]{3}-[B-Z]{3}-[B-Z]{3}$')
        self.assertEqual(self.poll(code, uuid)['result'], {})
        self.assertEqual(self.claim(code)['result'], {'serial_number': SERIAL})
        self.assertEqual(self.poll(code, uuid)['result'], WAY)
        self.assertEqual(self.poll(code, uuid)['error'], 'expired')

    def test_expiry_is_one_word_at_the_top_and_without_result(self):
        answer = self.poll('BCD-FGH-JKL', 'unknown')
        self.assertEqual(answer, {'jsonrpc': '2.0', 'id': None, 'error': 'expired'})

    def test_no_code_is_told_so_that_the_box_asks_again(self):
        """An error object without result is harmless for the stock client."""
        self.patch(const, 'MAX_PAIRINGS', 0)
        answer = self.poll()
        self.assertNotIn('result', answer)
        self.assertEqual(
            answer['error'], {'code': 403, 'message': "No pairing code can be given now."}
        )
        self.assertFalse(self.rows())

    def test_a_wrong_code_is_refused_and_counted(self):
        self.register()
        before = self.rows()
        self.assertClaimRefused(self.claim('ZZZ-ZZZ-ZZZ'), 'unknown_code')
        self.assertClaimRefused(self.claim(['x']), 'unknown_code')
        self.assertEqual(self.rows(), before)
        counts = self.env['iot.broker.guesser'].search([])
        self.assertEqual(
            {guesser.key: guesser.wrong_codes for guesser in counts},
            {'address 127.0.0.1': 2, 'strangers': 2},
        )

    def test_wrong_codes_from_one_ipv6_network_are_counted_together(self):
        self.enterContext(patch.dict(config.options, {'proxy_mode': True}))
        for address in ('2001:db8:1:2::1', '2001:db8:1:2:ffff::1'):
            self.post(
                {'params': {'pairing_code': 'ZZZ-ZZZ-ZZZ', **WAY}},
                CLAIM_URL,
                **{'X-Forwarded-For': address, 'X-Forwarded-Host': 'odoo.example.com'},
            )
        counts = self.env['iot.broker.guesser'].search([('key', '!=', 'strangers')])
        self.assertRecordValues(counts, [{'key': 'address 2001:db8:1:2::/64', 'wrong_codes': 2}])

    def test_after_too_many_wrong_codes_the_right_one_is_refused(self):
        code, uuid = self.register()
        for _try in range(const.MAX_WRONG_CODES):
            self.claim('ZZZ-ZZZ-ZZZ')
        before = self.rows()
        self.assertClaimRefused(self.claim(code), 'locked')
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.poll(code, uuid)['result'], {})

    def test_a_code_is_claimed_once(self):
        code, uuid = self.register()
        self.claim(code)
        self.assertClaimRefused(self.claim(code, token='other'), 'claimed')
        self.assertEqual(self.poll(code, uuid)['result']['token'], 't')

    def test_other_databases_are_served_only_if_that_was_chosen(self):
        self.env['ir.config_parameter'].set_param(const.SERVE_OTHERS_PARAMETER, False)
        code, uuid = self.register()
        before = self.rows()
        self.assertClaimRefused(self.claim(code), 'disabled')
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.poll(code, uuid)['result'], {})

    def test_malformed_bodies_are_told_in_words_and_change_nothing(self):
        code, uuid = self.register()
        before = self.rows()
        good = {'pairing_code': code, 'pairing_uuid': uuid, 'serial_number': SERIAL}
        for url, body in [
            (POLL_URL, '{'),
            (POLL_URL, '[]'),
            (POLL_URL, {'params': []}),
            (POLL_URL, {'params': {}}),
            (POLL_URL, {'params': {**good, 'serial_number': 'a b'}}),
            (POLL_URL, {'params': {**good, 'pairing_uuid': ['x']}}),
            (POLL_URL, {'params': {**good, 'pairing_code': 12}}),
            (POLL_URL, {'params': {**good, 'pairing_uuid': 'x' * 65}}),
            (CLAIM_URL, {'params': {}}),
            (CLAIM_URL, {'params': {'pairing_code': code, **WAY, 'url': 'http://localhost'}}),
            (CLAIM_URL, {'params': {'pairing_code': code, **WAY, 'token': None}}),
        ]:
            with self.subTest(url=url, body=body):
                error = self.post(body, url)['error']
                self.assertEqual(error['code'], 400)
                self.assertEqual(error.keys(), {'code', 'message'})
        self.assertEqual(self.rows(), before)

    def test_a_huge_body_is_refused_unread(self):
        for url in (POLL_URL, CLAIM_URL):
            error = self.post('{"params": "' + 'x' * const.MAX_BROKER_BYTES + '"}', url)['error']
            self.assertEqual(error['code'], 413)
