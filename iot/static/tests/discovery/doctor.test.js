import { describe, expect, test } from "@odoo/hoot";
import { CHECKS, clockOffset, examine } from "@iot/discovery/doctor";

describe.current.tags("headless");

const FAR = { protocol: "https:", hostname: "odoo.example.com", isSecure: true };
const NEAR = { protocol: "http:", hostname: "192.168.1.10", isSecure: false };
const PLAIN = { protocol: "http:", hostname: "odoo.example.com", isSecure: false };
const PUBLIC = { ...PLAIN, hostname: "8.8.8.8" };
const HERE = { protocol: "http:", hostname: "127.0.0.1", isSecure: true };

const NAMED = { protocol: "https:", hostname: "192.168.1.10", isSecure: true };

const BOX = { identifier: "bar", host: "192.168.1.20", version: "L2025.10.22", status: "free" };
const net = (values) => ({ label: "192.168.1.0/24", isLoopback: false, spoke: 0, ...values });
const look = (networks, values) => ({
    boxes: [],
    probed: networks.reduce((total, { probed }) => total + probed, 0),
    networks,
    isBlockedByPage: false,
    ...values,
});
const FOUND = look([net({ probed: 254, silent: 251, spoke: 1 })], { boxes: [BOX] });
const SILENT = net({ probed: 254, silent: 254 });
const ENDED = net({ probed: 254, silent: 0 });
const OWN = net({ probed: 254, silent: 0, isLoopback: true });
const NOBODY = look([SILENT]);
const NEIGHBOURS = look([net({ probed: 254, silent: 251 })]);
const VETOED = look([ENDED, ENDED]);
const BLOCKED = look([ENDED], { isBlockedByPage: true });
const host = (failure, values) =>
    look(
        [
            net({
                label: "192.168.1.20",
                probed: 1,
                silent: Number(failure === "silent"),
                spoke: Number(failure === "not_a_box"),
                ...values,
            }),
        ],
        { failure }
    );

const HEALTHY = {
    page: FAR,
    permission: "granted",
    look: FOUND,
    isClientNear: false,
    isWebSocketOpen: true,
    hints: { base_url: { url: "https://odoo.example.com" }, is_database_ambiguous: false },
    clockOffset: 0,
};
const hints = (values) => ({ hints: { ...HEALTHY.hints, ...values } });

/** Check → facts that differ from a healthy connection → verdict and reason. */
const TABLE = [
    ["page", {}, "ok"],
    ["page", { page: HERE }, "ok"],
    ["page", { page: NEAR, look: NOBODY }, "ok"],
    ["page", { page: PLAIN }, "ok"],
    ["page", { page: PLAIN, look: host("not_a_box") }, "ok"],
    ["page", { page: PLAIN, look: NOBODY, isClientNear: true }, "ok"],
    ["page", { page: PLAIN, look: NOBODY }, "warning", "page_insecure"],
    ["page", { page: PLAIN, look: VETOED }, "warning", "page_insecure"],
    ["page", { page: PUBLIC }, "ok"],
    ["page", { page: PUBLIC, look: NOBODY }, "problem", "page_insecure"],
    ["page", { page: PUBLIC, look: NOBODY, isClientNear: true }, "problem", "page_insecure"],
    ["page", { look: BLOCKED }, "problem", "page_policy"],
    ["page", { look: BLOCKED, permission: "denied" }, "problem", "page_policy"],
    ["page", { look: { ...FOUND, isBlockedByPage: true } }, "ok"],

    ["permission", {}, "ok"],
    ["permission", { permission: "prompt" }, "ok"],
    ["permission", { permission: "denied" }, "ok"],
    ["permission", { permission: "prompt", look: VETOED }, "warning", "permission_unanswered"],
    ["permission", { permission: "prompt", look: NOBODY }, "warning", "permission_unanswered"],
    // who connects may still be forbidden to speak
    ["permission", { permission: "prompt", look: NEIGHBOURS }, "warning", "permission_unanswered"],
    ["permission", { permission: "denied", look: NEIGHBOURS }, "problem", "permission_denied"],
    ["permission", { permission: "denied", look: NOBODY }, "problem", "permission_denied"],
    ["permission", { permission: "denied", look: host("not_a_box") }, "skipped"],
    ["permission", { permission: "prompt", look: host("not_a_box") }, "skipped"],
    ["permission", { permission: "denied", look: VETOED, page: HERE }, "skipped"],
    ["permission", { permission: "prompt", look: look([OWN, ENDED]), page: HERE }, "skipped"],
    ["permission", { permission: "prompt", look: VETOED, page: NAMED }, "skipped"],
    // nobody is asked, and so can deny, where the browser does not take the page for a far one
    [
        "permission",
        { permission: "denied", look: NOBODY, page: NAMED },
        "problem",
        "permission_denied",
    ],
    ["permission", { permission: "unsupported", look: NOBODY }, "skipped"],
    ["permission", { permission: "unsupported", look: VETOED, page: NEAR }, "skipped"],
    ["permission", { permission: "unsupported", look: VETOED, page: PLAIN }, "skipped"],

    ["mixed_content", {}, "ok"],
    ["mixed_content", { permission: "unsupported" }, "ok"],
    ["mixed_content", { permission: "unsupported", page: NEAR, look: VETOED }, "ok"],
    ["mixed_content", { permission: "unsupported", page: HERE, look: VETOED }, "ok"],
    ["mixed_content", { permission: "unsupported", look: NOBODY }, "ok"],
    [
        "mixed_content",
        { permission: "unsupported", look: VETOED },
        "problem",
        "no_local_network_access",
    ],

    ["network", {}, "ok"],
    ["network", { look: NOBODY }, "problem", "network_silent"],
    ["network", { look: NEIGHBOURS }, "warning", "network_without_box"],
    ["network", { look: look([ENDED, SILENT]) }, "problem", "network_silent"],
    ["network", { look: VETOED }, "problem", "network_refused"],
    [
        "network",
        { look: VETOED, page: NEAR, permission: "unsupported" },
        "problem",
        "network_refused",
    ],
    ["network", { look: VETOED, permission: "denied" }, "skipped"],
    ["network", { look: VETOED, permission: "unsupported" }, "skipped"],
    ["network", { look: VETOED, page: PLAIN, permission: "unsupported" }, "skipped"],
    ["network", { look: BLOCKED }, "skipped"],
    ["network", { look: NOBODY, permission: "prompt" }, "skipped"],
    ["network", { look: NOBODY, permission: "denied" }, "skipped"],
    ["network", { look: NOBODY, permission: "prompt", page: NAMED }, "problem", "network_silent"],
    ["network", { look: NOBODY, permission: "unsupported" }, "problem", "network_silent"],
    // the addresses of this computer refuse whoever asks: that tells nothing of the network
    ["network", { look: look([OWN]), page: HERE }, "warning", "loopback_without_box"],
    ["network", { look: look([OWN, SILENT]), page: HERE }, "problem", "network_silent"],
    ["network", { look: look([OWN, ENDED]), page: HERE }, "problem", "network_refused"],
    ["network", { look: look([OWN, NEIGHBOURS.networks[0]]) }, "warning", "network_without_box"],
    ["network", { look: host("silent") }, "problem", "host_silent"],
    ["network", { look: host("unreachable") }, "problem", "host_refuses"],
    ["network", { look: host("unreachable", { isLoopback: true }) }, "problem", "host_refuses"],
    ["network", { look: host("not_a_box") }, "problem", "host_is_no_box"],
    ["network", { look: look([net({ probed: 1, silent: 0, spoke: 1 })], { boxes: [BOX] }) }, "ok"],
    ["network", { look: look([]) }, "skipped"],

    ["server", {}, "ok"],
    ["server", { hints: null }, "problem", "connection_lost"],

    ["websocket", {}, "ok"],
    ["websocket", { isWebSocketOpen: false }, "problem", "websocket_blocked"],
    ["websocket", { isWebSocketOpen: false, hints: null }, "skipped"],

    ["base_url", {}, "ok"],
    ["base_url", { hints: null }, "skipped"],
    [
        "base_url",
        hints({ base_url: { url: "x", error: "base_url_invalid" } }),
        "problem",
        "base_url_invalid",
    ],
    [
        "base_url",
        hints({ base_url: { url: "x", warning: "base_url_loopback" } }),
        "warning",
        "base_url_loopback",
    ],

    ["base_url", { isBaseUrlSilent: false }, "ok"],
    ["base_url", { isBaseUrlSilent: true }, "warning", "base_url_silent"],
    ["base_url", { isBaseUrlSilent: true, page: NEAR }, "warning", "base_url_silent"],
    // the browser may have forbidden the question
    ["base_url", { isBaseUrlSilent: true, permission: "denied" }, "ok"],
    ["base_url", { isBaseUrlSilent: true, permission: "prompt" }, "ok"],
    ["base_url", { isBaseUrlSilent: true, page: NAMED, permission: "denied" }, "ok"],
    ["base_url", { isBaseUrlSilent: true, page: PLAIN }, "ok"],

    ["clock", {}, "ok"],
    ["clock", { clockOffset: 60 }, "ok"],
    ["clock", { clockOffset: -60 }, "ok"],
    ["clock", { clockOffset: 61 }, "warning", "clock_fast"],
    ["clock", { clockOffset: -61 }, "warning", "clock_slow"],
    ["clock", { hints: null, clockOffset: 999 }, "skipped"],

    ["databases", {}, "ok"],
    ["databases", hints({ is_database_ambiguous: true }), "warning", "databases"],
    ["databases", { hints: null }, "skipped"],
];

for (const [id, facts, verdict, reason] of TABLE) {
    test(`${id} with ${JSON.stringify(facts)}: ${verdict} ${reason || ""}`, () => {
        const result = examine({ ...HEALTHY, ...facts }).find((result) => result.id === id);
        expect(result.verdict).toBe(verdict);
        expect(result.reason).toBe(reason);
    });
}

test("every check is in the table, with all that it can say", () => {
    expect([...new Set(TABLE.map(([id]) => id))]).toEqual(CHECKS.map(({ id }) => id));
});

test("a healthy connection is good in every respect", () => {
    expect(examine(HEALTHY).map(({ verdict }) => verdict)).toEqual(CHECKS.map(() => "ok"));
});

const detailOf = (id, facts) =>
    examine({ ...HEALTHY, ...facts }).find((result) => result.id === id).detail;

for (const [clockOffset, detail] of [
    [61, "1 min 1 s"],
    [-7200.4, "2 h"],
    [93_784, "1 d 2 h"],
    [86_460, "1 d"],
]) {
    test(`a clock that is ${clockOffset} s ahead is told to differ by ${detail}`, () => {
        expect(detailOf("clock", { clockOffset })).toBe(detail);
    });
}

test("a host that was asked is named", () => {
    expect(detailOf("network", { look: host("silent") })).toBe("192.168.1.20");
});

test("a bad base URL is shown, but never its password", () => {
    const url = "http://admin:SECRET@odoo.example.com?token=SECRET";
    const base_url = { url, error: "base_url_credentials" };
    expect(detailOf("base_url", hints({ base_url }))).toBe("http://odoo.example.com");
});

test("the way of the question and the answer is not taken for a wrong clock", () => {
    const moments = { askedAt: 1000, answeredAt: 1090 };
    expect(clockOffset(moments, 1045)).toBe(0);
    expect(clockOffset(moments, 1000)).toBe(0);
    expect(clockOffset(moments, 1090)).toBe(0);
    expect(clockOffset(moments, 900)).toBe(100);
    expect(clockOffset(moments, 1190)).toBe(-100);
});
