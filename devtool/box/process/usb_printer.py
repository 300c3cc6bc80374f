"""An ESC/POS receipt printer on USB, as far as pyusb's users look at one."""

from collections import deque

import usb.core

from ..paper import print_job

_STATUS = b"\x10\x04"  # DLE EOT n: transmit real-time status
# ESC/POS: bits 1 and 4 are always set
_ONLINE, _OFFLINE = b"\x12", b"\x1a"
_PAPER, _LOW_PAPER, _NO_PAPER = b"\x12", b"\x1e", b"\x7e"


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
            name = f"{self.manufacturer} {self.product} {self.serial_number}"
            print_job(self._home, name, job, ".escpos")

    def _status(self, what):
        has_fault = self._controls.has_fault
        if what == b"\x01":
            return _OFFLINE if has_fault("printer offline") else _ONLINE
        if has_fault("printer no-paper"):
            return _NO_PAPER
        return _LOW_PAPER if has_fault("printer low-paper") else _PAPER


def serial_number(number):
    return f"VIRTUAL{number}"
