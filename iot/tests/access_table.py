"""Who may do what. `access_common` compares these tables with the registry: whatever is added to a
model needs a decision here."""

EVERYBODY = ('portal', 'outsider', 'user', 'manager', 'other_manager')
ADMINISTRATORS = ('manager', 'other_manager')
USERS = ('user', *ADMINISTRATORS)
OWN_USERS = ('user', 'manager')
OWN_ADMINISTRATORS = ('manager',)

# What a role may do with a record of the first company: read, write, create, unlink. All others
# may do nothing.
SEEN = {'user': 'r', 'manager': 'rwu'}
KEPT = {'manager': 'r'}
HIDDEN = {}
RIGHTS = {
    'iot.address.record': HIDDEN,
    'iot.box': SEEN,
    'iot.broker.guesser': HIDDEN,
    'iot.broker.pairing': HIDDEN,
    'iot.certificate': KEPT,
    'iot.certificate.event': KEPT,
    'iot.certificate.root': HIDDEN,
    'iot.connection.attempt': KEPT,
    'iot.device': SEEN,
    'iot.keyboard.layout': {'user': 'r', 'manager': 'r', 'other_manager': 'r'},  # of no company
    'iot.log': KEPT,
    'iot.move': KEPT,
    'iot.request': {'user': 'r', 'manager': 'r'},  # one that the user has made
    'iot.secret': HIDDEN,
    'iot.token': KEPT,
    'iot.tombstone': {'manager': 'ru'},
    'iot.websocket.server': HIDDEN,
    'iot.wildcard': HIDDEN,
}

# Which fields of ours a role writes, where it may write at all. All others are set by methods only.
WRITABLE_FIELDS = {
    'iot.box': {'manager': {'company_id', 'drivers_auto_update', 'name', 'responsible_id'}},
    'iot.device': {
        'manager': {'display_url', 'is_scanner', 'keyboard_layout_id', 'name', 'subtype'}
    },
}
# Which fields are read by a group only, whoever may read the record.
MANAGER = 'iot.group_iot_manager'
RESTRICTED_FIELDS = {
    'iot.box': {
        'certificate_reason': MANAGER,
        'log_ids': MANAGER,
        'refused_attempt_count': MANAGER,
        'setup_source': MANAGER,
    },
}

# Who may call the methods that browsers can call, on records of the first company.
METHODS = {
    'iot.box': {
        'action_adopt': OWN_ADMINISTRATORS,
        'action_dismiss_twin': OWN_ADMINISTRATORS,
        'action_download_logs': EVERYBODY,  # an address, which decides for itself
        'action_move_all': ADMINISTRATORS,
        'action_open_homepage': OWN_USERS,
        'action_open_refused_attempts': EVERYBODY,  # a list, which shows what one may see
        'get_deletion_warnings': OWN_ADMINISTRATORS,
        'get_notices': USERS,
        'note_seen': OWN_ADMINISTRATORS,
        'relay_webrtc_offer': OWN_USERS,
        'request_connection_test': OWN_USERS,
        'request_drivers_update': OWN_ADMINISTRATORS,
        'request_remote_debug': (),  # in developer mode only
        'request_restart': OWN_ADMINISTRATORS,
    },
    'iot.device': {'request_action': OWN_USERS},
    'iot.eligibility': {'get_verdict': ADMINISTRATORS},
    'iot.request': {  # each for own requests only
        'finish_direct': USERS,
        'give_up': USERS,
        'read_outcome': USERS,
        'take_over_direct': USERS,
    },
    'iot.token': {
        'action_hand_to_broker': OWN_ADMINISTRATORS,
        'action_revoke': OWN_ADMINISTRATORS,
        'action_undo': OWN_ADMINISTRATORS,
        'create_for_handing_over': ADMINISTRATORS,
        'create_for_offline_pairing': ADMINISTRATORS,
        'get_discovery_hints': ADMINISTRATORS,
    },
    'res.config.settings': {
        # none of the roles here may change settings
        'action_get_iot_certificate': (),
        'action_move_iot_boxes': ADMINISTRATORS,  # as `action_move_all`
        'action_open_iot_root_certificate': EVERYBODY,  # an address, for all people of the company
        'action_test_iot_acme': (),
    },
}
ARGUMENTS = {
    'action_hand_to_broker': ['12345', 'a|b|c|d'],
    'finish_direct': ['unknown', {'status': 'success'}],
    'give_up': ['unknown'],
    'note_seen': ['free'],
    'read_outcome': [['unknown']],
    'relay_webrtc_offer': [{'type': 'offer', 'sdp': 'v=0'}],
    'request_action': ['read_once'],
    'take_over_direct': ['unknown'],
}

# What those who may make a call are told if these arguments are of no use; else it succeeds.
TOLD = dict.fromkeys(
    ('finish_direct', 'give_up', 'take_over_direct'), "There is no such request to an IoT box"
)

# Fields that nobody reads: secrets, and what would lead to them.
SECRET_FIELDS = {
    'iot.box': {
        'certified_address',
        'drivers_etag',
        'drivers_requested_at',
        'websocket_key',
        'websocket_server',
    },
    'iot.broker.pairing': {
        'code',
        'db_uuid',
        'enterprise_code',
        'token',
        'url',
        'uuid_hash',
    },
    'iot.certificate.root': {'sealed_key'},
    'iot.request': {'payload', 'uid', 'websocket_key'},
    'iot.secret': {'sealed'},
    'iot.token': {'channel_hash', 'token_hash', 'tombstone_ids'},
    'iot.tombstone': {'deleted_box_ref', 'token_id'},
}
# What sounds like a secret and is none.
HARMLESS_FIELDS = {
    'iot.box.database_uuid',  # a box tells it to everybody on its network
    'iot.broker.guesser.key',  # who has typed wrong codes; in a model that nobody reads
    'iot.certificate.event.code',
    'iot.certificate.root.certificate_pem',
    'iot.connection.attempt.token_id',
    'iot.device.keyboard_layout_id',
    'iot.websocket.server.key',  # a name
    'iot.wildcard.fullchain_pem',
    'res.config.settings.iot_dns_key_algorithm',
    'res.config.settings.iot_dns_key_name',
    'res.config.settings.iot_dns_key_secret',  # taken, never given back: `test_acme_settings`
    'res.config.settings.iot_has_dns_key_secret',
    'res.config.settings.iot_token_validity_minutes',
}
