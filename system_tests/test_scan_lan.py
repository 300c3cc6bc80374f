"""The search in Chromium on a network of silent hosts, with one stock box among them.

The figures are printed, not asserted: they tell of the machine as much as of the search.
"""

import pytest
from harness.iot_screen import open_iot

# what the popup calls, with the time of everything it hears
_SEARCH = """async (options) => {
    const { iot_discovery } = odoo.__WOWL_DEBUG__.root.env.services;
    const events = [];
    const start = performance.now();
    const note = (name) => (value) =>
        events.push({ name, value, seconds: (performance.now() - start) / 1000 });
    const result = await iot_discovery.search({
        ...options,
        onFound: note("found"),
        onProgress: note("progress"),
    });
    note("end")(result);
    return events;
}"""
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
OWN_NETWORK = "10.99.0.0/24"
FIVE_NETWORKS = [
    OWN_NETWORK,
    *(f"{net}.0/24" for net in ("10.0.0", "192.168.0", "192.168.1", "192.168.178")),
]


@pytest.fixture
def search(lan, odoo_factory, box_factory, page):
    """Search from the page of an Odoo on this machine; a box is on the other one.

    :return: a function of the options of ``search``, which answers ``[{name, value, seconds}]``
    """
    server = odoo_factory(address=lan.host)
    box_factory(devices="", **lan.box_options)
    open_iot(page, server)
    return lambda **options: page.evaluate(_SEARCH, options)


def asked_hosts(page):
    """:return: the list that fills with the hosts of which the page asks something"""
    hosts = []

    def note(request):
        if request.url.endswith(":8069/iot_drivers/data"):
            hosts.append(request.url.split("/")[2].split(":")[0])

    page.on("request", note)
    return hosts


def first(events, name, **value):
    return next(
        event
        for event in events
        if event["name"] == name and value.items() <= event["value"].items()
    )


def test_one_box_among_silent_hosts_is_found_at_once(search, lan, capsys):
    events = search(target=OWN_NETWORK)
    found = first(events, "found")
    assert found["value"]["host"] == lan.box_host
    end = first(events, "end")
    assert [box["host"] for box in end["value"]["boxes"]] == [lan.box_host]
    progress = [event["value"] for event in events if event["name"] == "progress"]
    first_pass = [step for step in progress if step["pass"] == 0]
    assert (first_pass[-1]["done"], first_pass[-1]["total"]) == (254, 254)
    second_look = first(events, "progress", **{"pass": 1})
    assert found["seconds"] < second_look["seconds"]
    with capsys.disabled():
        print(
            f"\n/24: first box {found['seconds']:.2f} s, whole {second_look['seconds']:.2f} s,"
            f" with the second look {end['seconds']:.2f} s"
        )


def test_every_host_is_asked_once_and_silent_ones_twice(search, lan, page):
    hosts = asked_hosts(page)
    search(target=OWN_NETWORK)
    everybody = [f"10.99.0.{number}" for number in range(1, 255)]
    assert sorted(hosts[:254]) == sorted(everybody)
    answering = {lan.host, lan.box_host, lan.router}  # a box, and two that refuse
    assert sorted(hosts[254:]) == sorted(set(everybody) - answering)


def test_the_usual_networks_are_searched_after_the_own_one(search, lan, capsys):
    events = search()
    steps = [
        event for event in events if event["name"] == "progress" and event["value"]["pass"] == 0
    ]
    networks = list(dict.fromkeys(step["value"]["network"] for step in steps))
    assert networks == FIVE_NETWORKS
    assert (steps[-1]["value"]["done"], steps[-1]["value"]["total"]) == (5 * 254, 5 * 254)
    found = first(events, "found")
    assert found["value"]["host"] == lan.box_host
    end = first(events, "end")
    with capsys.disabled():
        print(
            f"\nfive networks: first box {found['seconds']:.2f} s,"
            f" all {steps[-1]['seconds']:.2f} s, with the second look {end['seconds']:.2f} s"
        )


def test_a_gentle_search_asks_few_hosts_at_a_time(search, lan, page, capsys):
    page.evaluate(_COUNT_REQUESTS)
    events = search(target="10.99.0.64/27", gentle=True)
    assert first(events, "found")["value"]["host"] == lan.box_host
    at_a_time = page.evaluate("mostRequests")
    assert at_a_time == 16
    with capsys.disabled():
        print(f"\ngentle, 30 hosts: {first(events, 'end')['seconds']:.2f} s")
