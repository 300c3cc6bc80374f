"""One conversation with an ACME authority: account, order, challenges, certificate."""

from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta

import josepy
from acme import challenges, client, crypto_util, errors, messages
from cryptography.hazmat.primitives import serialization

from ...exceptions import AuthorityError, DnsUpdateError
from ..certificate_request import new_key_pem
from ..deadline import Deadline
from .acme_errors import Remedy, seconds_to_wait

REQUEST_TIMEOUT = 15  # seconds, for connecting and for each read
CLEANUP_TIME = 5  # seconds, to take a challenge away, even after the deadline
USER_AGENT = 'iot-for-odoo'
NONCE_ROUNDS = 3  # of two nonces each


class PatientNetwork(client.ClientNetwork):
    """Replaces a refused nonce more than once, as the library does: the answer to a refusal brings
    the next nonce, and a failure here would break off a proof that is on its way."""

    def post(self, *args, **kwargs):
        for _refused in range(NONCE_ROUNDS - 1):
            try:
                return super().post(*args, **kwargs)
            except messages.Error as error:
                if error.code != 'badNonce':
                    raise
        return super().post(*args, **kwargs)


class AcmeSession:
    """
    :ivar bool is_resumed: the order is one of an earlier conversation
    :ivar float retry_after: seconds the authority wishes not to be asked, or None
    """

    def __init__(self, settings, zone, store):
        self._settings = settings
        self._zone = zone
        self._store = store
        self._state = store.load()
        if self._state.get('directory') != settings.directory_url:
            self._state = {'directory': settings.directory_url}
        self.is_resumed = False
        self.retry_after = None

    def run(self, request, deadline):
        """
        :return: certificate with its issuers, and its key, as PEM
        """
        acme = self._connect(deadline)
        self._log_in(acme)
        order, key_pem = self._order(acme, request)
        self._prove(acme, order, deadline)
        order = acme.finalize_order(order, _local(deadline))
        return order.fullchain_pem, key_pem

    def renewal_time(self, leaf_pem, deadline):
        """:return: an aware datetime, or None"""
        when, _ask_again = self._connect(deadline).renewal_time(leaf_pem.encode())
        return when

    def terms_url(self, deadline):
        """:return: as the directory has it, or an empty text"""
        return getattr(self._connect(deadline).directory.meta, 'terms_of_service', None) or ''

    def forget_order(self):
        """The next conversation begins a new one; the key of this one is not kept."""
        self._save(order=None)

    def can_go_on(self, remedy):
        """Forget what led to a failure.

        :param Remedy remedy:
        :return: whether another conversation makes sense
        """
        match remedy:
            case Remedy.NEW_ACCOUNT:
                self._save(account=None, order=None)
            case Remedy.NEW_ORDER:
                self.forget_order()
                return self.is_resumed
            case Remedy.NONE:
                return False
        return True

    def _connect(self, deadline):
        if 'key' not in self._state:
            self._save(key=new_key_pem())
        key = serialization.load_pem_private_key(self._state['key'].encode(), None)
        network = PatientNetwork(
            josepy.JWKEC(key=key),
            alg=josepy.ES256,
            user_agent=USER_AGENT,
            timeout=max(1, min(REQUEST_TIMEOUT, deadline.left())),
        )
        network.session.hooks['response'].append(self._note_retry_after)
        directory = client.ClientV2.get_directory(self._settings.directory_url, network)
        return client.ClientV2(directory, network)

    def _note_retry_after(self, response, **_options):
        if response.status_code in (429, 503):
            self.retry_after = seconds_to_wait(response)

    def _log_in(self, acme):
        """Use the account, or open one. The key is the account: there is never a second one."""
        if uri := self._state.get('account'):
            resource = messages.RegistrationResource(body=messages.Registration(), uri=uri)
            acme.net.account = resource
            return
        if acme.external_account_required():
            raise AuthorityError(
                'not_configured', "The ACME authority asks for an account opened elsewhere."
            )
        registration = messages.NewRegistration.from_data(
            email=self._settings.email or None, terms_of_service_agreed=True
        )
        try:
            self._save(account=acme.new_account(registration).uri)
        except errors.ConflictError as known:
            self._save(account=known.location)
        self._log_in(acme)

    def _order(self, acme, request):
        """:return: the order that was begun for these names, or a new one, and its key"""
        names = list(request.dns_names)
        kept = self._state.get('order')
        if kept and kept['names'] == names:
            body = messages.Order.from_json(kept['body'])
            if body.expires is None or body.expires > datetime.now(UTC):
                self.is_resumed = True
                csr_pem = crypto_util.make_csr(kept['key'].encode(), names)
                order = messages.OrderResource(body=body, uri=kept['uri'], csr_pem=csr_pem)
                return order, kept['key']
        key_pem = new_key_pem()
        order = acme.new_order(crypto_util.make_csr(key_pem.encode(), names))
        body = order.body.to_json()
        self._save(order={'names': names, 'key': key_pem, 'uri': order.uri, 'body': body})
        return order, key_pem

    def _prove(self, acme, order, deadline):
        """Show and answer the challenges that are open; take them away again, however it ends."""
        with ExitStack() as shown:
            pending = []
            for uri in order.body.authorizations:
                unknown = messages.AuthorizationResource(body=messages.Authorization(), uri=uri)
                authorization, _response = acme.poll(unknown)
                if authorization.body.status == messages.STATUS_PENDING:
                    pending.append(self._show(acme, authorization, deadline, shown))
            for challenge, name, value in pending:
                self._zone.wait_for_text(name, value, deadline)
                if challenge.status == messages.STATUS_PENDING:  # else it was answered before
                    acme.answer_challenge(challenge, challenge.response(acme.net.key))
            acme.poll_authorizations(order, _local(deadline))

    def _show(self, acme, authorization, deadline, shown):
        challenge = next(
            (
                challenge
                for challenge in authorization.body.challenges
                if isinstance(challenge.chall, challenges.DNS01)
            ),
            None,
        )
        if challenge is None:
            raise AuthorityError('refused', "The ACME authority does not offer DNS-01.")
        name = challenge.validation_domain_name(authorization.body.identifier.value)
        value = challenge.validation(acme.net.key)
        shown.callback(self._hide, name, value)
        self._zone.add_text(name, value, deadline)
        return challenge, name, value

    def _hide(self, name, value):
        with suppress(DnsUpdateError):  # left behind it does no harm
            self._zone.remove_text(name, value, Deadline(CLEANUP_TIME))

    def _save(self, **changes):
        self._state |= changes
        self._store.save(dict(self._state))


def _local(deadline):
    """As the library counts: naive, in this server's zone of time."""
    return datetime.now() + timedelta(seconds=deadline.left())
