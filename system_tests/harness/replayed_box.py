"""A box of a version that cannot be had: what its client would send, from recorded vectors.

``vectors/*.json`` hold the frames, each file tells its source. A text that begins with a dollar is
filled in: ``$token``, ``$channel``, ``$device``, ``$uid``.
"""

import base64
import json
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests
import websocket
from box.waiting import SECONDS, wait_until
from requests.adapters import HTTPAdapter

_VECTORS = Path(__file__).parents[1] / "vectors"


class ReplayedBox:
    """
    :param name: of the vectors
    :param address: on loopback, where it posts from
    :ivar names_database: whether this client can tell which database of a server it means
    :ivar printed: documents it was told to print
    """

    def __init__(self, name, address):
        self.vectors = json.loads((_VECTORS / f"{name}.json").read_text(encoding="utf-8"))
        self.identifier = self.vectors["identifier"]
        self.names_database = self.vectors["names_database"]
        self.address = address
        self.printed = []
        self._known = {}
        self._websocket = None
        # what the client puts on all its posts, but neither on its log nor on its first requests
        self._headers = {}
        if user_agent := self.vectors["user_agent"]:
            self._headers["User-Agent"] = user_agent
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _FromAddress(address))

    def take_token(self, forms):
        """:param forms: what *Offline pairing* shows; the client reads the one it knows"""
        form = self.vectors["token_form"]
        if form == "legacy_token":
            self._url, token, _uuid, _code = forms[form].split("|")
        else:
            parts = urlsplit(forms[form])
            query = parse_qs(parts.query)
            self._url = f"{parts.scheme}://{parts.netloc}"
            [token] = query["token"]
            if self.names_database:
                [self._headers["X-Odoo-Database"]] = query["db_name"]
        self._known["$token"] = token

    def set_up(self, has_found_devices=True, is_bare=False):
        """
        :param is_bare: without the headers of this client, as its first request may be
        :return: the response; its channel is the one to listen to
        """
        params = self._filled(self.vectors["setup"])
        if not has_found_devices:
            params["devices"] = {}
        headers = {} if is_bare else None
        response = self._post("/iot/setup", headers, json={"params": params})
        if response.ok:
            self._known["$channel"] = response.json()["result"]
        return response

    def ask_for_handlers(self):
        return self._post("/iot/get_handlers", data=self.vectors["handlers"])

    def listen(self):
        """Open the websocket, with the session of the database if this client names one."""
        cookie = ""
        if database := self._headers.get("X-Odoo-Database"):
            login = requests.get(
                f"{self._url}/web/login?db={database}", allow_redirects=False, timeout=SECONDS
            )
            assert login.status_code in (200, 302)
            cookie = f"session_id={login.cookies['session_id']}"
        self._websocket = wait_until(lambda: self._connect(cookie), SECONDS, "a websocket")
        frame = {"event_name": "subscribe", "data": self._filled(self.vectors["subscribe"])}
        self._websocket.send(json.dumps(frame))

    def _connect(self, cookie):
        """:return: a websocket; None if a proxy reaches nobody, when clients try again"""
        with suppress(
            websocket.WebSocketBadStatusException, websocket.WebSocketConnectionClosedException
        ):
            user_agent = self.vectors["user_agent"]
            return websocket.create_connection(
                f"{self._url.replace('http', 'ws', 1)}/websocket",
                header={"User-Agent": user_agent} if user_agent else {},
                cookie=cookie,
                timeout=SECONDS,
            )

    def print_next(self):
        """Wait for the next message that this client takes as meant for it, and do as it says."""
        rules = self.vectors["messages"]
        while True:
            for entry in json.loads(self._websocket.recv()):
                message = entry["message"]
                if message["type"] not in rules["types"]:
                    continue
                payload = message["payload"]
                if self.identifier in _values_at(payload, rules["box"]):
                    [device] = _values_at(payload, rules["device"])
                    assert device in self.vectors["setup"]["devices"]
                    assert not payload.get("action"), "the name of an action means another one"
                    self.printed.append(base64.b64decode(payload["document"]))
                    self._known |= {"$device": device, "$uid": payload[rules["answered_by"]]}
                    return

    def answer(self, answer):
        """:param answer: one of those in the vectors, to what was printed last"""
        return self._post(answer["path"], json={"params": self._filled(answer["params"])})

    def tell_log(self):
        headers = {key: text for key, text in self._headers.items() if key == "X-Odoo-Database"}
        chunked = iter([self.vectors["log"].encode()])
        return self._post("/iot/log", headers, data=chunked)

    def tell_certificate(self):
        """:return: the response; None from clients that tell nothing of their certificate"""
        if not (params := self.vectors["certificate"]):
            return None
        return self._post("/iot/box/update_certificate_status", json={"params": params})

    def close(self):
        if self._websocket:
            self._websocket.close()
        self._session.close()

    def _post(self, path, headers=None, **body):
        """:param headers: instead of those of this client"""
        url = f"{self._url}{path}"
        headers = self._headers if headers is None else headers
        return self._session.post(url, headers=headers, timeout=SECONDS, **body)

    def _filled(self, value):
        if isinstance(value, dict):
            return {key: self._filled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if isinstance(value, str) and value.startswith("$"):
            return self._known[value]
        return value


class _FromAddress(HTTPAdapter):
    def __init__(self, address):
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args, **options):
        super().init_poolmanager(*args, source_address=(self._address, 0), **options)


def _values_at(payload, path):
    """:return: what is at the end of a path of keys, lists on the way taken apart

    :raise KeyError: as these clients do, when there is no such key
    """
    values = [payload]
    for key in path.split("."):
        found = [value[key] for value in values]
        values = [
            item for value in found for item in (value if isinstance(value, list) else [value])
        ]
    return values
