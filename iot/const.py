"""Limits and defaults, each with its reason."""

from datetime import timedelta

# --- Connection tokens -----------------------------------------------------------------------

# A person copies the token and walks to the box with it: an hour is generous, a day is careless.
DEFAULT_TOKEN_VALIDITY = timedelta(hours=1)
MIN_TOKEN_VALIDITY = timedelta(minutes=5)
MAX_TOKEN_VALIDITY = timedelta(days=7)
TOKEN_VALIDITY_PARAMETER = 'iot.token_validity_minutes'
# Dead tokens stay that long in the list, to answer "what happened to the one of last week?".
TOKEN_RETENTION = timedelta(days=30)

# --- What a box may send (contract section 3.2) ----------------------------------------------

# 500 devices with every text at its limit are far below it; Odoo itself would accept 128 MiB.
MAX_SETUP_BYTES = 1024 * 1024
# Serial numbers have 16 characters, generated identifiers of Windows boxes 64.
MAX_IDENTIFIER_LENGTH = 128
# The client shortens device identifiers to 127 characters, but Windows printers keep their name.
MAX_DEVICE_IDENTIFIER_LENGTH = 255
MAX_DEVICES = 500
# Devices that are gone are kept; a box that always makes up others must not fill the database.
MAX_KNOWN_DEVICES = 1000
MAX_TOKEN_LENGTH = 512
MAX_TEXT_LENGTH = 255

# A token that the browser or the broker hands over: the box needs it after its restart, which can
# take minutes when it updates itself first.
HANDED_TOKEN_VALIDITY = timedelta(minutes=10)
# A box restarts a second after it got a token (contract section 1.1) and must get no other till
# then; a window that was closed meanwhile does not keep others away for long.
HANDING_OVER_TIME = timedelta(seconds=15)

# The browser looks for known boxes first; more than that are no network of one person.
MAX_HINTED_BOXES = 254

# --- Pairing broker (contract section 6.1) ---------------------------------------------------

# The box shows a code that long and then stops to ask.
PAIRING_LIFETIME = timedelta(hours=2)
# A shop may start all its boxes at once behind one address; a flood is more than that.
MAX_PAIRINGS_PER_SOURCE = 60
MAX_PAIRINGS = 10_000
MAX_BROKER_BYTES = 16 * 1024
MAX_URL_LENGTH = 255
# Wrong codes of one user or one address until it has to wait (as Matter's commissioning window),
# and of all strangers together, see ``tools/pairing_code.py``.
MAX_WRONG_CODES = 20
MAX_WRONG_CODES_OF_STRANGERS = 100
WRONG_CODES_WINDOW = PAIRING_LIFETIME
SERVE_OTHERS_PARAMETER = 'iot.broker_serves_others'
BROKER_URL_PARAMETER = 'iot.broker_url'

# --- Liveness --------------------------------------------------------------------------------

# How stale the last post of a box may be noted: an unchanged one writes nothing in between.
CONTACT_PRECISION = timedelta(minutes=1)
# A box that holds no websocket counts as reachable that long after a post. It posts when it starts.
CONTACT_LIFETIME = timedelta(minutes=5)
# Each server process that holds websockets of boxes says so in one small write, and counts as gone
# when three of them are missing.
HEARTBEAT_INTERVAL = timedelta(seconds=20)
SERVER_LIFETIME = timedelta(seconds=60)
SERVER_RETENTION = timedelta(days=1)
# One thread tells all databases: one that is stuck must not make it miss the beats of the others.
HEARTBEAT_PATIENCE = timedelta(seconds=4)
# A database whose last box has gone is told so for an hour, should it be away.
LAST_BEAT_TRIES = 180
# Odoo's bus ends every websocket after 1 to 1.5 hours (``KEEP_ALIVE_TIMEOUT`` in its
# ``websocket.py``). A box opens the next one 10 seconds later; nobody is told of that absence.
RENEWAL_LIFETIME = timedelta(seconds=30)
# A box that is back sooner was never lost: its restart, or that of the server, takes less.
RECONNECT_GRACE = timedelta(minutes=1)

# Minutes until the responsible person of a lost box is told: time to plug it in again.
ALERT_PARAMETER = 'iot.alert_minutes'
DEFAULT_ALERT_DELAY = timedelta(minutes=15)
# The search for lost boxes runs once a minute.
MIN_ALERT_DELAY = timedelta(minutes=2)
MAX_ALERT_DELAY = timedelta(days=7)

# --- Times that boxes tell -------------------------------------------------------------------

# No box is older, no certificate lasts longer. At the ends of Python's calendar, the years 1 and
# 9999, a time cannot be shown in the zone of a person.
EARLIEST_YEAR = 2000
LATEST_YEAR = 2200

# --- Drivers (contract section 3.3) ----------------------------------------------------------

# A box asks for drivers a moment after it has shown its token; later only while it listens.
HANDLERS_AFTER_SETUP = timedelta(minutes=5)
# Seconds for which the files of drivers are taken to be as they were: after a restart of the server
# all boxes ask at once, and looking at each file takes longer than the rest of the answer.
HANDLER_FILES_INTERVAL = 2
# A box that is asked to restart does so within seconds, one that updates itself takes minutes.
DRIVERS_REQUEST_LIFETIME = timedelta(minutes=10)
# A form with an identifier and a yes or no.
MAX_FORM_BYTES = 16 * 1024

# --- Settings of devices (contract sections 3.7, 3.8) ----------------------------------------

# xkeyboard-config has some 600 layouts with their variants.
MAX_KEYBOARD_LAYOUTS = 2000
MAX_KEYBOARD_LAYOUTS_BYTES = 256 * 1024

# --- Ledger of connection attempts -----------------------------------------------------------

# Strangers can cause refusals: beyond this number of rows only the server log knows of new ones.
MAX_REFUSED_ATTEMPTS = 1000
ATTEMPT_RETENTION = timedelta(days=90)
# A box refused again and again is counted on one row, written at most this often.
ATTEMPT_PRECISION = timedelta(minutes=1)

# --- Deleted boxes ---------------------------------------------------------------------------

# A stock client ignores ``server_clear`` for five seconds (contract section 4.3).
CLEAR_DELAY = timedelta(seconds=6)
# A box may lie in a cupboard for a season, or two.
TOMBSTONE_RETENTION = timedelta(days=730)

# --- Logs of boxes (contract section 3.9) ----------------------------------------------------

# A stock box posts at most 51 records, tracebacks among them.
MAX_LOG_BYTES = 256 * 1024
MAX_LOG_POST_RECORDS = 100
# A traceback has some 3000 characters.
MAX_LOG_TEXT_LENGTH = 4000
# A start of a box makes about 100 records; what goes on faster than this tells nothing new.
MAX_LOG_RECORDS_PER_MINUTE = 500
LOG_RATE_WINDOW = timedelta(minutes=1)
# The newest records that are kept of a box: the last starts, or a day of one that works.
MAX_LOG_RECORDS = 2000
LOG_RETENTION = timedelta(days=14)

# --- Requests to boxes and devices -----------------------------------------------------------

# Whoever asked stands before the device: after half a minute the answer is of no use, and a command
# that comes late does harm (contract section 4.3). A scale needs some two seconds.
REQUEST_LIFETIME = timedelta(seconds=30)
# The box gives a print job 30 s (contract section 7.5); one job may wait for another.
PRINT_LIFETIME = timedelta(minutes=1)
# An answer that was on its way when the websocket broke comes before the box opens the next one,
# which it does 10 s later (contract section 4.1).
LOST_WEBSOCKET_GRACE = timedelta(seconds=15)
# A request that a browser has tried by itself is noted here within that time.
DIRECT_NOTE_DELAY = timedelta(seconds=15)
# A message is on its websocket within milliseconds; documents must not lie in the bus for a day.
COMMAND_BUS_LIFETIME = timedelta(minutes=2)
# Ended requests answer "what happened to the receipt of yesterday?".
REQUEST_RETENTION = timedelta(days=7)
# The box's own web server takes no more (contract section 7).
MAX_DOCUMENT_LENGTH = 10 * 1024 * 1024
MAX_ACTION_DATA_LENGTH = 64 * 1024
MAX_RESULT_LENGTH = 64 * 1024
# Devices other than printers echo all that they were sent (contract section 3.5).
MAX_EVENT_BYTES = 10 * 1024 * 1024
MAX_SDP_LENGTH = 64 * 1024

# --- Certificates (contract sections 3.4, 6.2) -----------------------------------------------

# A stock box asks for another certificate when that little is left.
CERTIFICATE_EXPIRING = timedelta(days=10)
# With so little left, a box has missed several occasions to take another one: people are told.
CERTIFICATE_ALERT = timedelta(days=7)
# Anybody on the network of a box can tell of ever other certificates in its name.
CERTIFICATE_ALERT_PAUSE = timedelta(days=1)
# A clock that differs by more is not set by any time server.
CLOCK_TOLERANCE = timedelta(minutes=5)
# One that differs by more is as wrong; the integers of PostgreSQL reach 68 years in seconds.
MAX_CLOCK_OFFSET = timedelta(days=3650)
# What a box has told of its clock says nothing of it the next day.
CLOCK_LIFETIME = timedelta(days=1)
# An identifier and a date.
MAX_CERTIFICATE_BYTES = 16 * 1024
CERTIFICATE_AUTHORITY_PARAMETER = 'iot.certificate_authority'
OWN_AUTHORITY_WITHOUT_SUBSCRIPTION_PARAMETER = 'iot.own_authority_without_subscription'
IOT_DOMAIN_PARAMETER = 'iot.domain'
WEEK = timedelta(days=7)
# A box that loses its certificate asks at each start; one that asks more often is broken.
MAX_BOX_CERTIFICATES_PER_WEEK = 10
# The plain contract names no box: all boxes of a database share this limit.
MAX_DATABASE_CERTIFICATES_PER_WEEK = 50
# Authorities elsewhere; that of this database is in ``tools/eligibility.py``.
ACME_AUTHORITY = 'acme'
ODOO_AUTHORITY = 'odoo'
# A scheduled action may take two minutes (``limit_time_real``); the next one goes on with an order.
ISSUE_SECONDS = 80
RENEWAL_WISH_SECONDS = 10
# The known public authority that issues wildcards for nothing; any other can be chosen.
DEFAULT_ACME_DIRECTORY = 'https://acme-v02.api.letsencrypt.org/directory'
# A person waits for the test of the settings, and a proxy may wait no longer than a minute.
ACME_TEST_SECONDS = 20
# Changes of address records in one run; the rest comes in the next.
ADDRESS_RECORDS_SECONDS = 60
CERTIFICATE_EVENT_RETENTION = timedelta(days=365)
# A refusal is noted again when its reason changed, or after that long.
CERTIFICATE_EVENT_PRECISION = timedelta(days=1)
# A box can give ever new reasons: so many refusals of it are noted within that time.
MAX_BOX_CERTIFICATE_REFUSALS = 20
