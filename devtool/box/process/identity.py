"""Which system this is: P1, P4, P15."""

import importlib
import platform

from .imports import after_import


def patch(settings, controls):
    """Make the stock code believe it runs on the system of ``settings.mode``."""
    if settings.mode == "rpi":
        platform.release = lambda: "6.6.31+rpt-rpi-v8"
    elif settings.mode == "windows":
        platform.system = lambda: "Windows"
    else:

        @after_import("tools.helpers")
        def own_identifier(helpers):
            helpers.get_identifier = lambda: settings.identifier

    if settings.release:
        importlib.import_module("odoo.release").version = settings.release
