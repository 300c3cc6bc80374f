"""Add what a pytest run found, by its JUnit report, to the counts of ``./dev test``.

usage: python pytest_counts.py REPORT COUNTS EXIT_CODE
"""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree


def count(report):
    """Count the tests of a JUnit report.

    :param Path report: the file pytest wrote
    :return: number of tests ``passed``, ``failed`` and ``skipped``
    :rtype: dict[str, int]
    """
    failed = skipped = total = 0
    for case in ElementTree.parse(report).iter('testcase'):
        total += 1
        if case.find('failure') is not None or case.find('error') is not None:
            failed += 1
        elif case.find('skipped') is not None:
            skipped += 1
    return {'passed': total - failed - skipped, 'failed': failed, 'skipped': skipped}


def main(report, counts, exit_code):
    try:
        found = count(Path(report))
    except ElementTree.ParseError:
        print("pytest ended without a report: see its own words above")
        found = {'passed': 0, 'failed': 1, 'skipped': 0}
    if not any(found.values()):
        print("no system test ran: nothing matches")
        found['failed'] = 1
    elif exit_code not in ('0', '1') and not found['failed']:  # 1: tests failed, as counted
        print(f"pytest ended with exit code {exit_code}: see its own words above")
        found['failed'] = 1
    with Path(counts).open('a') as file:
        file.write(json.dumps(found) + '\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
