"""Whoever calls wrongly is told no secret of a box, not even by a traceback; nor is the server's
log."""

import logging
from dataclasses import replace

from odoo.tests import tagged

from .access_common import AccessCommon
from .access_table import ARGUMENTS, METHODS
from .fuzz_http import FuzzHttpCommon
from .fuzz_valid import TOKEN
from .test_access_methods import AccessMethodsTests
from .test_refusal_cost import questions

RECEIPT = 'cmVjZWlwdCBvZiBzb21lYm9keQ=='
MALFORMED = (b'', b'{', b'[]', b'{"params": {"iot_box": 1, "identifier": []}}', b'identifier x\n')
# in the place of all arguments but the records
ODD_ARGUMENTS = ([], [None], [{}, []], ['x', 'x', 'x'], [10**30])


@tagged('post_install', '-at_install')
class TestSecretsAnswers(AccessCommon, FuzzHttpCommon):
    METHODS = METHODS
    ARGUMENTS = ARGUMENTS
    calls = AccessMethodsTests.calls
    target = AccessMethodsTests.target

    def setUp(self):
        super().setUp()
        self.box._websocket_opened('first')
        printer = self.box.device_ids.filtered(lambda device: device.type == 'printer')
        request = printer.with_user(self.user)._send_action('print_receipt', receipt=RECEIPT).sudo()
        token = self.env['iot.token'].search([('box_id', '=', self.box.id)])
        self.secrets = {
            'token of the box': self.secret,
            'its hash': token.token_hash,
            'channel of the box': self.channel,
            'hash of the channel': token.channel_hash,
            'what is being printed': RECEIPT,
            'uid of the request': request.uid,
            'secret of the database': self.env['ir.config_parameter'].get_param('database.secret'),
        }
        self.env.flush_all()

    def assertNoSecret(self, text, where):
        for name, secret in self.secrets.items():
            self.assertNotIn(secret, text, f"{name} in {where}")

    def test_no_route_and_no_call_tells_a_secret_to_who_calls_wrongly(self):
        revoked, revoked_secret = self.mint()
        revoked._revoke()
        self.env.flush_all()
        with self.assertLogs('odoo') as logs, self.assertLogs('odoo.http') as http_logs:
            for role in ('outsider', 'manager'):
                self.call_badly(role)
            with self.allow_requests():
                for question in questions():
                    with_revoked = question.body.replace(TOKEN.encode(), revoked_secret.encode())
                    with_own = question.body.replace(TOKEN.encode(), self.secret.encode())
                    for body in (question.body, with_revoked, *MALFORMED):
                        self.ask_badly(replace(question, body=body))
                    # from somewhere else, and about another box
                    self.ask_badly(replace(question, body=with_own).of_another_box())
        for record in logs.records + http_logs.records:
            self.assertNoSecret(logging.Formatter().format(record), record.name)

    def ask_badly(self, question):
        with self.undo_writes():
            answer = self.ask(question)
        self.assertNoSecret(answer.text, question.path)

    def call_badly(self, role):
        user = self.roles[role]
        self.authenticate(user.login, user.login)
        for model, method, arguments, _may in self.calls(role):
            records = [] if self.is_of_model(model, method) else arguments[:1]
            for args in (arguments, *([*records, *odd] for odd in ODD_ARGUMENTS)):
                with self.undo_writes():
                    answer = self.opener.post(
                        f'{self.base_url()}/web/dataset/call_kw/{model}/{method}',
                        json={
                            'params': {'model': model, 'method': method, 'args': args, 'kwargs': {}}
                        },
                    )
                self.env.invalidate_all()
                self.assertNoSecret(answer.text, f'{model}.{method}')
