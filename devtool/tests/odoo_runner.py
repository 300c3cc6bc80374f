"""Run Odoo's tests and tell their outcome: one line a test, every failure whole, true counts.

Odoo's own summary calls it a success when no test matched, when the browser did not start or when
a Hoot filter matched nothing; here these are failures.

usage: python odoo_runner.py LOG COUNTS COMMAND...

``LOG`` gets all output of the command, ``COUNTS`` one line of JSON.
"""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

RECORD = re.compile(
    r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ '
    r'(?P<level>[A-Z]+) \S+ (?P<logger>\S+?): (?P<message>.*)'
)
STARTING = re.compile(r'Starting (\S+\.test\w*) \.\.\.')
OUTCOME = re.compile(r'(?:FAIL|ERROR): (?:Subtest )?(.+?)(?: [\[(<].*)?$')
SKIPPED = re.compile(r'skipped (\S+) : (.*)')
HOOT_PASSED = re.compile(r'\[HOOT\] Passed (\d+) tests')
HOOT_FAILED = re.compile(r'\[HOOT\] Failed (\d+) tests \((\d+) passed')
SCREENSHOT = re.compile(r'Screenshot in: .*')
# Odoo's own sums, which only repeat what was read before
SUMMARY = re.compile(
    r'Module \w+: \d+ failures, |At least one test failed|\d+ failed, \d+ error\(s\) of '
)
# Tests are skipped on a machine that cannot run them; ours can, so something is broken
MISSING = re.compile(r'chrome|websocket-client|hypothesis', re.IGNORECASE)


class Outcome:
    """What the records of a run say, one after the other."""

    def __init__(self):
        self.started = {}  # test (logger and name) -> how often
        self.failed = set()
        self.skipped = set()
        self.hoot_passed = 0
        self.hoot_failed = 0
        self.faults = []  # sentences; each counts as one failure

    def read(self, level, logger, text):
        """Take one log record in, and print what a person has to see of it.

        :param str level: name of the record's level
        :param str logger: name of its logger
        :param str text: message, with the lines that follow it
        """
        first_line = text.partition('\n')[0]
        if match := STARTING.match(text):
            test = (logger, match[1])
            self.started[test] = self.started.get(test, 0) + 1
            print(f'{logger.removeprefix("odoo.addons.")}: {match[1]}')
        elif match := SKIPPED.match(text):
            self.skipped.add((logger, match[1]))
            print(f'SKIPPED {match[1]}: {match[2]}')
            if missing := MISSING.search(match[2]):
                self.faults.append(f"{match[1]} was skipped for want of {missing[0]}")
        elif level in ('ERROR', 'CRITICAL') and (match := OUTCOME.match(first_line)):
            self.failed.add((logger, match[1]))
            print(text)
        elif level in ('WARNING', 'ERROR', 'CRITICAL') and not SUMMARY.match(text):
            print(f'{level} {logger}: {text}')
            if level != 'WARNING' and not self._is_of_running_browser(logger):
                self.faults.append(f"an error was logged: {first_line[:200]}")
        elif match := SCREENSHOT.search(text):
            print(match[0])
        self._read_hoot(text)

    def _read_hoot(self, text):
        if match := HOOT_PASSED.search(text):
            print(match[0])
            self.hoot_passed += int(match[1])
            if match[1] == '0':
                self.faults.append("a Hoot run matched no test")
        elif match := HOOT_FAILED.search(text):
            print(match[0])
            self.hoot_failed += int(match[1])
            self.hoot_passed += int(match[2])

    @staticmethod
    def _is_of_running_browser(logger):
        # what a page complains of makes its test fail by Odoo's own rules
        return logger.endswith('.browser')

    def counts(self, exit_code):
        """Sum up, after the last record.

        :param int exit_code: of the run
        :return: number of tests ``passed``, ``failed`` and ``skipped``
        :rtype: dict[str, int]
        """
        if not self.started:
            self.faults.append("no test ran: nothing matches")
        elif exit_code and not self.failed:
            self.faults.append(f"Odoo ended with exit code {exit_code}")
        for fault in self.faults:
            print(f'FAILED: {fault}')
        well = sum(
            times
            for test, times in self.started.items()
            if test not in self.failed and test not in self.skipped
        )
        return {
            'passed': well + self.hoot_passed,
            'failed': len(self.failed) + self.hoot_failed + len(self.faults),
            'skipped': len(self.skipped),
        }


def records(stream, log):
    """Split a run's output into log records.

    :param stream: text file with the output
    :param log: text file that gets every line
    :return: iterator of ``(level, logger, text)``
    """
    head, lines = None, []
    for line in stream:
        log.write(line)
        if match := RECORD.match(line):
            if head:
                yield *head, '\n'.join(lines).rstrip()
            head, lines = match.group('level', 'logger'), [match['message']]
        elif head:
            lines.append(line.rstrip('\n'))
        else:
            print(line, end='')
    if head:
        yield *head, '\n'.join(lines).rstrip()


def main(log_path, counts_path, *command):
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends ./dev as a whole
    outcome = Outcome()
    with (
        Path(log_path).open('w') as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace'
        ) as run,
    ):
        for record in records(run.stdout, log):
            outcome.read(*record)
    counts = outcome.counts(run.returncode)
    print(f'(log: {log_path})')
    with Path(counts_path).open('a') as file:
        file.write(json.dumps(counts) + '\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
