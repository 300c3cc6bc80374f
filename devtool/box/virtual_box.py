"""A virtual box in the hands of a test: its process, its switches and the client's own routes."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import requests

from .command import identifier_of
from .controls import Controls, parse_device
from .keyboard import press_keys
from .waiting import SECONDS, wait_until

_BOOT = "==== Starting Odoo ===="


class VirtualBox:
    """One box. Its home outlives ``stop`` and ``kill``: the next ``start`` is the same box.

    :param odoo_pkg: folder of the ``odoo`` Python package whose ``iot_drivers`` runs
    :param home: folder of the box
    :param address: 127.x.y.z, one of its own; or one of the option ``lan``
    :param within: command that runs the box in another place, say a network namespace
    :param options: other options of the launcher: ``device_interval=1`` for ``--device-interval 1``
    """

    def __init__(self, odoo_pkg, home, address, identifier=None, port=8069, within=(), **options):
        self.home = Path(home)
        self.address = address
        self.port = port
        self.identifier = identifier or identifier_of(address)
        self.controls = Controls(self.home)
        self._has_display_driver = options.get("mode", "rpi") == "rpi"
        self._process = None
        self._output = self.home.parent / f"{self.home.name}.out"
        self._command = [*within, sys.executable, str(Path(__file__).parent)]
        options |= {"odoo": odoo_pkg, "home": home, "address": address, "port": port}
        options["identifier"] = self.identifier
        for name, value in options.items():
            option = f"--{name.replace('_', '-')}"
            self._command += [option] if value is True else [option, str(value)]

    @property
    def url(self):
        return f"http://{self.address}:{self.port}"

    # Process

    def start(self):
        """Switch it on and wait until it answers HTTP.

        :raise RuntimeError: with the launcher's words, when it does not
        """
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )

        def ready_or_over():
            return self._process.poll() is not None or b"box ready" in self._output.read_bytes()

        wait_until(ready_or_over, 3 * SECONDS, f"start of {self.url}")
        if self._process.poll() is not None:
            raise RuntimeError(self.output())
        return self

    def stop(self):
        """Switch it off properly."""
        self._end(signal.SIGTERM)

    def kill(self):
        """Pull its power plug."""
        self._end(signal.SIGKILL)

    def _end(self, sig):
        if self._process and self._process.poll() is None:
            self._process.send_signal(sig)
            self._process.wait(timeout=SECONDS)
            wait_until(lambda: not self.processes(), SECONDS, f"end of all processes of {self.url}")

    def restart(self):
        """Let the client restart itself, as its homepage's button does, and wait for it."""
        self._restart_by("/iot_drivers/restart_odoo_service")

    def forget_server(self):
        """Let the client leave its database, as its homepage's button does, and wait for it."""
        self._restart_by("/iot_drivers/server_clear")

    def force_drivers_update(self):
        """As *Force Drivers Update* on its homepage; wait for the restart after it."""
        self._restart_by("/iot_drivers/load_iot_handlers")

    def _restart_by(self, path):
        boots = self.boots()
        # it restarts without delay: on a busy computer before its answer is on the way
        with contextlib.suppress(requests.ConnectionError):
            self.get(path)
        self.wait_restarted(boots)

    def wait_restarted(self, boots, seconds=90):
        """Wait until a client that had started ``boots`` times has started again and answers."""
        wait_until(lambda: self.boots() > boots, seconds, f"restart of {self.url}")
        wait_until(self.answers, seconds, f"an answer of {self.url}")

    def boots(self):
        """:return: how many times the client has started in this home"""
        return self.log().count(_BOOT)

    def answers(self):
        try:
            return requests.get(f"{self.url}/hw_proxy/hello", timeout=5).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def processes(self):
        """:return: numbers of the living processes that have this home in their command line"""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            home = os.fsencode(self.home)
            if any(word == home or word.startswith(home + b"/") for word in words):
                found.append(int(entry.name))
        return found

    # The box's own routes

    def get(self, path):
        response = requests.get(f"{self.url}{path}", timeout=SECONDS)
        response.raise_for_status()
        return response

    def rpc(self, path, **params):
        """:return: the ``result`` of a JSON-RPC route, None if the answer has none"""
        response = requests.post(f"{self.url}{path}", json={"params": params}, timeout=SECONDS)
        response.raise_for_status()
        return response.json().get("result")

    def data(self):
        """:return: what the box's homepage shows"""
        return self.get("/iot_drivers/data").json()

    def devices(self):
        """:return: ``{identifier: device}`` of what the client has found"""
        found = self.data()["devices"].values()
        return {device["identifier"]: device for devices in found for device in devices}

    def connect_to_server(self, token):
        """Type a server token into the box's homepage; a good one makes the box restart.

        :return: the box's answer, after the restart if there was one
        """
        self._wait_configured()
        boots = self.boots()
        answer = self.rpc("/iot_drivers/connect_to_server", token=token)
        if answer["status"] == "success":
            self.wait_restarted(boots)
        return answer

    def _wait_configured(self):
        """Wait until the client has noted the page of its display, for the first time.

        For that it reads and writes its whole configuration: what is written meanwhile is lost.
        """
        if self._has_display_driver and self.controls.devices("display"):
            wait_until(
                lambda: "screen_orientation" in (self.home / "odoo.conf").read_text(),
                SECONDS,
                f"the display of {self.url}",
            )

    # Hardware

    def plug(self, device):
        """:param device: a word as in the switch ``devices``, e.g. ``printer2``"""
        parse_device(device)
        self._write_devices({*self._plugged(), device})

    def unplug(self, device):
        self._write_devices({*self._plugged()} - {device})

    def _plugged(self):
        return [f"{kind}{number if number > 1 else ''}" for kind, number in self.controls.devices()]

    def _write_devices(self, words):
        self.controls.write("devices", " ".join(sorted(words)))

    def press_keys(self, keys):
        """Type on the keyboard; see ``keyboard``."""
        press_keys(self.home, keys)

    def printed(self):
        """:return: the files of all print jobs, oldest first"""
        jobs = (self.home / "printed").iterdir()
        return sorted(path for path in jobs if path.suffix != ".part")

    def commands(self):
        """:return: the system commands the client has run, one a line"""
        log = self.home / "commands.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def output(self):
        """:return: the launcher's words since the last start"""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def log(self):
        """:return: the client's log, of all starts"""
        path = self.home / "rootfs/var/log/odoo/odoo-server.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
