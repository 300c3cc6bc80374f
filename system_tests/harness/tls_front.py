"""HTTPS before an Odoo server, as a reverse proxy gives it."""

import asyncio
import datetime
import ipaddress
import ssl
import threading
from contextlib import contextmanager, suppress

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from .pem_file import write_pem


def unchanged(data):
    return data


@contextmanager
def tls_front(server, folder=None, to_server=unchanged, to_client=unchanged):
    """Listen on another port of the server's address and pass on everything, websockets too.

    :param folder: for the certificate, which no browser trusts; None: without TLS
    :param to_server: what this proxy makes of the bytes on their way, as does ``to_client``
    :return: the base URL, as long as the context lasts
    """
    context = None
    if folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self_signed(server.address, folder))

    async def connect(client, client_writer):
        odoo, odoo_writer = await asyncio.open_connection(server.address, server.port)
        await asyncio.gather(
            _pass_on(client, odoo_writer, to_server), _pass_on(odoo, client_writer, to_client)
        )

    # all of it in a thread: Playwright keeps a loop running in the one of the tests
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(timeout=30)

    front = run(asyncio.start_server(connect, server.address, 0, ssl=context))  # on a free port
    try:
        scheme = "https" if context else "http"
        yield f"{scheme}://{server.address}:{front.sockets[0].getsockname()[1]}"
    finally:
        run(_end(front))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(front):
    front.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


async def _pass_on(source, target, change):
    try:
        with suppress(ConnectionError, ssl.SSLError):
            while data := await source.read(65536):
                target.write(change(data))
                await target.drain()
    finally:
        target.close()


def self_signed(address, folder):
    """:return: the path of a file with a fresh key and its certificate"""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, address)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), False
        )
        .sign(key, hashes.SHA256())
    )
    return write_pem(folder / "front.pem", key, certificate)
