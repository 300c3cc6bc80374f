"""What nginx does on a box: HTTPS before the client, with the certificate that is installed."""

import asyncio
import ssl
import threading
from contextlib import suppress
from pathlib import Path


class HttpsFront:
    """Listens as long as this process lives; without a certificate it refuses everybody.

    :param settings: those of the box
    """

    def __init__(self, settings):
        self._settings = settings
        home = Path(settings.home)
        if settings.mode == "windows":
            folders = home / "nginx/conf", home / "nginx/conf"
        else:
            folders = home / "rootfs/etc/ssl/certs", home / "rootfs/etc/ssl/private"
        self._files = folders[0] / "nginx-cert.crt", folders[1] / "nginx-cert.key"

    def start(self):
        """
        :raise OSError: when the port is taken, or not for this account
        """
        loop = asyncio.new_event_loop()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sni_callback = self._choose_certificate
        listen = asyncio.start_server(
            self._serve, self._settings.address, self._settings.https_port, ssl=context
        )
        loop.run_until_complete(listen)
        threading.Thread(target=loop.run_forever, daemon=True).start()

    def _choose_certificate(self, connection, *_name_and_context):
        """Called with each client hello, be there a name in it or not."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(*self._files)
        except (OSError, ssl.SSLError):
            return ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE
        connection.context = context
        return None

    async def _serve(self, reader, writer):
        try:
            client = await asyncio.open_connection(self._settings.address, self._settings.port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pass_on(reader, client[1]), _pass_on(client[0], writer))


async def _pass_on(source, target):
    try:
        with suppress(ConnectionError, ssl.SSLError):
            while data := await source.read(65536):
                target.write(data)
                await target.drain()
    finally:
        target.close()
