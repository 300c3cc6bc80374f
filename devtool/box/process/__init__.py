"""What runs inside the box's process: the patches, then the stock client."""

import ctypes
import importlib
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main():
    """Patch, then hand over to Odoo's own command line (``sys.argv`` is the launcher's)."""
    from ..controls import Controls
    from ..settings import Settings
    from . import clock, devices, files, identity, network, pairing

    # no box survives its launcher, not even one that was killed
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    home = os.environ["IOT_BOX_HOME"]
    settings, controls = Settings.load(home), Controls(home)
    sys.path.remove(os.environ["IOT_BOX_LAUNCHER"])

    for theme in (clock, identity, files, network, devices, pairing):
        theme.patch(settings, controls)

    importlib.import_module("odoo.cli").main()
