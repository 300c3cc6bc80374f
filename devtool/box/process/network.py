"""The box's network: P5 its address, P7 this machine only, P7 and P8 Odoo's own names."""

import errno
import ipaddress
import socket
import time
from collections import Counter
from random import Random
from urllib.parse import urlsplit

from ..settings import is_within
from .imports import after_import

FIXED_HOSTS = ("iot-proxy.odoo.com", "www.odoo.com", "nightly.odoo.com")
_INTERNET = (socket.AF_INET, socket.AF_INET6)
_NAMES = {}


def patch(settings, controls):
    """Keep every packet in the places of P7, and obey the switches ``ip`` and ``faults``."""
    _NAMES.update(settings.names)
    _patch_address(controls)
    _patch_connections(settings, controls)
    _patch_names()
    _patch_requests(settings, controls)


def _patch_address(controls):
    @after_import("tools.helpers")
    def own_address(helpers):
        helpers.get_ip = controls.ip


def resolve(host):
    """Stand for the name server: there is none, it would know the names of the settings.

    :return: the address, if ``host`` is one, has one of the settings, or means this machine
    :raise socket.gaierror: otherwise
    """
    name = host.decode() if isinstance(host, bytes) else host
    if not name or _is_address(name):
        return name
    if name in _NAMES:
        return _NAMES[name]
    if name == "localhost" or name.endswith(".localhost"):
        return "127.0.0.1"
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def _is_address(name):
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def _patch_connections(settings, controls):
    places = ["127.0.0.0/8", "::1", settings.lan]
    connect, connect_ex, sendto = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.socket.sendto,
    )

    def reachable(sock, address):
        """:raise OSError: when it is not"""
        if sock.family in _INTERNET:
            # an empty host is this machine, as for the system call
            host = resolve(address[0]) or "127.0.0.1"
            if controls.ip() is None or not is_within(host, places):
                raise OSError(errno.ENETUNREACH, "Network is unreachable")

    def local_connect(sock, address):
        reachable(sock, address)
        return connect(sock, address)

    def local_connect_ex(sock, address):
        try:
            reachable(sock, address)
        except OSError:
            return errno.ENETUNREACH
        return connect_ex(sock, address)

    def local_sendto(sock, data, *flags_and_address):
        reachable(sock, flags_and_address[-1])
        return sendto(sock, data, *flags_and_address)

    socket.socket.connect = local_connect
    socket.socket.connect_ex = local_connect_ex
    socket.socket.sendto = local_sendto


def _patch_names():
    getaddrinfo = socket.getaddrinfo

    def local_getaddrinfo(host, *args, **kwargs):
        return getaddrinfo(resolve(host), *args, **kwargs)

    def local_gethostbyname(host):
        return "127.0.0.1" if host.endswith(".odoo.com") else resolve(host)

    socket.getaddrinfo = local_getaddrinfo
    socket.gethostbyname = local_gethostbyname


def _patch_requests(settings, controls):
    import requests
    from requests.adapters import HTTPAdapter

    send = HTTPAdapter.send
    drops = _Drops(controls)

    def local_send(adapter, request, **kwargs):
        _wait(controls)
        if controls.has_fault("http refuse"):
            raise requests.ConnectionError("Connection refused", request=request)
        url = urlsplit(request.url)
        if url.hostname in FIXED_HOSTS:
            if not settings.redirect:
                raise requests.ConnectionError("Network is unreachable", request=request)
            base = urlsplit(settings.redirect)
            request.headers["X-Forwarded-Host"] = url.hostname
            request.url = url._replace(scheme=base.scheme, netloc=base.netloc).geturl()
        fate = drops.fate(url.path)
        if fate:
            controls.note_drop(f"{fate} {url.path}")
        if fate == "unreached":
            raise requests.ConnectionError("Connection reset", request=request)
        response = send(adapter, request, **kwargs)
        if fate == "lost":
            raise requests.ConnectionError("Connection reset", request=request)
        return response

    HTTPAdapter.send = local_send


def _wait(controls):
    """Wait as long as the switch ``faults`` says, also if it is changed meanwhile."""
    begin = time.monotonic()
    while time.monotonic() - begin < controls.http_delay():
        time.sleep(0.05)


class _Drops:
    """Chooses the requests that fail, the same ones for the same seed."""

    def __init__(self, controls):
        self._controls = controls
        self._asked = Counter()

    def fate(self, path):
        """:return: ``unreached``, ``lost`` (the server has answered), or None"""
        rate, seed = self._controls.http_drops()
        self._asked[path] += 1
        chance = Random(f"{seed} {path} {self._asked[path]}").random()
        if chance >= rate:
            return None
        return "unreached" if chance < rate / 2 else "lost"
