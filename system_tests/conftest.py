"""Fixtures of the system tests. Each test gets parts of its own and leaves none behind."""

import os
import uuid
from contextlib import ExitStack

import pytest
from box.virtual_box import VirtualBox
from box.waiting import SECONDS
from harness.acme_client import AcmeClient, pure_iot
from harness.addon import new_token, wait_online
from harness.addresses import free_box_address
from harness.bind9 import KEY, SECRET, ZONE, Bind9
from harness.box_form import BoxForm
from harness.chromium import chromium
from harness.environment import Environment
from harness.odoo_server import OdooServer
from harness.pebble import Pebble
from harness.postgres_cluster import OwnCluster, SharedCluster
from playwright.sync_api import expect, sync_playwright

pytest_plugins = ["harness.lan_fixtures", "harness.matrix", "harness.sharing"]

BOX_PORT = 8069  # a stock box's own


def pytest_configure(config):
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.0/8,localhost"


def pytest_collection_modifyitems(items):
    """Long tests begin first, lest the other workers wait for the last one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def environment():
    return Environment.read()


@pytest.fixture
def odoo_factory(environment, tmp_path):
    """Make servers: ``odoo_factory(own_cluster=False, start=True, address="127.0.0.1")``.

    With a cluster of its own a test may restart PostgreSQL: ``server.cluster.restart()``. In files
    ``test_pos_*`` there is Point of Sale: ``odoo_factory(template=environment.shop_template)``.
    """
    servers = []

    def make(own_cluster=False, start=True, kind=OdooServer, in_environment=environment, **options):
        name = f"system_test_{uuid.uuid4().hex[:12]}"
        cluster = (
            OwnCluster(environment, tmp_path / f"{name}.pg")
            if own_cluster
            else SharedCluster(environment)
        )
        ends.callback(cluster.close)
        server = kind(in_environment, cluster, name, tmp_path / f"{name}.log", **options)
        servers.append(server)
        ends.callback(server.drop_database)
        server.create_database()
        ends.callback(server.stop)
        return server.start() if start else server

    make.logs = lambda: {server.database: server.log_tail() for server in servers}
    with ExitStack() as ends:  # whatever fails at the end, the rest is still put away
        yield make


@pytest.fixture
def odoo_server(odoo_factory):
    """A running Odoo on a copy of the template database."""
    return odoo_factory()


@pytest.fixture
def shop_server(environment, odoo_factory):
    """A running Odoo with Point of Sale; in files ``test_pos_*``."""
    return odoo_factory(template=environment.shop_template)


@pytest.fixture
def box_factory(environment, tmp_path):
    """Make running boxes: ``box_factory(devices="scale", mode="rpi", start=True, ...)``.

    A box gets an address by chance; ``block="127.0.0"`` tells the beginning of it.
    """
    boxes = []

    def make(start=True, block="127", address=None, **options):
        address = address or free_box_address(BOX_PORT, block)
        options = {"device_interval": 0.5} | options
        home = tmp_path / f"box-{address}"
        box = VirtualBox(environment.odoo_pkg, home, address, port=BOX_PORT, **options)
        boxes.append(box)
        ends.callback(box.stop)
        return box.start() if start else box

    make.logs = lambda: {f"box {box.address}": _tail(box.log()) for box in boxes}
    with ExitStack() as ends:
        yield make


@pytest.fixture
def box(box_factory):
    """A running, unpaired box with a receipt printer, a scale and a display."""
    return box_factory()


@pytest.fixture
def own_network(environment):
    """Nobody but this test run is on loopback: a search finds the boxes of the test only."""
    if not environment.own_network:
        pytest.skip("this account may not make network namespaces")


@pytest.fixture
def connected_box(odoo_server, box):
    """A box that was connected by a token, with its devices, listening."""
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, box)
    return box


@pytest.fixture
def name_server(own_network, tmp_path):
    server = Bind9(tmp_path / "bind9")
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture
def pebble(name_server, tmp_path, monkeypatch):
    authority = Pebble(tmp_path / "pebble", name_server)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.certificate))
    try:
        yield authority.start()
    finally:
        authority.stop()


@pytest.fixture
def iot(environment):
    return pure_iot(environment)


@pytest.fixture
def zone(iot, name_server):
    """The zone of the name server, as the addon changes it."""
    return iot.DnsZone(iot.DnsServer(name_server.address, ZONE, KEY, SECRET))


@pytest.fixture
def acme(iot, pebble, zone):
    return AcmeClient(iot, zone, pebble.directory_url)


@pytest.fixture(scope="session")
def playwright():
    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright, environment):
    with chromium(playwright, environment.chromium) as running:
        yield running


@pytest.fixture
def shot(environment, request):
    """Keep what a page shows, on a phone and on a desk: ``shot(page, "token")``."""
    folder = environment.state / "screenshots" / request.node.name
    folder.mkdir(parents=True, exist_ok=True)

    def take(page, name, height=720):
        for width in (360, 1280):  # the last one stays
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=folder / f"{name}-{width}.png")

    return take


@pytest.fixture
def box_form(page, environment, request):
    """:return: ``box_form(server)`` opens the form of the only box"""
    folder = environment.state / "screenshots" / request.node.name
    return lambda server: BoxForm(page, server, folder)


@pytest.fixture
def page(browser, environment, request):
    """An empty page in a profile of its own; a failed test leaves a screenshot."""
    context = browser.new_context()
    context.set_default_timeout(SECONDS * 1000)
    page = context.new_page()
    yield page
    if getattr(request.node, "failed", False):
        path = environment.state / "screenshots" / f"{request.node.name}.png"
        page.screenshot(path=path)
        print(f"screenshot: {path}")
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Show the ends of all logs below a failure."""
    report = yield
    if report.failed:
        item.failed = True
        for name in ("odoo_factory", "box_factory", "deployment"):
            if parts := getattr(item, "funcargs", {}).get(name):
                for title, text in parts.logs().items():
                    report.sections.append((f"log of {title}", text))
    return report


def _tail(text, lines=60):
    return "\n".join(text.splitlines()[-lines:])
