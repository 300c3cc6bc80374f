"""A valid body for each open route, as clients write it (contract section 16); those of
`SERIAL` are of a box that is there."""

import json

from .common import DEVICES, wire_box, wire_log

SERIAL = '10000000abcd1234'
MAC = 'b8:27:eb:00:00:01'
# Stand for those of the box where its secrets are known.
TOKEN = 'f' * 48
REQUEST_UID = 'uid-1'

_EVENT = {
    'value': '',
    'result': {'weight': 1.5},
    'owner': 'sess-1',
    'device_identifier': '/dev/ttyUSB0',
    'time': 1795216919.9,
    'status': 'success',
    'message': None,
    'action_args': {'action': 'read_once', 'action_unique_id': REQUEST_UID},
    'session_id': 'sess-1',
    'iot_box_identifier': SERIAL,
}

VALID_PARAMS = {
    '/iot/setup': {'iot_box': wire_box(SERIAL, TOKEN), 'devices': DEVICES},
    '/iot/box/send_websocket': _EVENT,
    '/iot/device/status': {
        'operation_id': REQUEST_UID,
        'device_identifier': '/dev/ttyUSB0',
        'status': {'status': 'error', 'message_body': 'boom\nat last'},
        'iot_mac': MAC,
    },
    '/iot/printer/status': {'print_id': REQUEST_UID, 'device_identifier': 'p', 'iot_mac': MAC},
    '/iot/box/webrtc_answer': {
        'iot_box_identifier': SERIAL,
        'answer': {'sdp': 'v=0\r\n', 'type': 'answer'},
    },
    '/iot/box/update_certificate_status': {
        'identifier': SERIAL,
        'ssl_certificate_end_date': '2026-04-01 12:34:56+00:00',
    },
    '/iot/box/certificate': {
        'identifier': SERIAL,
        'token': TOKEN,
        'addresses': ['192.168.1.20'],
        'time': 1795216919,
    },
    '/odoo-enterprise/iot/x509': {'db_uuid': 'u', 'enterprise_code': 'M26030200000001'},
    '/odoo-enterprise/iot/connect-box': {
        'serial_number': SERIAL,
        'pairing_code': 'BCD-FGH-JKL',
        'pairing_uuid': '0' * 32,
    },
    '/odoo-enterprise/iot/connect-db': {
        'pairing_code': 'BCD-FGH-JKL',
        'url': 'https://db.example.com',
        'token': 't',
        'db_uuid': 'u',
        'enterprise_code': '',
    },
}
VALID_FORMS = {
    '/iot/get_handlers': {'identifier': SERIAL, 'auto': 'False'},
    '/iot/keyboard_layouts': {
        'available_layouts': json.dumps(
            [
                {'name': "Belgian", 'layout': 'be'},
                {'name': "Belgian (ISO, alt.)", 'layout': 'be', 'variant': 'iso-alternate'},
            ]
        )
    },
}
VALID_LOG = wire_log(
    SERIAL,
    '30,2026-03-02 08:59:59,250 812 WARNING ? odoo.addons.iot_drivers.main: No paper',
    '40,boom\nTraceback',
).decode()
