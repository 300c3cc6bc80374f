"""A keyboard on USB, as far as pyusb's users look at one. Nobody types on it."""

import ctypes
from types import SimpleNamespace

_KEYBOARD = SimpleNamespace(bInterfaceClass=3, bInterfaceProtocol=1)


class UsbKeyboard:
    bDeviceClass = 0
    idVendor, idProduct = 0x046D, 0xC31C
    iManufacturer, iProduct = 1, 2
    langids = ()  # it tells no names
    product = "USB Keyboard"

    def __iter__(self):
        """:return: configurations, each with its interfaces"""
        return iter([[_KEYBOARD]])


def patch_x11():
    """A box has a screen with X; here its library answers as if it had one."""
    load = ctypes.cdll.LoadLibrary

    def load_library(name):
        if name == "libX11.so.6":
            return SimpleNamespace(XOpenDisplay=lambda name: 1, XCloseDisplay=lambda display: 0)
        return load(name)

    ctypes.cdll.LoadLibrary = load_library
