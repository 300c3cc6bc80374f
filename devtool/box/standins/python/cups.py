"""Stand-in for pycups: a print server of the printers plugged in.

A job becomes a file in ``<home>/printed``. A printer that is offline leaves its job in progress
with the message the stock driver looks for; one without paper leaves it in progress.
"""

import itertools
import os
import time

from box.controls import Controls
from box.paper import print_job
from box.process.usb_printer import serial_number

CUPS_FORMAT_AUTO = "application/octet-stream"
IPP_JOB_PENDING, IPP_JOB_PROCESSING, IPP_JOB_CANCELED, IPP_JOB_COMPLETED = 3, 5, 7, 9
IPP_NOT_FOUND = 0x0406

_MODELS = {
    "printer": ("EPSON", "TM-m30", "MFG:EPSON;CMD:ESC/POS;MDL:TM-m30;CLS:PRINTER;"),
    "office-printer": ("HP", "LaserJet", "MFG:HP;CMD:PJL,PDF;MDL:LaserJet;CLS:PRINTER;"),
    "label-printer": ("Zebra", "ZD421", "MFG:Zebra;COMMAND SET:ZPL;MDL:ZD421;CLS:PRINTER;"),
}

_home = os.environ["IOT_BOX_HOME"]
_controls = Controls(_home)
_queues = {}  # name: device URI
_jobs = {}
_job_numbers = itertools.count(1)


def getServer():
    """python-escpos asks this while loading."""
    return "localhost"


def getPort():
    return 631


class IPPError(Exception):
    """An answer of the print server other than success: (status, message)."""


class Connection:
    def getPPDs(self):
        return {}

    def getPrinters(self):
        return {name: {"device-uri": uri} for name, uri in _queues.items()}

    def getDevices(self):
        devices = {}
        for kind, number in _controls.devices(*_MODELS):
            maker, model, device_id = _MODELS[kind]
            devices[f"usb://{maker}/{model}?serial={serial_number(number)}"] = {
                "device-class": "direct",
                "device-make-and-model": f"{maker} {model}",
                "device-id": device_id,
            }
        return devices

    def addPrinter(self, name, device, ppdname=None):
        _queues[name] = device

    def setPrinterInfo(self, name, info):
        pass

    def enablePrinter(self, name):
        pass

    def acceptJobs(self, name):
        pass

    def setPrinterUsersAllowed(self, name, users):
        pass

    def addPrinterOptionDefault(self, name, option, value):
        pass

    def createJob(self, printer, title, options):
        if printer not in _queues:
            raise IPPError(IPP_NOT_FOUND, "The printer or class does not exist.")
        job_id = next(_job_numbers)
        _jobs[job_id] = {
            "printer": printer,
            "data": b"",
            "created": time.time(),
            "state": IPP_JOB_PENDING,
        }
        return job_id

    def startDocument(self, printer, job_id, name, document_format, last):
        self._job = _jobs[job_id]

    def writeRequestData(self, data, length):
        self._job["data"] += data[:length]

    def finishDocument(self, printer):
        self._job["state"] = IPP_JOB_PROCESSING
        self._print(self._job)

    def cancelJob(self, job_id):
        _jobs[job_id]["state"] = IPP_JOB_CANCELED

    def getJobAttributes(self, job_id, requested_attributes=None):
        job = _jobs[job_id]
        self._print(job)
        offline = _controls.has_fault("printer offline")
        return {
            "job-state": job["state"],
            "job-state-reasons": "none",
            "job-printer-state-message": "The printer is unreachable." if offline else "",
            "time-at-creation": int(job["created"]),
        }

    def _print(self, job):
        stuck = any(map(_controls.has_fault, ("printer offline", "printer no-paper")))
        if stuck or job["state"] != IPP_JOB_PROCESSING:
            return
        print_job(_home, job["printer"], job["data"], ".job")
        job["state"] = IPP_JOB_COMPLETED
