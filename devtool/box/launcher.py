"""The foreground process of one box: its hardware, and the stock client as a child."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time

from .controls import Controls
from .home import Home
from .https_front import HttpsFront
from .scale import Scale

_READY_SECONDS = 180
_STOP_SECONDS = 10


class BoxError(Exception):
    """The box cannot run; the message says why."""


class Launcher:
    """Runs the box of these settings until SIGTERM, Ctrl-C or the end of the client."""

    def __init__(self, settings, devices):
        self.settings = settings
        self.home = Home(settings)
        self._devices = devices
        self._process = None
        self._stopping = False

    def run(self):
        """
        :return: the exit code, 0 after a stop that was asked for
        :raise BoxError: with the reason, when the box does not start or ends by itself
        """
        self._check_address()
        self.home.build(self._devices)
        for number in range(1, 10):
            Scale(number, self.home.path, Controls(self.home.path))
        if self.settings.https_port:
            HttpsFront(self.settings).start()
        for sig in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sig, self._stop)
        self._start()
        if self._stopping:  # asked before there was a process to tell
            self._stop()
        try:
            if self._wait_ready():
                print(
                    f"box ready at {self.settings.url} (identifier {self.settings.identifier})",
                    flush=True,
                )
            # the client restarts itself by exec: the process stays the same
            code = self._process.wait()
        finally:
            self._kill_group()
        if not self._stopping:
            raise BoxError(f"the box's process ended with code {code}{self._last_words()}")
        return 0

    def _check_address(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.settings.address, self.settings.port))
            except OSError as error:
                raise BoxError(f"cannot listen on {self.settings.url}: {error.strerror}") from error

    def _start(self):
        console = open(self.home.path / "console.log", "ab")  # noqa: SIM115 (inherited)
        self._process = subprocess.Popen(
            [sys.executable, self.home.bin, "--config", self.home.conf],
            cwd=self.home.path / "run",
            env=self.home.environment(),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            start_new_session=True,
        )
        console.close()

    def _wait_ready(self):
        """:return: whether the box answers; if not, its process has ended"""
        deadline = time.monotonic() + _READY_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            if self._answers():
                return True
            time.sleep(0.05)
        if self._process.poll() is None:
            raise BoxError(f"no HTTP answer within {_READY_SECONDS} s{self._last_words()}")
        return False

    def _answers(self):
        connection = http.client.HTTPConnection(
            self.settings.address, self.settings.port, timeout=5
        )
        try:
            connection.request("GET", "/hw_proxy/hello")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _stop(self, *_signal):
        self._stopping = True
        if not self._process or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        signal.signal(signal.SIGALRM, lambda *_: self._kill_group())
        signal.alarm(_STOP_SECONDS)

    def _kill_group(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _last_words(self):
        lines = []
        for log in (self.home.path / "console.log", self.home.log):
            if log.exists():
                lines += log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        return "\n  ".join([", its last lines:", *lines]) if lines else ""
