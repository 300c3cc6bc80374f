import { describe, expect, test } from "@odoo/hoot";
import { candidateNetworks, parseTarget } from "@iot/discovery/hosts";

describe.current.tags("headless");

const HOSTS = {
    "192.168.5.20": "192.168.5.20",
    "  192.168.5.20 ": "192.168.5.20",
    "http://192.168.5.20:8069/odoo?x=1": "192.168.5.20",
    "https://192.168.5.20": "192.168.5.20",
    "192.168.5.20:": "192.168.5.20",
    "8.8.8.8": "8.8.8.8",
    "192.168.5.20/32": "192.168.5.20",
    raspberrypi: "raspberrypi",
    "RaspberryPi.local.": "raspberrypi.local",
    "box-1.shop.example.com:80": "box-1.shop.example.com",
};

for (const [text, host] of Object.entries(HOSTS)) {
    test(`"${text}" is one host`, () => {
        expect(parseTarget(text)).toEqual({ hosts: [host], label: host });
    });
}

const NETWORKS = [
    ["192.168.5.0/24", "192.168.5.0/24", 254, "192.168.5.1", "192.168.5.254", false],
    ["192.168.5.77/24", "192.168.5.0/24", 254, "192.168.5.1", "192.168.5.254", false],
    ["192.168.5.*", "192.168.5.0/24", 254, "192.168.5.1", "192.168.5.254", false],
    ["10.1.2.64/27", "10.1.2.64/27", 30, "10.1.2.65", "10.1.2.94", false],
    ["10.1.2.8/31", "10.1.2.8/31", 2, "10.1.2.8", "10.1.2.9", false],
    ["127.0.0.0/24", "127.0.0.0/24", 254, "127.0.0.1", "127.0.0.254", false],
    ["10.0.2.0/23", "10.0.2.0/23", 510, "10.0.2.1", "10.0.3.254", true],
    ["172.16.16.0/20", "172.16.16.0/20", 4094, "172.16.16.1", "172.16.31.254", true],
];

for (const [text, label, count, first, last, needsConsent] of NETWORKS) {
    test(`"${text}" is a network of ${count} hosts`, () => {
        const target = parseTarget(text);
        expect(target.hosts).toHaveLength(count);
        expect(new Set(target.hosts).size).toBe(count);
        expect([target.hosts[0], target.hosts.at(-1)]).toEqual([first, last]);
        expect(target.label).toBe(label);
        expect(Boolean(target.needsConsent)).toBe(needsConsent);
    });
}

const ERRORS = {
    "": "target_empty",
    "   ": "target_empty",
    "192.168.5": "target_invalid",
    "192.168.5.256": "target_invalid",
    "192.168.05.1": "target_invalid",
    "192.168.5.1.1": "target_invalid",
    "192.168.5.0/33": "target_invalid",
    "192.168.*": "target_invalid",
    "1.2.3.4.*": "target_invalid",
    "0.0.0.0": "target_invalid",
    "255.255.255.255": "target_invalid",
    "224.0.0.1": "target_invalid",
    "224.0.0.0/24": "target_invalid",
    "[fe80::1]": "target_invalid",
    "user@192.168.5.20": "target_invalid",
    "http://": "target_invalid",
    "two words": "target_invalid",
    "-box.local": "target_invalid",
    "javascript:alert(1)": "target_invalid",
    [`${"a".repeat(64)}.local`]: "target_invalid",
    "192.168.5.20:22": "target_port",
    "192.168.0.0/19": "target_too_large",
    "10.0.0.0/8": "target_too_large",
    "0.0.0.0/0": "target_invalid",
    "8.8.8.0/24": "target_public",
    "8.8.8.*": "target_public",
};

for (const [text, error] of Object.entries(ERRORS)) {
    test(`"${text}" is refused`, () => {
        expect(parseTarget(text)).toEqual({ error });
    });
}

const summary = (hints) =>
    candidateNetworks({ knownHosts: [], clientAddress: false, ...hints }).map(
        ({ kind, label, hosts }) => `${kind} ${label} ${hosts.length}`
    );

test("without any hint, the usual networks are searched", () => {
    expect(summary()).toEqual([
        "usual 10.0.0.0/24 254",
        "usual 192.168.0.0/24 254",
        "usual 192.168.1.0/24 254",
        "usual 192.168.178.0/24 254",
        "usual 192.168.2.0/24 254",
    ]);
});

test("known boxes come first, then the own network, five networks in all", () => {
    expect(summary({ knownHosts: ["172.20.0.9"], clientAddress: "172.20.0.5" })).toEqual([
        "known  1",
        "own 172.20.0.0/24 253",
        "usual 10.0.0.0/24 254",
        "usual 192.168.0.0/24 254",
        "usual 192.168.1.0/24 254",
        "usual 192.168.178.0/24 254",
    ]);
});

test("a network that is the own and a usual one counts once", () => {
    expect(summary({ clientAddress: "192.168.0.8" })).toEqual([
        "own 192.168.0.0/24 254",
        "usual 10.0.0.0/24 254",
        "usual 192.168.1.0/24 254",
        "usual 192.168.178.0/24 254",
        "usual 192.168.2.0/24 254",
    ]);
});

test("each host is asked once", () => {
    const networks = candidateNetworks({
        knownHosts: ["192.168.0.9", "192.168.0.9"],
        clientAddress: "192.168.0.1",
    });
    const hosts = networks.flatMap((network) => network.hosts);
    expect(new Set(hosts).size).toBe(hosts.length);
    expect(networks[0].hosts).toEqual(["192.168.0.9"]);
    expect(networks[1].hosts).toHaveLength(253);
});

test("what boxes announce is read, and dropped when it is no address", () => {
    const [known] = candidateNetworks({
        knownHosts: [
            "192-168-1-20.a1b2c3.odoo-iot.com",
            "192.168.1.21",
            "box.local",
            false,
            "",
            "<img src=x>",
            "192.168.1.0/24",
            "999-1-1-1.odoo-iot.com",
        ],
        clientAddress: false,
    });
    expect(known.hosts).toEqual(["192.168.1.20", "192.168.1.21", "box.local"]);
});

test("a database with very many boxes does not make the search endless", () => {
    const knownHosts = Array.from({ length: 1000 }, (_, i) => `10.9.${i >> 8}.${i & 255}`);
    const [known] = candidateNetworks({ knownHosts, clientAddress: false });
    expect(known.hosts).toHaveLength(254);
});
