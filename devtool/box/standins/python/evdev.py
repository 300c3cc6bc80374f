"""Stand-in for evdev: the keyboard that is plugged in, and no input device of this machine."""

import os
from types import SimpleNamespace

from box.controls import Controls
from box.keyboard import EV_KEY, EVENT, event_file
from box.process.usb_keyboard import UsbKeyboard

ecodes = SimpleNamespace(EV_KEY=EV_KEY)

_home = os.environ["IOT_BOX_HOME"]


def list_devices():
    return [str(event_file(_home))] if Controls(_home).devices("keyboard") else []


class InputDevice:
    info = SimpleNamespace(vendor=UsbKeyboard.idVendor, product=UsbKeyboard.idProduct)

    def __init__(self, path):
        # open for writing, too: the pipe does not end when nobody types
        self._pipe = os.open(path, os.O_RDWR)

    def grab(self):
        """Nobody else reads it anyway."""

    def read_loop(self):
        while True:
            _, _, kind, code, value = EVENT.unpack(os.read(self._pipe, EVENT.size))
            yield SimpleNamespace(type=kind, code=code, value=value)


def categorize(event):
    return SimpleNamespace(scancode=event.code, keystate=event.value)
