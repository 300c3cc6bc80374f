"""The ways to run Odoo that boxes of all versions are tried with."""

import uuid
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import pytest

from .known_names import known_names
from .nginx_server import NginxServer
from .odoo_server import OdooServer
from .postgres_cluster import SharedCluster
from .private_root import PrivateRoot

# Columns of the table in README.md; the keys name the tests.
TITLES = {
    "one_database": "One database",
    "several_databases": "Several databases",
    "workers_nginx_https": "nginx with HTTPS, two workers",
    "nginx_http": "nginx without HTTPS, one process",
}
ADDRESS = "127.0.0.1"
DOMAIN = "example.com"


@dataclass
class Deployment:
    """
    :param server: an ``OdooServer`` whose administrator is logged in
    :param names: those of its hosts, name → address
    :param other_database: another one on the same server, which boxes must not touch
    :param own_url: by which the first database alone is reached, no matter what a client tells
    """

    server: object
    names: dict = field(default_factory=dict)
    other_database: str = ""
    own_url: str = ""

    def logs(self):
        return {self.server.database: self.server.log_tail()}


class SeveralDatabases(OdooServer):
    """Hosts that begin with the name of a database have it to themselves."""

    def __init__(self, *args, host, **options):
        super().__init__(*args, **options)
        self._host = host

    @property
    def url(self):
        return f"http://{self._host}:{self.port}"

    def _port_options(self):
        return [*super()._port_options(), "--db-filter", "^%d"]


@contextmanager
def deployed(kind, environment, folder):
    """
    :param kind: one of ``TITLES``
    :return: a running ``Deployment``, as long as the context lasts
    """
    cluster = SharedCluster(environment)
    name = f"system_test_{uuid.uuid4().hex[:12]}"
    host = f"{name}.{DOMAIN}"

    def make(database, server_class=OdooServer, **options):
        server = server_class(environment, cluster, database, folder / f"{database}.log", **options)
        ends.callback(server.drop_database)
        server.create_database()
        ends.callback(server.stop)
        return server

    with ExitStack() as ends:
        ends.callback(cluster.close)
        if kind == "one_database":
            deployment = Deployment(make(name))
        elif kind == "several_databases":
            first, second = f"{name}_1", f"{name}_2"
            own_host = f"{first}.{DOMAIN}"
            names = {host: ADDRESS, own_host: ADDRESS}
            ends.enter_context(known_names(names))
            make(second)
            server = make(first, SeveralDatabases, host=host)
            own_url = f"http://{own_host}:{server.port}"
            deployment = Deployment(server, names, other_database=second, own_url=own_url)
        else:
            names = {host: ADDRESS}
            ends.enter_context(known_names(names))
            options = {"folder": folder, "name": host}
            if kind == "workers_nginx_https":
                root = PrivateRoot(folder)
                ends.enter_context(_trusted(root))
                options |= {"certificate": root.issue(host), "workers": 2}
            deployment = Deployment(make(name, NginxServer, **options), names)
        deployment.server.start()
        deployment.server.login()
        yield deployment


@contextmanager
def _trusted(root):
    """Let this process, and boxes that it starts, trust a root as if their system did."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            patch.setenv(variable, str(root.certificate))
        yield
