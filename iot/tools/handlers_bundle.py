"""Handlers (the drivers and interfaces of a box) of several addons as one zip.

A box deletes all it has before it unpacks the zip (contract section 3.3): it has to be complete.
Equal files make an equal zip in every process and at any time; so the ETag needs no zip.
"""

import hashlib
import io
import logging
import os
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_logger = logging.getLogger(__name__)

# One for each database of this process that has addons of its own, and those before an update.
_KEPT_BUNDLES = 8
_OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class HandlerFile:
    """A file of a bundle.

    :param str name: its path in the zip
    :param str addon: the addon it is of
    :param int changed_at: its modification time in nanoseconds: with ``size``, it tells whether
        what was read before is still true
    """

    name: str
    addon: str
    path: Path
    changed_at: int
    size: int


def collect_handlers(folders):
    """List the files of a bundle. Where two have one name, the later addon's counts.

    :param folders: names of addons and their folders of handlers, the most basic ones first
    :type folders: list[tuple[str, Path]]
    :return: the files, sorted by name
    :rtype: tuple[HandlerFile]
    """
    files = {}
    for addon, folder in folders:
        for name, entry in _find_files(folder):
            stat = entry.stat()
            files.setdefault(name, []).append(
                HandlerFile(name, addon, Path(entry.path), stat.st_mtime_ns, stat.st_size)
            )
    for name, rivals in sorted(files.items()):
        if len(rivals) > 1:
            _warn_replaced(name, *(file.addon for file in rivals))
    return tuple(files[name][-1] for name in sorted(files))


def bundle_etag(files, version):
    """Return the ETag of a bundle for boxes of a version, without quotes.

    It depends on the version because a box that changes its version loses what addons gave it, but
    keeps the ETag.

    :param tuple[HandlerFile] files: see `collect_handlers`
    :param str version: as the box announces it
    :rtype: str
    """
    return hashlib.sha256(f'{_digest(files)}\0{version}'.encode()).hexdigest()[:32]


@lru_cache(_KEPT_BUNDLES)
def build_bundle(files):
    """Return a bundle as zip.

    :param tuple[HandlerFile] files: see `collect_handlers`
    :rtype: bytes
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, 'w') as bundle:
        for file in files:
            entry = zipfile.ZipInfo(file.name, _OLDEST_ZIP_DATE)
            entry.create_system = 3  # Unix, wherever this runs
            entry.external_attr = _READABLE_FILE
            bundle.writestr(entry, file.path.read_bytes(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def has_etag(header, etag):
    """Tell whether an ``If-None-Match`` header names an ETag.

    Boxes send it without quotes; of one that a proxy has weakened they send ``W/"etag``.

    :param header: its value as received, None if there is none
    :type header: str | None
    :param str etag: without quotes
    :rtype: bool
    """
    named = (part.strip().removeprefix('W/').replace('"', '') for part in (header or '').split(','))
    return etag in named


def _find_files(folder, within=''):
    """Yield the files in folders of a folder, by their names within it.

    `Path.rglob` takes several times as long, and each box that starts waits for it.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if not _is_visible(entry.name):
                continue
            name = f'{within}{entry.name}'
            if entry.is_dir(follow_symlinks=False):
                yield from _find_files(entry.path, f'{name}/')
            elif within and entry.is_file():
                yield name, entry


def _is_visible(name):
    return not name.startswith('.') and name != '__pycache__' and not name.endswith('.pyc')


@lru_cache(_KEPT_BUNDLES)
def _digest(files):
    digest = hashlib.sha256()
    for file in files:
        digest.update(f'{file.name}\0'.encode())
        digest.update(hashlib.sha256(file.path.read_bytes()).digest())
    return digest.hexdigest()


@lru_cache(1024)  # said once in each process, not at each start of each box
def _warn_replaced(name, *addons):
    _logger.warning(
        "The IoT handler %s is in several addons (%s): boxes get the one of the last.",
        name,
        ", ".join(addons),
    )
