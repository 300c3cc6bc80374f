"""The command line of one virtual box."""

import argparse
import importlib.util
import sys
from pathlib import Path

import box

from . import controls
from .launcher import BoxError, Launcher
from .settings import MODES, Settings, default_mac, is_within


def _parser():
    parser = argparse.ArgumentParser(
        prog="box",
        description="A virtual IoT system running the stock iot_drivers of an Odoo tree.",
        epilog=f"{controls.__doc__}\n{box.__doc__}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--odoo", required=True, metavar="PKG", help="folder of the odoo Python package")
    add("--home", required=True, metavar="DIR", help="folder of the box; kept between two starts")
    add("--address", default="127.0.0.11", help="127.x.y.z to listen on (%(default)s)")
    add("--lan", metavar="NETWORK", help="10.x.y.0/24 where --address is; see P7 below")
    add("--names", default="", metavar="LIST", help="NAME=ADDRESS,NAME=ADDRESS; see P7 below")
    add("--port", type=int, default=8069, help="to listen on (%(default)s)")
    add("--https-port", type=int, default=0, metavar="PORT", help="see P16 below (none)")
    add("--identifier", help="serial number (16 hexadecimal digits made of the address)")
    add("--mac", help="MAC address (made of the identifier)")
    add("--mode", choices=MODES, default="rpi", help="see below (%(default)s)")
    add("--release", default="", help="Odoo release to announce (the one it runs)")
    add(
        "--devices",
        default="printer,scale,display",
        metavar="LIST",
        help="plugged in when the home is new (%(default)s); '' for none",
    )
    add("--redirect", default="", metavar="URL", help="server that stands for Odoo's own")
    add("--pairing", action="store_true", help="pair by code in test mode too")
    add("--poll-interval", type=float, default=0, metavar="S", help="between pairing questions")
    add("--device-interval", type=float, default=0, metavar="S", help="between device searches")
    add("--clock", type=int, default=0, metavar="S", help="seconds that its clock is ahead (0)")
    add("--webrtc", action="store_true", help="with WebRTC (needs aiortc)")
    return parser


def main(arguments=None):
    """:return: the exit code"""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        is_at_home = is_within(options.address, ["127.0.0.0/8", options.lan])
    except ValueError as error:
        parser.error(f"--address, --lan: {error}")
    if not is_at_home:
        parser.error("--address: a box lives on loopback, 127.x.y.z, or in the network of --lan")
    devices = [word for word in options.devices.replace(",", " ").split() if word]
    try:
        for word in devices:
            controls.parse_device(word)
    except ValueError as error:
        parser.error(f"--devices: {error}")
    try:
        names = dict(pair.split("=") for pair in options.names.split(",") if pair)
    except ValueError:
        parser.error("--names: NAME=ADDRESS, separated by commas")
    if options.webrtc and not importlib.util.find_spec("aiortc"):
        parser.error("--webrtc: the Python package aiortc is not installed")
    identifier = options.identifier or identifier_of(options.address)
    settings = Settings(
        odoo_pkg=str(Path(options.odoo).resolve()),
        home=str(Path(options.home).resolve()),
        address=options.address,
        port=options.port,
        identifier=identifier,
        mac=options.mac or default_mac(identifier),
        mode=options.mode,
        release=options.release,
        lan=options.lan or "",
        names=names,
        redirect=options.redirect,
        pairing=options.pairing,
        poll_interval=options.poll_interval,
        device_interval=options.device_interval,
        webrtc=options.webrtc,
        https_port=options.https_port,
        clock=options.clock,
    )
    try:
        return Launcher(settings, devices).run()
    except (BoxError, OSError, RuntimeError) as error:
        print(f"box: {error}", file=sys.stderr)
        return 1


def identifier_of(address):
    """:return: a serial number of 16 hexadecimal digits, the same each time for an address"""
    return "10000000" + "".join(f"{int(part):02x}" for part in address.split("."))
