"""A machine that speaks as boxes do, and says the worst it can. No stock box can say such things:
its requests and answers are written as the contract has them."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import requests

SECONDS = 30
SCRIPT = "<script>canary('script')</script>"
IMAGE = "<img src=/canary.png onerror=canary('image')>"
BREAKOUT = "\"'></td></div><svg onload=canary('svg')>"
LINK = "javascript:canary('link')"
REVERSED = "\u202egnp.knil\u202c"
LONG = "W" * 10_000
WORST = f"{IMAGE}{SCRIPT}{BREAKOUT}"
STRINGS = (
    WORST,
    SCRIPT,
    IMAGE,
    BREAKOUT,
    LINK,
    f"{REVERSED} {IMAGE}",
    LONG,
    "🖨️" * 40,
    "a\x00b\x1b[31m",
)


class HostileBox:
    """:param address: where it answers browsers, as a box does"""

    identifier = "hostile-box"

    def __init__(self, server, address):
        self._server, self.address = server, address

    def post(self, path, **params):
        """Post as boxes do; nothing that it says makes the server fail."""
        answer = requests.post(
            f"{self._server.url}{path}", json={"params": params}, timeout=SECONDS
        )
        assert answer.ok, answer.text
        assert "Traceback" not in answer.text
        return answer.json()

    def connect(self, token):
        self._token = token
        box = {
            "identifier": self.identifier,
            "name": WORST + LONG,
            "mac": WORST,
            "ip": self.address,
            "token": token,
            "version": f"L{IMAGE}-{SCRIPT}#{BREAKOUT}",
        }
        types = ("printer", "scale", "display", "scanner", "keyboard")
        devices = {
            f"{type_}/{number}": {
                "name": text,
                "type": type_,
                "manufacturer": text,
                "connection": text if number else "direct",
                "subtype": text if number or type_ != "printer" else "receipt_printer",
            }
            for number, text in enumerate(STRINGS)
            for type_ in types
        }
        devices[IMAGE] = {"name": "", "type": WORST, "connection": WORST}
        return self.post("/iot/setup", iot_box=box, devices=devices)["result"]

    def talk(self):
        """Say something at each other route, and be refused a certificate and a connection."""
        self.post("/iot/setup", iot_box={"identifier": self.identifier, "token": WORST}, devices={})
        self.post(
            "/iot/box/certificate",
            identifier=self.identifier,
            token=self._token,
            addresses=["192.168.1.1"],
        )
        lines = (f"20,{text}" for text in STRINGS)
        log = "".join(f"{text}<log/>\n" for text in (f"identifier {self.identifier}", *lines))
        requests.post(f"{self._server.url}/iot/log", data=log.encode(), timeout=SECONDS)
        layouts = [{"name": text, "layout": f"l{number}"} for number, text in enumerate(STRINGS)]
        layouts = {"available_layouts": json.dumps(layouts)}
        requests.post(f"{self._server.url}/iot/keyboard_layouts", layouts, timeout=SECONDS)
        for text in STRINGS:
            self.post("/iot/setup", iot_box={"identifier": text, "token": text}, devices={})
            self.post(
                "/iot/box/certificate",
                identifier=self.identifier,
                token=self._token,
                addresses=[text],
            )
            self.post(
                "/iot/box/update_certificate_status",
                identifier=self.identifier,
                ssl_certificate_end_date=text,
            )
            self.post(
                "/iot/box/send_websocket",
                iot_box_identifier=self.identifier,
                session_id=text,
                status="error",
                result=text,
                message=text,
                device_identifier=text,
            )

    def _answer(self, path, params):
        if path == "/iot_drivers/data":
            return {
                "identifier": self.identifier + "-near",
                "mac_address": WORST,
                "pairing_code": "AB 12",
                "version": WORST,
                "server_status": REVERSED + WORST + LONG,
                "db_uuid": WORST,
            }
        if path == "/iot_drivers/event":
            return {}
        if params["device_identifier"] == self.identifier:
            return {"result": True}  # it was asked whether it is there
        # as newer boxes do, which answer an action at once
        event = {
            "owner": params["session_id"],
            "device_identifier": params["device_identifier"],
            "status": "error",
            "result": f"Traceback\n{REVERSED}{WORST}",
            "time": 1.0,
        }
        return {"result": event}

    @contextmanager
    def listening(self):
        """Answer browsers as long as the context lasts."""
        box = self

        class Handler(BaseHTTPRequestHandler):
            def _reply(self, body=b""):
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Access-Control-Allow-Headers", "*")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                self._reply(json.dumps(box._answer(self.path, None)).encode())

            def do_OPTIONS(self):
                self._reply()

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                params = json.loads(body)["params"]
                self._reply(json.dumps(box._answer(self.path, params)).encode())

            def log_message(self, *args):
                pass

        with ThreadingHTTPServer((self.address, 8069), Handler) as http:
            Thread(target=http.serve_forever, daemon=True).start()
            try:
                yield self
            finally:
                http.shutdown()
