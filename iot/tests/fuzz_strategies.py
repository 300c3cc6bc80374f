"""What strangers might send: the valid made wrong here and there, and plain nonsense."""

import copy
import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / 'hypothesis')

# Ten times as many bodies, other ones at each run: IOT_FUZZ_TIMES=10 ./dev test TestFuzzStrangers
TIMES = int(os.environ.get('IOT_FUZZ_TIMES', '1'))


def fuzz(examples):
    """Return settings for so many examples, the same at each run unless more were asked for."""
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


ODD_TEXTS = (
    '', ' ', '\0', '\0', '\0b', '\x1b[31m', '\ud800', 'a\udfffb', '\u202egpj', '\ufeff', 'İ', '²',
    '\U0001f4a9', '٣', 'x' * 129, 'y' * 5000, "' OR 1=1 --", '../../etc/passwd', '%s%n{0}', 'null',
    '<script>alert(1)</script>', 'True', '0', '-1', '1e999', 'self', 'broadcast', '127.0.0.1',
    'fe80::1%eth0', '2026-13-45 99:99:99', '0001-01-01T00:00:00+23:59', '9999-12-31T23:59:59-23:59',
)  # fmt: skip
ODD_KEYS = (
    'self', 'cls', 'args', 'kwargs', 'endpoint', 'params', 'id', 'context', 'debug', 'session_id',
    'identifier', 'iot_mac', 'mac', '__class__', '',
)  # fmt: skip
ODD_NUMBERS = (0, -1, 2**31, 2**63, -(2**63) - 1, 10**30, 10**4000, 1e308, -0.0)

# as boxes write them: the ends of certificates, and what their clocks say
_moments = st.sampled_from((datetime.min, datetime.max)) | st.datetimes()
_zones = st.sampled_from(('', '+00:00', '+23:59', '-23:59', 'Z'))
dates = st.builds('{}{}'.format, _moments, _zones)
times = _moments.map(lambda moment: int(moment.replace(tzinfo=UTC).timestamp())) | st.integers()

texts = st.sampled_from(ODD_TEXTS) | st.text(st.characters(exclude_categories=()), max_size=20)
numbers = st.sampled_from(ODD_NUMBERS) | st.integers() | st.floats()
leaves = st.none() | st.booleans() | numbers | texts
keys = st.sampled_from(ODD_KEYS) | texts
json_values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def near(draw, valid):
    """Draw a JSON value that differs from a valid one in three places at most."""
    value = [copy.deepcopy(valid)]
    for _change in range(draw(st.integers(0, 3))):
        holder, key = draw(st.sampled_from(list(_places(value))))
        match draw(st.sampled_from(('replace', 'splice', 'splice', 'wrap', 'add', 'remove'))):
            case 'splice' if isinstance(holder[key], str):
                holder[key] += draw(texts)
            case 'replace' | 'splice':
                holder[key] = draw(json_values)
            case 'wrap':
                holder[key] = draw(st.sampled_from(([holder[key]], {'a': holder[key]})))
            case 'add' if isinstance(holder, dict):
                holder[draw(keys)] = draw(leaves)
            case 'remove' if isinstance(holder, dict):
                del holder[key]
    return value[0]


def _places(value):
    """Yield holders and keys of all that there is inside a JSON value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


@st.composite
def json_bodies(draw, valid):
    """Draw the bytes of a JSON body: mostly near the valid one, else broken in another way."""
    kind = draw(st.sampled_from(('near',) * 12 + ('cut', 'twice', 'deep', 'coded', 'raw', 'huge')))
    if kind == 'raw':
        return draw(st.binary(max_size=60))
    if kind == 'deep':
        opening = draw(st.sampled_from((b'[', b'{"params":', b'{"params":{"iot_box":[')))
        return opening * draw(st.sampled_from((10, 500, 990, 3000)))
    if kind == 'huge':
        number = draw(
            st.sampled_from(('9' * 5000, '-1' + '0' * 4000, '1e99999', 'NaN', '-Infinity'))
        )
        return json.dumps(valid).replace('"', number, draw(st.integers(0, 2))).encode()
    body = json.dumps(draw(near(valid)))
    match kind:
        case 'cut':
            return body[: draw(st.integers(0, len(body)))].encode()
        case 'twice':
            return body.replace('{', '{"params": 1, "identifier": 2, ', 1).encode()
        case 'coded':
            code = draw(st.sampled_from(('utf-16', 'utf-32', 'utf-8-sig', 'utf-7')))
            return body.encode(code)
    return body.encode()


@st.composite
def form_values(draw, valid):
    """Draw the fields of a form, near a valid one."""
    fields = [(key, draw(st.just(value) | texts)) for key, value in valid.items()]
    fields += draw(st.lists(st.tuples(keys, texts), max_size=2))
    return draw(st.permutations(fields))[draw(st.integers(0, 1)) :]


header_texts = st.sampled_from(
    ('', '*', '"', 'W/"', '\xff', 'None', '0', '; charset=utf-7', 'x' * 3000, "'", ',,,')
) | st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters='\x7f'), max_size=20
)


def headers(*content_types):
    """Return a strategy for headers; mostly none but the content type."""
    odd = st.dictionaries(
        st.sampled_from((
            'Accept', 'Accept-Language', 'Authorization', 'Content-Encoding', 'Content-Type',
            'Forwarded', 'If-Modified-Since', 'If-None-Match', 'Origin', 'Range', 'Referer',
            'User-Agent', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto',
            'X-HTTP-Method-Override', 'X-Odoo-Database',
        )),
        header_texts,
        max_size=3,
    )  # fmt: skip
    content_type = st.fixed_dictionaries({'Content-Type': st.sampled_from(content_types)})
    return content_type | st.builds(lambda base, more: base | more, content_type, odd)


queries = st.sampled_from(
    ('',) * 6 + ('debug=1', 'debug=assets', 'db=nobody', 'params=1', '%00', 'self=1&a', 'lang=%F0')
)
