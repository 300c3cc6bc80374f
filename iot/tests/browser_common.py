import logging
import re

from odoo.tests import HttpCase


def hoot_id(path):
    """Return the id that Hoot gives to a suite (the hash of ``Job`` in ``web/static/lib/hoot``).

    :param str path: such as ``@iot`` or ``@iot/connect``
    """
    value = 0
    for char in path:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f'{value:08x}'


class _Messages(logging.Handler):
    def __init__(self):
        super().__init__()
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


class HootCase(HttpCase):
    """Runs Hoot suites in a browser. For tours use `HttpCase` as it is."""

    def run_hoot(self, suite, preset='desktop', timeout=900):
        """Run the Hoot tests of one suite and fail unless all pass and there are any.

        Hoot runs all there is when it does not know a suite, and calls a run of nothing a success:
        hence the count.

        :param str suite: such as ``@iot``
        :param str preset: ``desktop`` or ``mobile``; tests without a page run on the first only
        :param int timeout: seconds
        """
        self.assertIn(preset, ('desktop', 'mobile'))
        tag = '&tag=-headless' if preset == 'mobile' else ''
        handler = _Messages()
        self._logger.addHandler(handler)
        try:
            self.browser_js(
                f'/web/tests?headless&loglevel=2&preset={preset}{tag}&timeout=15000'
                f'&id={hoot_id(suite)}',
                '',
                '',
                login='admin',
                timeout=timeout,
                success_signal='[HOOT] Test suite succeeded',
                error_checker=lambda message: '[HOOT]' not in message,
            )
        finally:
            self._logger.removeHandler(handler)
        passed = [
            int(match[1])
            for message in handler.messages
            if (match := re.match(r'\[HOOT\] Passed (\d+) tests', message))
        ]
        self.assertTrue(passed and passed[-1], f"No Hoot test ran in {suite}.")
        suites = {
            match[1]
            for message in handler.messages
            if (match := re.search(r'"(@[^"/]+)" ended', message))
        }
        self.assertLessEqual(suites, {suite.partition('/')[0]}, "Other suites ran too.")
