"""The addon's client of ACME authorities, as the addon uses it, without Odoo."""

from types import SimpleNamespace

import pytest

from harness.bind9 import ZONE
from harness.pure_iot import make_importable

HASH = "b1946ac9"
WILDCARD = f"*.{HASH}.{ZONE}"
CHALLENGE = f"_acme-challenge.{HASH}.{ZONE}"
SECONDS = 60  # a proof takes 2, a refused nonce one more request


class Store:
    """Keeps what it is told to, as a database does."""

    def __init__(self):
        self.state = {}
        self.crash_before = self.crash_after = lambda _state: False

    def load(self):
        return dict(self.state)

    def save(self, state):
        if self.crash_before(state):
            raise Crash
        self.state = dict(state)
        if self.crash_after(state):
            raise Crash


class Crash(BaseException):
    """The server was killed."""


def pure_iot(environment):
    """:return: the modules under test"""
    make_importable(environment.root)
    from iot import exceptions
    from iot.tools import certificate_request, deadline, dns_update
    from iot.tools.authorities import acme

    return SimpleNamespace(
        Deadline=deadline.Deadline,
        DnsServer=dns_update.DnsServer,
        DnsZone=dns_update.DnsZone,
        DnsUpdateError=exceptions.DnsUpdateError,
        AuthorityError=exceptions.AuthorityError,
        CertificateRequest=certificate_request.CertificateRequest,
        AcmeAuthority=acme.AcmeAuthority,
        AcmeSettings=acme.AcmeSettings,
    )


class AcmeClient:
    """``issue()`` as the addon does it; ``store`` is what it keeps."""

    def __init__(self, iot, zone, directory_url):
        self.iot, self.zone, self.directory_url = iot, zone, directory_url
        self.store = Store()

    def authority(self):
        settings = self.iot.AcmeSettings(self.directory_url, "admin@example.com", True)
        return self.iot.AcmeAuthority(settings, self.zone, self.store)

    def issue(self, seconds=SECONDS):
        request = self.iot.CertificateRequest((WILDCARD,))
        authority = self.authority()
        chain = authority.issue(request, self.iot.Deadline(seconds))
        authority.forget_order()
        return chain

    def refusal(self, seconds=SECONDS):
        """:return: the error of an ``issue()`` that has to fail"""
        with pytest.raises(self.iot.AuthorityError) as caught:
            self.issue(seconds)
        return caught.value
