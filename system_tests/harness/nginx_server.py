"""Odoo behind nginx, which has a name of its own."""

from .addresses import free_port
from .nginx import Nginx
from .odoo_server import OdooServer


class NginxServer(OdooServer):
    """``url`` is that of the proxy; ``port`` is Odoo's own.

    :param name: of the proxy, which this process has to know: ``known_names``
    :param certificate: file with its key and certificate; None: without https
    :param workers: worker processes; 0: all in one process, websockets too
    """

    def __init__(self, *args, folder, name, certificate=None, workers=0, **options):
        super().__init__(*args, **options)
        scheme = "https" if certificate else "http"
        front_port = free_port(self.address)
        self._url = f"{scheme}://{name}:{front_port}"
        self._ports = []
        websocket_port = self.port
        if workers:
            websocket_port = free_port(self.address)
            self._ports = ["--workers", str(workers), "--gevent-port", str(websocket_port)]
        listen = (self.address, front_port)
        self.nginx = Nginx(
            folder / "nginx", name, listen, self.port, websocket_port, certificate=certificate
        )

    @property
    def url(self):
        return self._url

    def _port_options(self):
        return [*super()._port_options(), *self._ports, "--proxy-mode"]

    def log_tail(self, lines=60):
        return "\n".join([super().log_tail(lines), *self.nginx.log().splitlines()[-lines:]])

    def start(self):
        self.nginx.start()
        return super().start()

    def stop(self):
        super().stop()
        self.nginx.stop()
