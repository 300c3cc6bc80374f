"""The box's network: its address (P5), loopback only (P7), Odoo's fixed names (P7, P8)."""

import errno
import ipaddress
import socket
import time
from urllib.parse import urlsplit

from .imports import after_import

FIXED_HOSTS = ("iot-proxy.odoo.com", "www.odoo.com", "nightly.odoo.com")


def patch(settings, controls):
    """Keep every packet on this machine and obey the switches ``ip`` and ``faults``."""
    _patch_address(controls)
    _patch_connections(controls)
    _patch_names()
    _patch_requests(settings, controls)


def _patch_address(controls):
    @after_import("tools.helpers")
    def own_address(helpers):
        helpers.get_ip = controls.ip


def _is_loopback(address):
    try:
        return ipaddress.ip_address(address[0].split("%")[0]).is_loopback
    except ValueError:  # a name: the resolver below decides, and answers loopback addresses only
        return True


def _patch_connections(controls):
    unreachable = errno.ENETUNREACH, "Network is unreachable"

    def allowed(sock, address):
        if sock.family not in (socket.AF_INET, socket.AF_INET6):
            return True
        return controls.ip() is not None and _is_loopback(address)

    def guarded(function, position):
        def wrapper(sock, *args):
            address = args[position] if args else None
            if address and not allowed(sock, address):
                raise OSError(*unreachable)
            return function(sock, *args)

        return wrapper

    def connect_ex(sock, address, function=socket.socket.connect_ex):
        return function(sock, address) if allowed(sock, address) else errno.ENETUNREACH

    socket.socket.connect = guarded(socket.socket.connect, 0)
    socket.socket.sendto = guarded(socket.socket.sendto, -1)
    socket.socket.connect_ex = connect_ex


def _patch_names():
    getaddrinfo = socket.getaddrinfo

    def resolve(host):
        """:raise socket.gaierror: for a name of another machine, as without a name server"""
        name = host.decode() if isinstance(host, bytes) else host
        if name is None or name == "":
            return host
        if name == "localhost" or name.endswith(".localhost"):
            return "127.0.0.1"
        try:
            ipaddress.ip_address(name.split("%")[0])
        except ValueError:
            message = "Temporary failure in name resolution"
            raise socket.gaierror(socket.EAI_AGAIN, message) from None
        return name

    def gethostbyname(host):
        return "127.0.0.1" if host.endswith(".odoo.com") else resolve(host)

    def loopback_getaddrinfo(host, *args, **kwargs):
        return getaddrinfo(resolve(host), *args, **kwargs)

    socket.getaddrinfo = loopback_getaddrinfo
    socket.gethostbyname = gethostbyname


def _patch_requests(settings, controls):
    import requests
    from requests.adapters import HTTPAdapter

    send = HTTPAdapter.send

    def local_send(adapter, request, **kwargs):
        if delay := controls.fault("http delay"):
            time.sleep(float(delay))
        if controls.fault("http refuse") is not None:
            raise requests.ConnectionError("Connection refused", request=request)
        url = urlsplit(request.url)
        if url.hostname in FIXED_HOSTS:
            if not settings.redirect:
                raise requests.ConnectionError("Network is unreachable", request=request)
            base = urlsplit(settings.redirect)
            request.headers["X-Forwarded-Host"] = url.hostname
            request.url = url._replace(scheme=base.scheme, netloc=base.netloc).geturl()
        return send(adapter, request, **kwargs)

    HTTPAdapter.send = local_send
