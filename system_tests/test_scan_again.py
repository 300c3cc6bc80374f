"""Searching again at once, where networks keep silent: the browser is still connecting to hosts of
them, and its connections must not run out.

The figures are printed, not asserted: they tell of the machine as much as of the search.
"""

from functools import partial

import pytest
from harness.connecting import connecting_to
from harness.iot_screen import open_iot
from harness.searching import GENTLE, Search, stretch_time_outs
from harness.syn_watch import SynWatch

BOX_PORT = 8069
OWN_NETWORK = "10.99.0.0/24"
SILENT_NETWORK = "192.168.1.0/24"
SILENT_NETWORKS = ["10.0.0.0/24", "192.168.0.0/24", SILENT_NETWORK, "192.168.178.0/24"]
ON_SILENT_NETWORK = "192.168.1.77"
SEVERAL_TIMES = ("",) * 7
MOST_OF_ONE_SEARCH = 100  # of the 256 that Chromium has at least
MOST_OF_ALL = 6 * 9 * len(SILENT_NETWORKS)  # it makes six to a host at most, of nine that are asked
_REACHES_ODOO = """() =>
    fetch("/web/version_info", { cache: "no-store", signal: AbortSignal.timeout(30_000) })
        .then(() => true, () => false)
"""


@pytest.fixture
def search(lan, odoo_factory, page):
    """:return: a function of the options of ``Search``, in a network without a box"""
    open_iot(page, odoo_factory(address=lan.host))
    return partial(Search, page)


@pytest.fixture
def box(lan, box_factory):
    return box_factory(devices="", **lan.box_options)


def reaches_odoo(page):
    return page.evaluate(_REACHES_ODOO)


def test_three_searches_in_a_row_find_the_box(search, box, page, capsys):
    for _ in range(3):
        done = search()
        assert done.hosts == [box.address]
        assert done.result["silent"] == SILENT_NETWORKS
        assert reaches_odoo(page)
        with capsys.disabled():
            found, end = done.first("found")["seconds"], done.first("end")["seconds"]
            print(f"\nfive networks: first box {found:.2f} s, all {end:.2f} s")


@pytest.mark.long
def test_searches_of_silent_networks_leave_few_connections_behind(search, page, capsys):
    counts = []
    for target in (*SEVERAL_TIMES, *SILENT_NETWORKS):
        assert search(target=target).hosts == []
        # in the own network the browser stops connecting after three seconds
        behind = [host for host in connecting_to(BOX_PORT) if not host.startswith("10.99.0.")]
        counts.append(len(behind))
        assert reaches_odoo(page)
    with capsys.disabled():
        print(f"\nconnections left behind after each search: {counts}")
    assert 0 < counts[0] <= MOST_OF_ONE_SEARCH
    assert max(counts) <= MOST_OF_ALL


@pytest.mark.long
def test_a_silent_network_does_not_hide_the_box_in_another(search, box):
    for _ in range(3):
        nobody = search(target=SILENT_NETWORK).result
        assert (nobody["boxes"], nobody["silent"]) == ([], [SILENT_NETWORK])
        assert search(target=OWN_NETWORK).hosts == [box.address]


def test_a_search_after_a_stopped_one_finds_the_box(search, box):
    for milliseconds in (300, 1200):
        search(stopAfter=milliseconds)
        assert search().hosts == [box.address]


def test_a_gentle_search_after_a_swift_one_finds_the_box(search, box, page):
    search(target=SILENT_NETWORK)
    stretch_time_outs(page, 5, GENTLE)  # there is no second look
    assert search(target="10.99.0.64/27", gentle=True).hosts == [box.address]


def test_a_box_plugged_in_between_two_searches_is_found(search, lan, box_factory):
    assert search().hosts == []
    box_factory(devices="", **lan.box_options)
    assert search().hosts == [lan.box_host]


def test_on_a_silent_network_a_box_is_found_by_its_own_address(search, lan, box_factory):
    lan.plug_in(ON_SILENT_NETWORK)
    options = lan.box_options | {"address": ON_SILENT_NETWORK, "lan": SILENT_NETWORK}
    box_factory(devices="", **options)
    assert search(target=SILENT_NETWORK).result["silent"] == [SILENT_NETWORK]
    assert search(target=ON_SILENT_NETWORK).hosts == [ON_SILENT_NETWORK]


def test_nobody_is_asked_after_a_stop(search, lan, page):
    asked = 60  # all likely ones, and then some of the 254 of the own network
    with SynWatch(lan.cable, BOX_PORT) as sent:
        search(stopAt=asked)
        assert reaches_odoo(page)
        assert reaches_odoo(page)
    assert 0 < len(sent.hosts) < asked
