"""Name servers with a zone that takes changes signed by a key: Debian's ``bind9``."""

import base64
import os
import secrets
import subprocess
from contextlib import suppress

import dns.exception
import dns.message
import dns.query
from box.waiting import SECONDS, wait_until

from harness.addresses import free_box_address

ZONE = "iot.example.com"
KEY = "iot-key"
PORT = 53  # the one by which the name servers of a zone are found
SECRET = base64.b64encode(secrets.token_bytes(32)).decode()

_CONF = """
options {{
  directory "{folder}"; pid-file none; session-keyfile none; managed-keys-directory "{folder}";
  listen-on port {port} {{ {address}; }}; listen-on-v6 {{ none; }};
  recursion no; notify no; dnssec-validation no;
}};
controls {{ }};
key "{key}" {{ algorithm hmac-sha256; secret "{secret}"; }};
zone "{zone}" {{ file "zone"; {role} }};
"""
_PRIMARY = f"type primary; update-policy {{ grant {KEY} zonesub A TXT; }};"
_SECONDARY = "type secondary; primaries {{ {}; }}; min-refresh-time 1; max-refresh-time 1;"


class Bind9:
    """One server, not started yet.

    :param folder: for its files
    :param primary: another ``Bind9``: then this one looks there for news, each second
    :param address: where it listens
    :param others: addresses of the zone's other name servers
    """

    def __init__(self, folder, primary=None, address=None, others=()):
        folder.mkdir()
        self.address = address or free_box_address(PORT)
        self._conf = folder / "named.conf"
        self._log = folder / "log"
        self._process = None
        values = {
            "folder": folder,
            "port": PORT,
            "address": self.address,
            "key": KEY,
            "secret": SECRET,
            "zone": ZONE,
            "role": _SECONDARY.format(primary.address) if primary else _PRIMARY,
        }
        self._conf.write_text(_CONF.format(**values))
        if not primary:
            lines = ["$TTL 60", "@ SOA ns0 admin 1 1 1 3600 1"]
            for number, server in enumerate([self.address, *others]):
                lines += [f"@ NS ns{number}", f"ns{number} A {server}"]
            (folder / "zone").write_text("\n".join([*lines, ""]))

    def start(self):
        """Start it, and wait until it answers for its zone."""
        self._interface("replace")
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                ["/usr/sbin/named", "-g", "-n", "1", "-c", self._conf], stdout=log, stderr=log
            )
        wait_until(self._answers, SECONDS, f"bind9, see {self._log}")
        return self

    def _answers(self):
        with suppress(OSError, dns.exception.DNSException):
            return self.records(ZONE, "SOA")

    def stop(self):
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None
            self._interface("delete")

    def _interface(self, change):
        """It listens where an interface has the address, not on all that loopback answers for."""
        environ = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
        command = ["ip", "address", change, f"{self.address}/32", "dev", "lo"]
        subprocess.run(command, env=environ, check=True)

    def records(self, name, kind):
        """:return: what this server has of that name, as text"""
        question = dns.message.make_query(name, kind)
        answer = dns.query.tcp(question, self.address, timeout=SECONDS, port=PORT)
        return [record.to_text() for rrset in answer.answer for record in rrset]
