"""The two ends of the pairing broker, as tests play them where no stock box or browser stands."""

import requests

POLL = "/odoo-enterprise/iot/connect-box"
CLAIM = "/odoo-enterprise/iot/connect-db"
_REQUEST_SECONDS = 60


def post(server, path, body):
    """Send any body, as anybody can.

    :param body: text, or what becomes JSON
    :return: the decoded answer
    """
    data = {"data": body} if isinstance(body, (str, bytes)) else {"json": body}
    headers = {"Content-Type": "application/json"}
    url = f"{server.url}{path}"
    response = requests.post(url, headers=headers, timeout=_REQUEST_SECONDS, **data)
    response.raise_for_status()
    return response.json()


def ask(server, serial_number, code=False, uuid=False):
    """Ask as the stock client does: for a code first, then what became of it."""
    question = {"pairing_code": code, "pairing_uuid": uuid, "serial_number": serial_number}
    return post(server, POLL, {"params": question})


def register(server, serial_number):
    """:return: the code and the uuid of a new pairing"""
    given = ask(server, serial_number)["result"]
    return given["pairing_code"], given["pairing_uuid"]


def hand_over(server, code):
    """Enter a code as an administrator of the server's last ``login``, on a token made for it.

    :return: ``serial_number`` of the box, or ``error``
    """
    token = server.call_kw("iot.token", "create_for_handing_over")
    return server.call_kw(
        "iot.token", "action_hand_to_broker", [token["id"]], code, token["legacy_token"]
    )


def state(server):
    """:return: all that the broker keeps, to see that a refusal left it as it was"""
    return server.sql("select to_jsonb(p) from iot_broker_pairing p order by id")
