"""The search in Chromium on a network of silent hosts, with one stock box among them.

The figures are printed, not asserted: they tell of the machine as much as of the search.
"""

from functools import partial

import pytest
from harness.iot_screen import open_iot
from harness.searching import GENTLE, SWIFT, Search, stretch_time_outs
from harness.syn_watch import SynWatch

# how many requests of the page wait for their answer at a time; Chromium itself tells ends too late
_COUNT_REQUESTS = """() => {
    const { browser } = odoo.loader.modules.get("@web/core/browser/browser");
    const { fetch } = browser;
    let waiting = 0;
    window.mostRequests = 0;
    browser.fetch = async (...args) => {
        window.mostRequests = Math.max(window.mostRequests, ++waiting);
        try {
            return await fetch(...args);
        } finally {
            waiting--;
        }
    };
}"""
BOX_PORT = 8069
OWN_NETWORK = "10.99.0.0/24"
SILENT_NETWORK = "192.168.1.0/24"
NEIGHBOUR = "192.168.1.254"  # behind the router, and refuses
FIVE_NETWORKS = [
    OWN_NETWORK,
    *(f"{net}.0/24" for net in ("10.0.0", "192.168.0", "192.168.1", "192.168.178")),
]


@pytest.fixture
def search(lan, odoo_factory, box_factory, page):
    """Search from the page of an Odoo on this machine; a box is on the other one.

    :return: a function of the options of ``Search``
    """
    server = odoo_factory(address=lan.host)
    box_factory(devices="", **lan.box_options)
    open_iot(page, server)
    return partial(Search, page)


def asked_hosts(page):
    """:return: the list that fills with the hosts of which the page asks something"""
    hosts = []

    def note(request):
        if request.url.endswith(":8069/iot_drivers/data"):
            hosts.append(request.url.split("/")[2].split(":")[0])

    page.on("request", note)
    return hosts


def test_one_box_among_silent_hosts_is_found_at_once(search, lan, page, capsys):
    stretch_time_outs(page, 4, SWIFT)  # less than the three seconds after which hosts are missed
    done = search(target=OWN_NETWORK)
    found, end = done.first("found"), done.first("end")
    assert done.hosts == [found["value"]["host"]] == [lan.box_host]
    last = done.steps(0)[-1]["value"]
    assert (last["done"], last["total"]) == (254, 254)
    second_look = done.steps(1)[0]
    assert found["seconds"] < second_look["seconds"]
    with capsys.disabled():
        print(
            f"\n/24, with a longer first look: first box {found['seconds']:.2f} s,"
            f" whole {second_look['seconds']:.2f} s,"
            f" with the second look {end['seconds']:.2f} s"
        )


def test_every_host_is_asked_once_and_silent_ones_twice(search, lan, page):
    hosts = asked_hosts(page)
    stretch_time_outs(page, 4, SWIFT)  # as above
    search(target=OWN_NETWORK)
    everybody = [f"10.99.0.{number}" for number in range(1, 255)]
    assert sorted(hosts[:254]) == sorted(everybody)
    answering = {lan.host, lan.box_host, lan.router}  # a box, and two that refuse
    assert sorted(hosts[254:]) == sorted(set(everybody) - answering)


def test_the_usual_networks_are_searched_beside_the_own_one(search, lan, capsys):
    done = search()
    steps = done.steps(0)
    networks = list(dict.fromkeys(step["value"]["network"] for step in steps))
    assert networks == FIVE_NETWORKS
    last = steps[-1]["value"]
    assert last["done"] == last["total"] == done.result["probed"]
    assert done.result["silent"] == FIVE_NETWORKS[1:]
    found, end = done.first("found"), done.first("end")
    assert found["value"]["host"] == lan.box_host
    own = done.steps(1)[-1]
    with capsys.disabled():
        print(
            f"\nfive networks: first box {found['seconds']:.2f} s,"
            f" own one with the second look {own['seconds']:.2f} s, all {end['seconds']:.2f} s"
        )


def test_every_host_gets_a_packet_where_somebody_lives(search, lan):
    lan.plug_in(NEIGHBOUR)
    with SynWatch(lan.cable, BOX_PORT) as sent:
        done = search()
    lively = NEIGHBOUR.rpartition(".")[0]
    assert done.result["silent"] == [
        network for network in FIVE_NETWORKS[1:] if not network.startswith(f"{lively}.")
    ]
    assert sent.hosts >= {f"{lively}.{number}" for number in range(1, 255)}


def test_of_a_silent_network_the_same_few_hosts_get_packets_each_time(search, lan):
    asked = []
    for _ in range(2):
        with SynWatch(lan.cable, BOX_PORT) as sent:
            search(target=SILENT_NETWORK)
        asked.append(sent.hosts)
    assert 0 < len(asked[0]) <= 10
    assert asked[1] <= asked[0]


def test_a_gentle_search_asks_few_hosts_at_a_time(search, lan, page, capsys):
    page.evaluate(_COUNT_REQUESTS)
    stretch_time_outs(page, 5, GENTLE)  # there is no second look
    done = search(target="10.99.0.64/27", gentle=True)
    assert done.hosts == [lan.box_host]
    at_a_time = page.evaluate("mostRequests")
    assert at_a_time == 16
    with capsys.disabled():
        print(f"\ngentle, 30 hosts: {done.first('end')['seconds']:.2f} s")
