"""Names of hosts that resolve in this process, as a name server would have them."""

import socket
from contextlib import contextmanager

import pytest


@contextmanager
def known_names(names):
    """:param names: dictionary name → address, valid as long as the context lasts"""
    ask_system = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        return ask_system(names.get(host, host), *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        patch.setenv("NO_PROXY", "*")  # none of them is on the way to another one
        patch.setenv("no_proxy", "*")
        yield
