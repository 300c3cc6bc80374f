"""An ESC/POS receipt printer on USB, as far as pyusb's users look at one."""

import time
from collections import deque
from pathlib import Path

import usb.core

_STATUS = b"\x10\x04"  # DLE EOT n: transmit real-time status
# ESC/POS: bits 1 and 4 are always set
_ONLINE, _OFFLINE = b"\x12", b"\x1a"
_PAPER, _LOW_PAPER, _NO_PAPER = b"\x12", b"\x1e", b"\x7e"


def printed_file(home, name):
    """:return: a new path for one print job; names sort by time"""
    safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in name)
    return Path(home, "printed", f"{time.time_ns()}-{safe}")


class UsbPrinter:
    """Each job, from its first byte to the device's release, is a file in ``<home>/printed``."""

    bDeviceClass = 7
    idVendor, idProduct = 0x04B8, 0x0E28
    manufacturer, product = "EPSON", "TM-m30"

    def __init__(self, number, settings, controls):
        self.serial_number = serial_number(number)
        self._number = number
        self._home = settings.home
        self._controls = controls
        self._answers = deque()
        self._job = b""
        self.backend = self._ctx = self

    def __iter__(self):
        return iter(())

    def set_configuration(self):
        pass

    def reset(self):
        pass

    def write(self, endpoint, data, timeout=None):
        """
        :raise usb.core.USBError: when the printer is not plugged in
        """
        if ("printer", self._number) not in self._controls.devices():
            raise usb.core.USBError("No such device (it may have been disconnected)", errno=19)
        if data[:2] == _STATUS:
            self._answers.append(self._status(data[2:3]))
        else:
            self._job += bytes(data)
        return len(data)

    def read(self, endpoint, size, timeout=None):
        return self._answers.popleft() if self._answers else b""

    def dispose(self, device):
        """End of a job: pyusb calls this when its user releases the device."""
        self._answers.clear()
        job, self._job = self._job, b""
        if job:
            path = printed_file(
                self._home, f"{self.manufacturer} {self.product} {self.serial_number}"
            )
            path.with_suffix(".part").write_bytes(job)
            path.with_suffix(".part").rename(path.with_suffix(".escpos"))

    def _status(self, what):
        fault = self._controls.fault
        if what == b"\x01":
            return _OFFLINE if fault("printer offline") is not None else _ONLINE
        if fault("printer no-paper") is not None:
            return _NO_PAPER
        return _LOW_PAPER if fault("printer low-paper") is not None else _PAPER


def serial_number(number):
    return f"VIRTUAL{number}"
