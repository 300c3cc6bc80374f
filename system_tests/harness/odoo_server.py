"""A real Odoo server process on a database of its own."""

import copy
import os
import shutil
import subprocess

import requests
from box.waiting import SECONDS, wait_until

from .addresses import free_port

_STOP_SECONDS = 5
_REQUEST_SECONDS = 3 * SECONDS  # an uninstallation loads all anew


class OdooRpcError(Exception):
    """A JSON-RPC error; ``error`` is the answer's dictionary."""

    def __init__(self, error):
        super().__init__(error.get("data", {}).get("message") or error.get("message"))
        self.error = error


class OdooServer:
    """Odoo on ``http://<address>:<port>``; both stay the same through all restarts.

    :param addons: folder with other addons than those of the repository
    :param other_databases: those of the cluster that the server offers, too
    :param template: name of the database it begins with, the environment's if empty
    :param cron_threads: how many run scheduled actions; each looks for new ones once a minute
    """

    def __init__(
        self,
        environment,
        cluster,
        database,
        log,
        address="127.0.0.1",
        addons=None,
        other_databases=(),
        cron_threads=0,
        template="",
    ):
        self.environment = environment
        self.cluster = cluster
        self.database = database
        self.address = address
        self._template = template or environment.template
        self._offered = "|".join([database, *other_databases])
        self.cron_threads = cron_threads
        self.port = free_port(address)
        self._log = log
        paths = [str(path) for path in (environment.root, addons) if path]
        self._command = [environment.python, environment.odoo, "server", "-c", environment.conf]
        self._command += ["-d", database, "--addons-path", ",".join(paths)]
        self._process = None
        self._session = requests.Session()

    @property
    def url(self):
        return f"http://{self.address}:{self.port}"

    # Database

    def create_database(self):
        """Copy the template; the copy gets an identity and a base address of its own."""
        self.cluster.clone(self._template, self.database)
        source = self.environment.filestore / self._template
        if source.exists():
            shutil.copytree(source, self.environment.filestore / self.database)
        self.sql(
            "update ir_config_parameter set value = gen_random_uuid()"
            " where key in ('database.uuid', 'database.secret')"
        )
        self.set_parameter("web.base.url", self.url)
        self.set_parameter("web.base.url.freeze", "True")

    def drop_database(self):
        self.cluster.drop(self.database)
        shutil.rmtree(self.environment.filestore / self.database, ignore_errors=True)

    def sql(self, statement, arguments=()):
        """Run one SQL statement and commit.

        :return: its rows, None if it is no query
        """
        return self.cluster.execute(self.database, statement, arguments)

    @property
    def dsn(self):
        """Of its database, for psycopg2."""
        return self.cluster.dsn(self.database)

    def set_parameter(self, key, value):
        """Set a system parameter. Only while the server is down: it keeps them in memory."""
        self.sql(
            "insert into ir_config_parameter (key, value) values (%s, %s)"
            " on conflict (key) do update set value = excluded.value",
            (key, value),
        )

    def install(self, addon):
        """Install an addon and what it needs. Only while the server is down."""
        command = [*self._command, "-i", addon, "--stop-after-init", "--no-http"]
        with self._log.open("ab") as log:
            subprocess.run(
                command,
                env={**os.environ, **self.cluster.environ},
                stdout=log,
                stderr=log,
                check=True,
            )

    # Process

    def start(self):
        """Start it and wait until it answers with its database loaded.

        :raise RuntimeError: with the log's end, when it does not
        """
        command = ["setpriv", "--pdeathsig", "KILL"]  # no server survives its test run
        command += self._command
        command += ["--db-filter", f"^({self._offered})$"]
        command += ["--max-cron-threads", str(self.cron_threads)]
        command += ["--http-interface", self.address, *self._port_options()]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env={**os.environ, **self.cluster.environ},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        wait_until(
            lambda: self._process.poll() is not None or self._answers(),
            3 * SECONDS,
            f"an answer of {self.url}",
        )
        if self._process.poll() is not None:
            raise RuntimeError(f"Odoo ended by itself:\n{self.log_tail()}")
        return self

    def _port_options(self):
        return ["--http-port", str(self.port)]

    def _answers(self):
        try:
            return requests.post(f"{self.url}/web/webclient/version_info", json={}, timeout=30).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def stop(self):
        """Stop it properly. A websocket that is opened just then keeps Odoo waiting for its end,
        without limit: a second signal is Odoo's way to leave all the same."""
        if self._runs():
            self._process.terminate()
            try:
                self._process.wait(timeout=_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.terminate()
                self._process.wait(timeout=SECONDS)

    def kill(self):
        """As kill -9 or a power cut: no connection is closed properly."""
        if self._runs():
            self._process.kill()
            self._process.wait()

    def _runs(self):
        return self._process is not None and self._process.poll() is None

    def restart(self):
        self.stop()
        self.start()

    def run_cron(self, name):
        """Run a scheduled action at once, as the administrator's button does.

        :param name: its XML id
        """
        module, name = name.split(".")
        rows = self.sql(
            "select res_id from ir_model_data where module = %s and name = %s", (module, name)
        )
        self.call_kw("ir.cron", "method_direct_trigger", [rows[0][0]])

    def log(self):
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def log_tail(self, lines=60):
        return "\n".join(self.log().splitlines()[-lines:])

    # RPC

    def rpc(self, path, /, **params):
        """Call a JSON-RPC route with the cookies of this server's session.

        :return: the ``result``
        :raise OdooRpcError: when the answer is an error
        """
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        response = self._session.post(f"{self.url}{path}", json=body, timeout=_REQUEST_SECONDS)
        response.raise_for_status()
        answer = response.json()
        if "error" in answer:
            raise OdooRpcError(answer["error"])
        return answer.get("result")

    def get(self, path):
        """:return: the response to a request with the cookies of this server's session"""
        response = self._session.get(f"{self.url}{path}", timeout=_REQUEST_SECONDS)
        response.raise_for_status()
        return response

    def login(self, login="admin", password="admin"):
        """:return: the number of the user; ``call_kw`` acts as this one from now on"""
        arguments = {"db": self.database, "login": login, "password": password}
        return self.rpc("/web/session/authenticate", **arguments)["uid"]

    def another_session(self):
        """:return: the same server for somebody else: ``login`` there is none here"""
        other = copy.copy(self)
        other._session = requests.Session()
        return other

    def session_id(self):
        """:return: the cookie of the last ``login``"""
        return self._session.cookies["session_id"]

    def call_kw(self, model, method, *args, **kwargs):
        """Call a public method of a model as the user of the last ``login``."""
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self.rpc(path, model=model, method=method, args=list(args), kwargs=kwargs)
