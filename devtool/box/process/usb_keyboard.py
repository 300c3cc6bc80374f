"""A keyboard on USB, as far as pyusb's users look at one. Its keys: see ``box.keyboard``."""

from types import SimpleNamespace

_KEYBOARD = SimpleNamespace(bInterfaceClass=3, bInterfaceProtocol=1)


class UsbKeyboard:
    bDeviceClass = 0
    idVendor, idProduct = 0x046D, 0xC31C
    iManufacturer, iProduct = 1, 2
    langids = ()  # it tells no names
    manufacturer, product = "Logitech", "USB Keyboard"

    def __iter__(self):
        """:return: configurations, each with its interfaces"""
        return iter([[_KEYBOARD]])
