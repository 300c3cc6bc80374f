"""System files of a Raspberry Pi box, taken from its home: P2."""

import builtins
import io
import os
from functools import wraps
from pathlib import Path

ROOTFS = (
    "/sys/firmware/devicetree",
    "/proc/device-tree",
    "/var/odoo",
    "/var/log/odoo",
    "/etc/ssl/certs/nginx-cert.crt",
    "/etc/ssl/private/nginx-cert.key",
    "/etc/hostapd",
    "/etc/netplan",
    "/etc/NetworkManager",
    "/root_bypass_ramdisks",
    "/home/odoo",
    "/home/pi",
)


def patch(settings, controls):
    """Redirect the paths of ``ROOTFS`` to ``<home>/rootfs``."""
    if settings.mode != "rpi":
        return
    rootfs = Path(settings.home, "rootfs")

    def redirected(function):
        @wraps(function)
        def wrapper(file, *args, **kwargs):
            if isinstance(file, (str, os.PathLike)):
                path = os.fspath(file)
                if isinstance(path, str) and path.startswith(ROOTFS):
                    file = f"{rootfs}{path}"
            return function(file, *args, **kwargs)

        return wrapper

    builtins.open = io.open = redirected(io.open)
    os.stat = redirected(os.stat)
