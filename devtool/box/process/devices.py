"""The box's hardware: P9 handlers, P12 search interval, P13 WebRTC, P14 serial ports and USB."""

import sys
from pathlib import Path
from types import SimpleNamespace

from . import x11
from .imports import after_import


def patch(settings, controls):
    """Let the stock drivers find what is plugged in, and nothing of this machine."""
    _patch_serial(settings, controls)
    _patch_usb(settings, controls)
    x11.patch(settings.home)
    _patch_handlers(settings, controls)
    _patch_webrtc(settings, controls)


def _patch_serial(settings, controls):
    import serial
    from serial.tools import list_ports

    class PseudoTerminal(serial.Serial):
        """A port below ``<home>/dev``; Linux refuses a pseudo-terminal 7 bits and parity."""

        def __init__(self, port=None, **config):
            if port:
                port = str(Path(settings.home, port.lstrip("/")))
            config.update(bytesize=serial.EIGHTBITS, parity=serial.PARITY_NONE)
            super().__init__(port, **config)

    def comports(include_links=False):
        return [
            SimpleNamespace(device=f"/dev/ttyUSB{number - 1}")
            for _kind, number in controls.devices("scale")
        ]

    serial.Serial = PseudoTerminal
    list_ports.comports = comports


def _patch_usb(settings, controls):
    import usb.core

    from .usb_keyboard import UsbKeyboard
    from .usb_printer import UsbPrinter

    plugged = {}

    def find(find_all=False, backend=None, custom_match=None, **args):
        devices = controls.devices("printer", "keyboard")
        for kind, number in devices:
            if (kind, number) not in plugged:
                plugged[kind, number] = (
                    UsbPrinter(number, settings, controls) if kind == "printer" else UsbKeyboard()
                )
        found = [plugged[d] for d in devices if not custom_match or custom_match(plugged[d])]
        return iter(found) if find_all else next(iter(found), None)

    usb.core.find = find


def _patch_handlers(settings, controls):
    if settings.mode == "test":

        @after_import("tools.helpers")
        def load_handlers(helpers):
            def files(handler_path):
                if not controls.devices():
                    return []
                return [path.name for path in Path(handler_path).glob("*[!W].*")]

            helpers.get_handlers_files_to_load = files

    if settings.device_interval:

        @after_import("interface")
        def search_interval(module):
            # a property: the handlers set their own value on their classes and instances
            def own(cls, register=module.Interface.__init_subclass__.__func__):
                register(cls)
                cls._loop_delay = property(
                    lambda self: settings.device_interval, lambda self, v: None
                )

            module.Interface.__init_subclass__ = classmethod(own)


def _patch_webrtc(settings, controls):
    if not settings.webrtc:
        sys.modules["aiortc"] = None  # importing it raises ImportError
        return
    import aioice.ice
    import aiortc.rtcicetransport

    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: [settings.address]
    aiortc.rtcicetransport.RTCIceGatherer.getDefaultIceServers = classmethod(lambda cls: [])
