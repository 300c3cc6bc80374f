"""A small ACME authority that misbehaves on purpose: Debian's ``pebble``."""

import json
import os
import subprocess
from contextlib import suppress

import requests
from box.waiting import SECONDS, wait_until

from harness.addresses import free_port
from harness.tls_front import self_signed

ADDRESS = "127.0.0.1"
# Valid nonces are refused now and then, proofs take seconds, authorizations are used again.
FAULTS = {
    "PEBBLE_WFE_NONCEREJECT": "20",
    "PEBBLE_VA_SLEEPTIME": "2",
    "PEBBLE_AUTHZREUSE": "50",
}


class Pebble:
    """One authority, not started yet. It forgets all when it is stopped.

    :param folder: for its files
    :param name_server: a ``Bind9``, where it looks for proofs
    :ivar certificate: a file: who trusts that one trusts its web server
    """

    def __init__(self, folder, name_server):
        folder.mkdir()
        self.address = ADDRESS
        self.port, self._management = free_port(), free_port()
        self.certificate = self_signed(ADDRESS, folder)
        self._name_server = name_server
        self._log = folder / "log"
        self._conf = folder / "pebble.json"
        self._process = None
        conf = {
            "listenAddress": f"{ADDRESS}:{self.port}",
            "managementListenAddress": f"{ADDRESS}:{self._management}",
            "certificate": str(self.certificate),
            "privateKey": str(self.certificate),
            "httpPort": 9,
            "tlsPort": 9,
        }
        self._conf.write_text(json.dumps({"pebble": conf}))

    @property
    def directory_url(self):
        return f"https://{ADDRESS}:{self.port}/dir"

    def start(self, **faults):
        """Start it, and wait until it answers."""
        command = ["pebble", "-config", self._conf, "-dnsserver", f"{self._name_server.address}:53"]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                command, env={**os.environ, **FAULTS, **faults}, stdout=log, stderr=log
            )
        wait_until(self._answers, SECONDS, f"pebble, see {self._log}")
        return self

    def stop(self):
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None

    def root(self):
        """:return: the root certificate of what it issues, as PEM"""
        url = f"https://{ADDRESS}:{self._management}/roots/0"
        return requests.get(url, verify=self.certificate, timeout=SECONDS).text

    def log(self):
        return self._log.read_text()

    def _answers(self):
        with suppress(requests.RequestException):
            return requests.get(self.directory_url, verify=self.certificate, timeout=5).ok
