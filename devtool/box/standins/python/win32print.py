"""Stand-in for pywin32's win32print: the Windows spooler, whose paper is files.

A job becomes a file in ``<home>/printed``. A printer that is offline puts its job in error; one
without paper keeps it waiting.
"""

import itertools
import os
from datetime import UTC, datetime

import pywintypes
from box.controls import Controls
from box.paper import print_job

PRINTER_ENUM_LOCAL = 2
JOB_INFO_1, JOB_CONTROL_DELETE = 1, 5
JOB_STATUS_ERROR, JOB_STATUS_PRINTED = 0x2, 0x80

# the stock driver tells kinds of printers by their names
_NAMES = {
    "printer": "EPSON TM-m30 Receipt",
    "office-printer": "HP LaserJet",
    "label-printer": "Zebra ZD421 ZPL",
}

_home = os.environ["IOT_BOX_HOME"]
_controls = Controls(_home)
_jobs = {}
_job_numbers = itertools.count(1)


class _Handle:
    """An open printer."""

    def __init__(self, name):
        self.name = name
        self.job = None


def EnumPrinters(flags):
    return [(0, "", f"{_NAMES[kind]} {number}", "") for kind, number in _controls.devices(*_NAMES)]


def OpenPrinter(name):
    return _Handle(name)


def GetPrinter(handle, level):
    return {"pPortName": "USB001"}


def StartDocPrinter(handle, level, document):
    number = next(_job_numbers)
    handle.job = _jobs[number] = {"data": b"", "Submitted": datetime.now(UTC)}
    return number


def StartPagePrinter(handle):
    pass


def WritePrinter(handle, data):
    handle.job["data"] += data


def EndPagePrinter(handle):
    pass


def EndDocPrinter(handle):
    pass


def GetJob(handle, number, level):
    """:raise pywintypes.error: number 87 once it is printed: Windows forgets it then"""
    if number not in _jobs:
        raise pywintypes.error(87, "GetJob", "The parameter is incorrect.")
    job = _jobs[number]
    if _controls.has_fault("printer offline"):
        return {**job, "Status": JOB_STATUS_ERROR}
    if _controls.has_fault("printer no-paper"):
        return {**job, "Status": 0}
    del _jobs[number]
    print_job(_home, handle.name, job["data"], ".job")
    return {**job, "Status": JOB_STATUS_PRINTED}


def SetJob(handle, number, level, info, command):
    if command == JOB_CONTROL_DELETE:
        _jobs.pop(number, None)
