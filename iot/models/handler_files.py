"""Handlers on the disk of this server: which addons have some, and which files these are."""

from functools import cache, lru_cache
from pathlib import Path

from odoo.modules.module import Manifest

from ..const import HANDLER_FILES_INTERVAL
from ..tools.handlers_bundle import collect_handlers

STOCK_ADDON = 'iot_drivers'
OWN_ADDON = 'iot'
FOLDER = 'iot_handlers'

_KEPT_DATABASES = 8


def find_handlers(addons):
    """List the handlers of addons together with the stock ones.

    :param frozenset[str] addons: names of installed ones
    :return: whether there are any beside the stock ones; the files of all, none where the stock
        handlers are missing
    :rtype: tuple[bool, tuple[tools.handlers_bundle.HandlerFile]]
    """
    folders = _find_folders(addons)
    stock = Manifest.for_addon(STOCK_ADDON, display_warning=False)
    if not stock or not Path(stock.path, FOLDER).is_dir():
        return bool(folders), ()
    return bool(folders), collect_handlers([(STOCK_ADDON, Path(stock.path, FOLDER)), *folders])


def find_handlers_lately(addons, moment):
    """List them as they were seconds ago at most: after a power cut all boxes may ask at once.

    :param float moment: seconds, as of `time.monotonic`
    """
    return _find_handlers_within(addons, moment // HANDLER_FILES_INTERVAL)


@lru_cache(_KEPT_DATABASES)
def _find_handlers_within(addons, _interval):
    return find_handlers(addons)


def _find_folders(addons):
    """Return the addons with handlers and their folders, an addon after those it depends on."""
    manifests = {
        name: manifest
        for name in addons
        if (manifest := Manifest.for_addon(name, display_warning=False))
    }

    @cache
    def depth(name):
        depends = manifests[name]['depends'] if name in manifests else ()
        return 1 + max(map(depth, depends), default=0)

    found = [
        (name, folder)
        for name, manifest in manifests.items()
        if name != STOCK_ADDON and (folder := Path(manifest.path, FOLDER)).is_dir()
    ]
    return sorted(found, key=lambda item: (depth(item[0]), item[0]))
