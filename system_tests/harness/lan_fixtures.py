"""Odoo on the computer of the browser, a box beside it or on a network of two machines, and
visitors that come by HTTPS.

A plugin of pytest: its fixtures are there for all tests.
"""

from contextlib import contextmanager

import pytest

from .lan import Lan
from .visitor import visits


@pytest.fixture
def server(own_network, odoo_server):
    """Odoo on the computer of the browser; ``call_kw`` acts as its administrator."""
    odoo_server.login()
    return odoo_server


@pytest.fixture
def lan(own_network):
    """A network of two machines: this one, with the browser and Odoo, and one for a box."""
    with Lan.made() as network:
        yield network


@pytest.fixture
def lan_server(lan, odoo_factory):
    server = odoo_factory(address=lan.host)
    server.login()
    return server


@pytest.fixture
def lan_box(lan_server, lan, box_factory):
    return box_factory(devices="", **lan.box_options)


@pytest.fixture
def front(playwright, environment, lan_server, tmp_path):
    """Make visitors through a proxy: ``with front(to_server=...) as visit``; boxes are told to
    come by it, too."""

    @contextmanager
    def make(**changes):
        with visits(playwright, environment.chromium, lan_server, tmp_path, **changes) as visit:
            yield visit

    return make


@pytest.fixture
def visit(front):
    """Make one visitor: ``visit(*flags_of_chromium)``."""
    with front() as make:
        yield make
