"""Patch a stock module the moment it has been loaded, before anybody imports names from it."""

import importlib.abc
import importlib.machinery
import sys
import threading

_ADDON = "odoo.addons.iot_drivers"


class _Loader(importlib.abc.Loader):
    def __init__(self, loader, patches):
        self._loader = loader
        self._patches = patches

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        # threads the module starts while loading wait until it is patched
        waiting, start = [], threading.Thread.start
        loading = threading.current_thread()

        def hold(thread):
            if threading.current_thread() is loading:
                waiting.append(thread)
            else:
                start(thread)

        threading.Thread.start = hold
        try:
            self._loader.exec_module(module)
        finally:
            threading.Thread.start = start
        for patch in self._patches:
            patch(module)
        for thread in waiting:
            thread.start()

    def __getattr__(self, name):
        return getattr(self._loader, name)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self):
        self.patches = {}

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self.patches:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec:
            spec.loader = _Loader(spec.loader, self.patches[fullname])
        return spec


_finder = _Finder()


def after_import(name):
    """Decorate a function that patches the module ``odoo.addons.iot_drivers.<name>``."""

    def register(patch):
        if _finder not in sys.meta_path:
            sys.meta_path.insert(0, _finder)
        _finder.patches.setdefault(f"{_ADDON}.{name}", []).append(patch)
        return patch

    return register
