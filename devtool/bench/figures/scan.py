"""The search for boxes in a browser, beside the quickest way to ask who is there."""

import re
import subprocess

from box.virtual_box import VirtualBox
from harness.chromium import chromium
from harness.iot_screen import open_iot
from harness.lan import Lan
from harness.searching import Search
from playwright.sync_api import sync_playwright

from ..comparison import Comparison, seconds
from ..row import Row

_ROUNDS = 5
_BOX_PORT = 8069


def measure_scan(bench):
    environment = bench.environment
    with Lan.made() as lan:
        server = bench.fresh_server(address=lan.host)
        home = bench.folder / "box"
        options = {"port": _BOX_PORT, "devices": "", **lan.box_options}
        box = VirtualBox(environment.odoo_pkg, home, options.pop("address"), **options)
        box.start()
        try:
            with (
                sync_playwright() as playwright,
                chromium(playwright, environment.chromium) as browser,
            ):
                page = browser.new_context().new_page()
                open_iot(page, server)
                rounds = [_round(page, lan) for _number in range(_ROUNDS)]
        finally:
            box.stop()
    pings, found, ends = map(list, zip(*rounds, strict=True))
    for title, times in (
        ("search of a /24 with one box, in Chromium: box found", found),
        ("the same, whole with a second look at silent addresses", ends),
    ):
        comparison = Comparison(pings, times)
        median = sorted(times)[len(times) // 2]
        floor = sorted(pings)[len(pings) // 2]
        yield Row(
            title,
            f"{median:.2f} s",
            f"{floor:.2f} s (fping -g)",
            comparison.ratio,
            comparison.spread,
        )


def _round(page, lan):
    """:return: seconds of fping, of the search until the box is found, and till its end"""
    ping = seconds(lambda: _ping(lan))
    done = Search(page, target=lan.network)
    if done.hosts != [lan.box_host]:
        raise RuntimeError(f"found {done.hosts} instead of {lan.box_host}")
    return ping, done.first("found")["seconds"], done.first("end")["seconds"]


def _ping(lan):
    done = subprocess.run(
        ["fping", "-a", "-q", "-g", lan.network], capture_output=True, text=True, check=False
    )
    if lan.box_host not in re.split(r"\s+", done.stdout):
        raise RuntimeError(f"fping: {done.stdout} {done.stderr}")
