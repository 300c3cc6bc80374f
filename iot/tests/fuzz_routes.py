"""What is posted to each open route: one strategy for each, none forgotten."""

import json
from urllib.parse import urlencode

from hypothesis import strategies as st

from .fuzz_http import Question
from .fuzz_strategies import dates, form_values, headers, json_bodies, queries, texts, times
from .fuzz_valid import SERIAL, VALID_FORMS, VALID_LOG, VALID_PARAMS

JSON_HEADERS = headers('application/json')
FORM_HEADERS = headers('application/x-www-form-urlencoded')
DISPLAY_ROUTE = '/iot/box/<identifier>/display_url'
STATUS_ROUTE, CERTIFICATE_ROUTE = '/iot/box/update_certificate_status', '/iot/box/certificate'
# What is of all kinds even where nothing is made wrong.
DRAWN_PARAMS = {
    STATUS_ROUTE: {'ssl_certificate_end_date': dates},
    CERTIFICATE_ROUTE: {'time': times},
}


@st.composite
def json_questions(draw, path, params):
    """Draw a question to a route that takes JSON."""
    drawn = draw(st.fixed_dictionaries({}, optional=DRAWN_PARAMS.get(path, {})))
    body = draw(json_bodies({'params': {**params, **drawn}}))
    length = draw(st.none() | st.none() | st.none() | st.integers(0, len(body) + 9))
    return Question('POST', path, body, draw(JSON_HEADERS), draw(queries), length)


@st.composite
def form_questions(draw, path, fields):
    """Draw a question to a route that takes a form."""
    pairs = draw(form_values(fields))
    body = urlencode(pairs, errors='surrogatepass').encode()
    if draw(st.integers(0, 5)) == 0:
        body = draw(st.binary(max_size=60)) + body[: draw(st.integers(0, len(body)))]
    return Question('POST', path, body, draw(FORM_HEADERS), draw(queries))


@st.composite
def log_questions(draw):
    """Draw a log: a box posts it without content type."""
    lines = VALID_LOG.split('\n')
    lines.insert(draw(st.integers(0, len(lines))), draw(texts | st.just('7,x<log/>')))
    body = '\n'.join(lines).encode(errors='surrogatepass')
    kind = draw(st.sampled_from(('all', 'all', 'cut', 'raw')))
    if kind == 'cut':
        body = body[: draw(st.integers(0, len(body)))]
    elif kind == 'raw':
        body = draw(st.binary(max_size=99))
    return Question('POST', '/iot/log', body, draw(headers('', 'text/plain')), draw(queries))


@st.composite
def display_questions(draw):
    """Draw a question for the pages of displays, which has its only text in the address."""
    name = draw(st.just(SERIAL) | texts.map(SERIAL.__add__) | texts)
    path = f'/iot/box/{name.encode(errors="surrogatepass").decode("latin-1")}/display_url'
    return Question('GET', path, b'', draw(headers('')), draw(queries))


def large_questions():
    """Yield a question of about a megabyte to each route that takes a body: mostly too large."""
    text = 'x' * (2**20 - 1000)
    for path, params in VALID_PARAMS.items():
        body = json.dumps({'params': {**params, 'text': text}}).encode()
        yield Question('POST', path, body, {'Content-Type': 'application/json'})
    for path, fields in VALID_FORMS.items():
        body = urlencode({**fields, 'text': text}).encode()
        yield Question('POST', path, body, {'Content-Type': 'application/x-www-form-urlencoded'})
    yield Question('POST', '/iot/log', f'{VALID_LOG}20,{text}<log/>\n'.encode())


STRATEGIES = {
    **{path: json_questions(path, params) for path, params in VALID_PARAMS.items()},
    **{path: form_questions(path, fields) for path, fields in VALID_FORMS.items()},
    '/iot/log': log_questions(),
    DISPLAY_ROUTE: display_questions(),
}
# What is written for a stranger, and bounded elsewhere (README.md, section Limits).
WRITTEN_FOR_STRANGERS = {
    '/iot/setup': {'iot_connection_attempt'},
    '/odoo-enterprise/iot/connect-box': {'iot_broker_pairing'},
    '/odoo-enterprise/iot/connect-db': {'iot_broker_guesser'},
}
