"""The addon's pure modules, ``iot.tools``, in this process and without Odoo."""

import sys
from types import ModuleType


def make_importable(root):
    """:param root: the repository"""
    package = ModuleType("iot")  # not its __init__, which imports the models
    package.__path__ = [str(root / "iot")]
    sys.modules.setdefault("iot", package)
