"""A reverse proxy before Odoo: Debian's ``nginx``, with the configuration that users are given."""

import re
import subprocess
from pathlib import Path

_SITE = Path(__file__).parents[2] / "iot/doc/nginx.conf"
_CONF = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/log;
events {{ }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Nginx:
    """One server, not started yet. It runs as the account of the tests, with a folder of its own.

    :param folder: for its files
    :param name: by which it is reached
    :param listen: ``(address, port)``
    :param http_port: of Odoo
    :param websocket_port: of Odoo's process for websockets
    :param certificate: file with its key and certificate; None: without https
    """

    def __init__(self, folder, name, listen, http_port, websocket_port, certificate=None):
        folder.mkdir()
        self._folder = folder
        self._process = None
        address, port = listen
        changes = [
            ("server 127.0.0.1:8069;", f"server {address}:{http_port};"),
            ("server 127.0.0.1:8072;", f"server {address}:{websocket_port};"),
            ("listen 443 ssl;", f"listen {address}:{port}{' ssl' if certificate else ''};"),
            ("server_name odoo.example.com;", f"server_name {name};"),
            (r"(ssl_certificate(?:_key)?) \S+;", rf"\1 {certificate};" if certificate else ""),
        ]
        site = _SITE.read_text()
        for old, new in changes:
            site, count = re.subn(old, new, site)
            assert count, f"nginx.conf has no «{old}» any more"
        (folder / "site.conf").write_text(site)
        (folder / "nginx.conf").write_text(_CONF.format(folder=folder))

    def start(self):
        """Start it. It listens before anything is behind it."""
        folder = self._folder
        command = ["setpriv", "--pdeathsig", "KILL", "/usr/sbin/nginx"]
        command += ["-p", folder, "-c", folder / "nginx.conf", "-e", folder / "log"]
        self._process = subprocess.Popen(command)

    def stop(self):
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None

    def log(self):
        """:return: the requests, one a line, then what went wrong"""
        logs = (self._folder / name for name in ("access.log", "log"))
        return "".join(log.read_text() for log in logs if log.exists())
