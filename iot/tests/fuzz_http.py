"""Requests of strangers, and what no answer to them may be."""

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import quote

from odoo.tools import mute_logger

from .fuzz_valid import MAC, SERIAL
from .fuzz_writes import FuzzWrites
from .http_common import IotHttpCommon

# As long as the real ones: an answer that differs tells that there is such a box.
OTHER_SERIAL = '7' + SERIAL[1:]
OTHER_MAC = 'b8:27:eb:ff:ff:ff'
DEBUG_DATA = re.compile(r'Traceback|File \\?"|\.py\b|odoo\.addons|psycopg2|"debug"|<frame')
JSON_INTERNAL_ERROR = re.compile(r'"code": 500\b')
# What an answer may be longer than its question.
MAX_ANSWER_MARGIN = 4096


@dataclass
class Question:
    """A request. ``length`` is what it claims its body to have, None for the truth."""

    method: str
    path: str
    body: bytes = b''
    headers: dict = field(default_factory=dict)
    query: str = ''
    length: int | None = None

    def of_another_box(self):
        """Return the same question about a box that there is not."""
        return Question(
            self.method,
            self.path.replace(SERIAL, OTHER_SERIAL),
            self.body.replace(SERIAL.encode(), OTHER_SERIAL.encode()).replace(
                MAC.encode(), OTHER_MAC.encode()
            ),
            self.headers,
            self.query,
            self.length,
        )


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple
    text: str

    def about_another_box(self):
        """Return the answer without what it echoes of the question."""
        text = self.text.replace(SERIAL, OTHER_SERIAL).replace(MAC, OTHER_MAC)
        return Answer(self.status, self.headers, text)


class FuzzHttpCommon(FuzzWrites, IotHttpCommon):
    """A client that looks at each answer."""

    def setUp(self):
        super().setUp()
        # what strangers do wrong is noted in the log, with the level of information or warning
        self.enterContext(
            mute_logger('odoo.http', 'werkzeug', 'odoo.addons.iot.models.iot_connection_attempt')
        )
        self.bodies = 0
        self.address = self.base_url().partition('//')[2]

    def ask(self, question):
        """Send a question from a connection of its own; return the answer, checked."""
        self.bodies += bool(question.body)
        headers = {'Content-Length': str(len(question.body))}
        if question.length is not None:
            headers['Content-Length'] = str(question.length)
        headers.update(question.headers, Cookie=f'test_request_key={self.http_request_key}')
        connection = http.client.HTTPConnection(self.address, timeout=30)
        path = quote(question.path, safe='/%') + (question.query and f'?{question.query}')
        try:
            connection.putrequest(question.method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value.encode('latin-1', 'replace'))
            connection.endheaders(question.body)
            if question.length is not None:
                connection.sock.shutdown(1)  # no more is coming
            response = connection.getresponse()
            text = response.read().decode('latin-1')
        except (http.client.BadStatusLine, OSError) as error:
            # who sends less or more than he claims may be hung up on
            if len(question.body) < 1000 and question.length is None:
                raise AssertionError(f"no answer to {question}") from error
            return None
        finally:
            connection.close()
        kept = tuple((k, v) for k, v in response.getheaders() if k not in ('Date', 'Server'))
        answer = Answer(response.status, kept, text)
        self.check(question, answer)
        return answer

    def check(self, question, answer):
        told = f"{question}\n{answer}"
        if answer.status >= 500 or JSON_INTERNAL_ERROR.search(answer.text):
            raise AssertionError(f"the server failed: {told}")
        if DEBUG_DATA.search(answer.text.replace(question.body.decode('latin-1') or '\0', '')):
            raise AssertionError(f"a stranger sees code: {told}")
        if any(name == 'Set-Cookie' for name, _value in answer.headers):
            raise AssertionError(f"a session was made: {told}")
        if len(answer.text) > len(question.body) * 6 + MAX_ANSWER_MARGIN:
            raise AssertionError(f"the answer is much longer than the question: {told}")

    def ask_and_undo(self, question, look=None):
        """Return the answer and the names of the tables where a row was written; undo that.

        :param look: called before it is undone
        """
        with self.undo_writes() as tables:
            answer = self.ask(question)
            if look:
                look()
        return answer, tables
