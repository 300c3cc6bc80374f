"""The version of a box, ``<L|W|T><image>-<odoo release>[#<commit>]`` (contract section 2.1)."""

import re

_SERIES = re.compile(r'(?:saas[~-])?\d+\.\d+')
_VERSION = re.compile(r'(?P<image>[A-Z][^-#]+)-(?P<odoo>[^#]+)(?:#.*)?')


def split_version(version):
    """Split what a box announces into its image and its Odoo release.

    :param str version: like ``L2025.10.22-19.0#1a2b3c4``
    :return: image version and Odoo release, both empty when the text has another form
    :rtype: tuple[str, str]
    """
    match = _VERSION.fullmatch(version or '')
    return (match['image'], match['odoo']) if match else ('', '')


def is_windows(version):
    """Tell whether the computer of a box runs Windows.

    :param version: as it announces it, nothing if it does not
    :type version: str | bool
    :rtype: bool
    """
    return bool(version) and version.startswith('W')


def odoo_series(version):
    """Return the series of the Odoo release that a box runs, written as ``odoo.release.series``.

    :param str version: like ``L2025.10.22-19.0#1a2b3c4``
    :return: like ``19.0`` or ``saas~19.1``; empty when the text has another form
    :rtype: str
    """
    match = _SERIES.match(split_version(version)[1])
    return match[0].replace('-', '~') if match else ''
