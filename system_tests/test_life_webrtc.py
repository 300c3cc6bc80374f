"""A direct connection between a browser and a box, offered and answered through the database."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import aioice.ice
import aiortc.rtcicetransport
import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from harness.addon import SECONDS, boxes, new_token, wait_online
from harness.device_requests import ask, document, ended


@pytest.fixture
def loopback_only(monkeypatch):
    """As the virtual box does: nothing is asked outside of this machine."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda use_ipv4, use_ipv6: ["127.0.0.1"])
    gatherer = aiortc.rtcicetransport.RTCIceGatherer
    monkeypatch.setattr(gatherer, "getDefaultIceServers", classmethod(lambda cls: []))


def relay(server, offer):
    box_id = boxes(server)[0]["id"]
    return server.call_kw("iot.box", "relay_webrtc_offer", [box_id], offer)


async def talk(server, message):
    """Connect to the box and send it a message.

    :return: what it says
    """
    peer = RTCPeerConnection()
    heard = asyncio.get_running_loop().create_future()
    channel = peer.createDataChannel("iot")

    def hear(text):
        event = json.loads(text)
        # what happens on its devices it tells everybody
        if event.get("owner") == message["session_id"] and not heard.done():
            heard.set_result(event)

    channel.on("open", lambda: channel.send(json.dumps(message)))
    channel.on("message", hear)
    await peer.setLocalDescription(await peer.createOffer())
    offer = {"type": peer.localDescription.type, "sdp": peer.localDescription.sdp}
    asked = relay(server, offer)
    assert asked["state"] == "sent"
    answered = await asyncio.to_thread(ended, server, asked)
    assert answered["state"] == "done"
    await peer.setRemoteDescription(RTCSessionDescription(**answered["result"]["answer"]))
    try:
        return await asyncio.wait_for(heard, SECONDS)
    finally:
        await peer.close()


def test_a_browser_and_a_box_connect_directly(odoo_server, box_factory, loopback_only):
    box = box_factory(webrtc=True)
    box.connect_to_server(new_token(odoo_server)["token"])
    wait_online(odoo_server, box)
    message = {"message_type": "test_protocol", "session_id": "browser"}
    with ThreadPoolExecutor() as thread:  # in the one of the tests Playwright keeps a loop running
        heard = thread.submit(asyncio.run, talk(odoo_server, message)).result()
    assert (heard["owner"], heard["status"]) == ("browser", "success")


def test_a_box_without_webrtc_is_silent_and_goes_on_working(odoo_server, connected_box):
    offers = [relay(odoo_server, {"type": "offer", "sdp": "v=0\r\n"}) for _time in range(2)]
    assert [offer["state"] for offer in offers] == ["sent", "queued"]
    printed = ended(odoo_server, ask(odoo_server, "printer", "print", document("order 17")))
    assert printed["state"] == "done"
