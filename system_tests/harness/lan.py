"""A local network of two machines: network namespaces joined by a cable."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from box.waiting import SECONDS, wait_until

_CABLE = "iot-lan"
_ENVIRON = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}


class Lan:
    """``10.99.0.0/24``: this namespace is ``host``, another one ``box_host``.

    Nobody else is there, and the router to the usual home networks drops what it gets: all other
    addresses keep silent, as on a real network.
    """

    network = "10.99.0.0/24"
    host = "10.99.0.1"
    box_host = "10.99.0.77"
    router = "10.99.0.254"
    cable = _CABLE
    routed = ("192.168.0.0/16", "10.0.0.0/24")  # not all: who asks a name server is told at once

    def __init__(self, process):
        self._namespace = f"--net=/proc/{process.pid}/ns/net"

    @property
    def box_options(self):
        """What puts a box into the other namespace, for ``box_factory``."""
        within = ("nsenter", self._namespace)
        return {"address": self.box_host, "lan": self.network, "within": within}

    def plug_in(self, address):
        """Give the other machine one more address, one to which the router leads."""
        _run("nsenter", self._namespace, "ip", "address", "add", f"{address}/32", "dev", "eth0")

    @classmethod
    @contextmanager
    def made(cls):
        """The network, as long as the context lasts."""
        # a namespace lives as long as a process in it: this one, until its input ends
        command = ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "cat"]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as holder:
            own = os.readlink("/proc/self/ns/net")
            theirs = Path(f"/proc/{holder.pid}/ns/net")
            wait_until(lambda: os.readlink(theirs) != own, SECONDS, "the other network namespace")
            lan = cls(holder)
            lan._connect(holder.pid)
            try:
                yield lan
            finally:
                _run("ip", "link", "delete", _CABLE)
                holder.stdin.close()

    def silence(self):
        """Let the box fall silent without a word, as one whose power is cut.

        The cable stays in: without it, a browser takes itself for offline.
        """
        self._route("add")

    def end_silence(self):
        self._route("delete")

    def _route(self, command):
        _run("nsenter", self._namespace, "ip", "route", command, "blackhole", self.host)

    def _connect(self, pid):
        _run("ip", "link", "add", _CABLE, "type", "veth", "peer", "name", "eth0", "netns", str(pid))
        theirs = ("nsenter", self._namespace)
        # no IPv6: its addresses come seconds later, and a browser drops its requests at each change
        for place, device in ((theirs, "eth0"), ((), _CABLE)):
            _run(*place, "ip", "link", "set", device, "addrgenmode", "none", "up")
        _run(*theirs, "ip", "link", "set", "lo", "up")
        for address in (self.box_host, self.router):
            _run(*theirs, "ip", "address", "add", f"{address}/24", "dev", "eth0")
        _run(*theirs, "ip", "route", "add", "blackhole", "default")
        _run("ip", "address", "add", f"{self.host}/24", "dev", _CABLE)
        for network in self.routed:
            _run("ip", "route", "add", network, "via", self.router)


def _run(*command):
    subprocess.run(command, env=_ENVIRON, check=True)
