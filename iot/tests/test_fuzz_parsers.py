"""Whatever strangers, or users, send is read or refused in words: nothing else comes of it."""

import json
from dataclasses import astuple, is_dataclass

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..exceptions import IotError
from ..tools import base_url, box_address, box_version, connection_token, pairing_code
from ..tools.box_event import BoxEvent
from ..tools.box_log import BoxLog
from ..tools.broker_payload import PairingClaim, PairingPoll
from ..tools.certificate_payload import BoxCertificatePayload, ContractCertificatePayload
from ..tools.certificate_status import CertificateStatus
from ..tools.device_action import DeviceAction
from ..tools.json_text import json_text
from ..tools.keyboard_layouts import parse_keyboard_layouts
from ..tools.setup_payload import SetupPayload
from ..tools.webrtc import WebRtcAnswer
from .fuzz_strategies import fuzz, json_values, keys, near, texts
from .fuzz_valid import VALID_FORMS, VALID_LOG, VALID_PARAMS

EXAMPLES = 250


def texts_in(value):
    """Yield all texts in what a parser returned."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from texts_in(astuple(value))
    elif isinstance(value, dict):
        yield from texts_in(list(value.items()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


class TestFuzzParsers(BaseCase):
    def fuzz(self, strategy, parse, limit=None):
        """Call a parser with all kinds of values; what it accepts can be stored.

        :param int limit: characters of each accepted text, None where the text is not shortened
        """
        accepted = []

        @fuzz(EXAMPLES)
        @given(strategy)
        def check(value):
            try:
                result = parse(value)
            except IotError as error:
                self.assertTrue(error.message)
                error.message.encode()
                return
            accepted.append(value)
            for text in texts_in(result):
                text.encode()  # no half surrogates
                self.assertNotIn('\0', text)
                if limit:
                    self.assertLessEqual(len(text), limit)

        check()
        self.assertTrue(accepted, "nothing was accepted: the strategy is too wild to prove much")

    def params(self, url):
        return near(VALID_PARAMS[url]).filter(lambda value: isinstance(value, dict))

    def test_setup(self):
        def parse(params):
            return SetupPayload.parse(params.get('iot_box'), params.get('devices'))

        self.fuzz(self.params('/iot/setup'), parse, limit=512)

    def test_event(self):
        def parse(params):
            event = BoxEvent.parse(params)
            if event.outcome:  # it may have any JSON inside, and is stored as such a text
                self.assertLessEqual(len(json_text(event.outcome.result, 100_000)), 100_000)
            return event.box, event.uids, event.warning  # the device is compared only

        for url in ('/iot/box/send_websocket', '/iot/device/status', '/iot/printer/status'):
            with self.subTest(url):
                self.fuzz(self.params(url), parse, limit=255)

    def test_what_a_browser_heard(self):
        self.fuzz(
            self.params('/iot/box/send_websocket'),
            lambda params: json_text(BoxEvent.parse_outcome(params).result, 100_000),
        )

    def test_webrtc_answer(self):
        self.fuzz(self.params('/iot/box/webrtc_answer'), WebRtcAnswer.parse)

    def test_poll_of_a_code(self):
        def parse(params):
            names = ('serial_number', 'pairing_code', 'pairing_uuid')
            return PairingPoll.parse(*(params.get(name) for name in names))

        self.fuzz(self.params('/odoo-enterprise/iot/connect-box'), parse, limit=128)

    def test_claim_of_a_code(self):
        def parse(params):
            names = ('pairing_code', 'url', 'token', 'db_uuid', 'enterprise_code')
            claim = PairingClaim.parse(*(params.get(name) for name in names))
            return pairing_code.normalized(claim.code), claim.url, claim.token, claim.db_uuid

        self.fuzz(self.params('/odoo-enterprise/iot/connect-db'), parse, limit=512)

    def test_certificate_status(self):
        self.fuzz(
            self.params('/iot/box/update_certificate_status'), CertificateStatus.parse, limit=128
        )

    def test_certificate_request(self):
        self.fuzz(self.params('/iot/box/certificate'), BoxCertificatePayload.parse, limit=512)

    def test_certificate_request_by_contract(self):
        url = '/odoo-enterprise/iot/x509'
        self.fuzz(self.params(url), ContractCertificatePayload.parse, limit=255)

    def test_keyboard_layouts(self):
        layouts = json.loads(VALID_FORMS['/iot/keyboard_layouts']['available_layouts'])
        strategy = near(layouts).map(json.dumps) | texts | json_values
        self.fuzz(strategy, parse_keyboard_layouts, limit=255)

    def test_log(self):
        self.fuzz(log_bodies(), BoxLog.parse, limit=4000)

    def test_action(self):
        known = [
            ('printer', 'print_receipt', {'receipt': 'aGVsbG8='}),
            ('printer', 'print', {'document': 'aGVsbG8='}),
            ('printer', 'cashbox', {}),
            ('display', 'update_url', {'url': 'https://example.com'}),
            ('display', 'open', {'pos_id': 1, 'access_token': 'x'}),
            ('display', 'rotate_screen', {'orientation': 'left'}),
            ('keyboard', 'update_layout', {'layout': 'be', 'variant': ''}),
            ('scanner', 'update_is_scanner', {'is_scanner': True}),
            ('scale', 'read_once', {}),
        ]
        strategy = st.sampled_from(known).flatmap(
            lambda action: st.tuples(
                st.just(action[0]),
                st.just(action[1]) | json_values,
                near(action[2]),
            )
        )
        self.fuzz(strategy, lambda action: DeviceAction.parse(*action).wire())

    def test_data_for_a_display_is_json_of_bounded_length(self):
        def parse(data):
            arguments = DeviceAction.parse('display', 'set', {'data': data}).wire()
            return json_text(arguments, 70_000)

        self.fuzz(st.dictionaries(keys, json_values, max_size=3), parse, limit=70_000)

    def test_base_url(self):
        urls = st.sampled_from(('https://odoo.example.com:8069', 'http://[::1]', 'http://[', ''))
        self.fuzz(urls | st.builds('http://{}'.format, texts) | texts, base_url.box_server_url)

    def test_what_never_fails(self):
        words = (
            '192.168.1.20',
            '192-168-1-20.ab.odoo-iot.com',
            'L2025.10.22-19.0#1a2',
            'BCD-FGH-JKL',
        )
        for function in (
            box_address.announced_address,
            box_address.homepage_url,
            box_version.split_version,
            box_version.odoo_series,
            base_url.host_of,
            pairing_code.normalized,
        ):
            with self.subTest(function.__name__):
                self.fuzz(st.sampled_from(words) | texts, function)

    def test_whatever_is_presented_is_compared(self):
        stored = connection_token.digest(connection_token.new_token())
        strategy = st.builds('{}{}'.format, st.just(connection_token.CHANNEL_PREFIX), texts)
        self.fuzz(strategy, lambda text: self.assertFalse(connection_token.matches(text, stored)))


@st.composite
def log_bodies(draw):
    """Draw the bytes of a log, near a valid one."""
    body = draw(st.just(VALID_LOG) | texts.map(VALID_LOG.replace('WARNING', '{}').format))
    pieces = body.split('\n')
    pieces.insert(draw(st.integers(0, len(pieces))), draw(texts | st.just('7,x<log/>')))
    kind = draw(st.sampled_from(('all', 'all', 'cut', 'raw')))
    raw = '\n'.join(pieces).encode(errors='surrogatepass')
    if kind == 'cut':
        return raw[: draw(st.integers(0, len(raw)))]
    return draw(st.binary(max_size=99)) if kind == 'raw' else raw
