import { describe, expect, test } from "@odoo/hoot";
import { CHECKS, clockOffset, examine } from "@iot/discovery/doctor";

describe.current.tags("headless");

const FAR = { protocol: "https:", hostname: "odoo.example.com", isSecure: true };
const NEAR = { protocol: "http:", hostname: "192.168.1.10", isSecure: false };
const PLAIN = { protocol: "http:", hostname: "odoo.example.com", isSecure: false };
const HERE = { protocol: "http:", hostname: "127.0.0.1", isSecure: true };

const BOX = { identifier: "bar", host: "192.168.1.20", version: "L2025.10.22", status: "free" };
const FOUND = { boxes: [BOX], probed: 254, answered: 3 };
const NOBODY = { boxes: [], probed: 254, answered: 0 };
const NEIGHBOURS = { boxes: [], probed: 254, answered: 3 };
const VETOED = { boxes: [], probed: 254, answered: 254 };
const host = (failure) => ({
    boxes: [],
    probed: 1,
    answered: failure === "silent" ? 0 : 1,
    failure,
});

const HEALTHY = {
    page: FAR,
    permission: "granted",
    look: FOUND,
    isWebSocketOpen: true,
    hints: { base_url: { url: "https://odoo.example.com" }, is_database_ambiguous: false },
    clockOffset: 0,
};
const hints = (values) => ({ hints: { ...HEALTHY.hints, ...values } });

/** Check → facts that differ from a healthy connection → verdict and reason. */
const TABLE = [
    ["page", {}, "ok"],
    ["page", { page: HERE }, "ok"],
    ["page", { page: NEAR }, "ok"],
    ["page", { page: PLAIN }, "warning", "page_insecure"],
    ["page", { page: { ...PLAIN, hostname: "8.8.8.8" } }, "problem", "page_insecure"],

    ["permission", {}, "ok"],
    ["permission", { permission: "prompt" }, "ok"],
    ["permission", { permission: "denied" }, "ok"],
    ["permission", { permission: "prompt", look: VETOED }, "warning", "permission_unanswered"],
    ["permission", { permission: "prompt", look: NOBODY }, "warning", "permission_unanswered"],
    ["permission", { permission: "denied", look: VETOED }, "problem", "permission_denied"],
    ["permission", { permission: "denied", look: NOBODY }, "problem", "permission_denied"],
    [
        "permission",
        { permission: "denied", look: VETOED, page: HERE },
        "problem",
        "permission_denied",
    ],
    ["permission", { permission: "prompt", look: NOBODY, page: HERE }, "skipped"],
    ["permission", { permission: "prompt", look: host("not_a_box"), page: HERE }, "skipped"],
    ["permission", { permission: "unsupported", look: NOBODY }, "skipped"],
    ["permission", { permission: "denied", look: NOBODY, page: NEAR }, "skipped"],
    ["permission", { permission: "denied", look: NOBODY, page: PLAIN }, "skipped"],

    ["mixed_content", {}, "ok"],
    ["mixed_content", { permission: "unsupported" }, "ok"],
    ["mixed_content", { permission: "unsupported", page: NEAR, look: NOBODY }, "ok"],
    [
        "mixed_content",
        { permission: "unsupported", look: VETOED },
        "problem",
        "no_local_network_access",
    ],

    ["network", {}, "ok"],
    ["network", { look: NOBODY }, "problem", "network_silent"],
    ["network", { look: NEIGHBOURS }, "warning", "network_without_box"],
    ["network", { look: VETOED }, "problem", "network_blocked"],
    ["network", { look: VETOED, page: HERE, permission: "prompt" }, "problem", "network_blocked"],
    ["network", { look: VETOED, permission: "denied" }, "skipped"],
    ["network", { look: NOBODY, permission: "prompt" }, "skipped"],
    ["network", { look: NOBODY, permission: "unsupported" }, "skipped"],
    ["network", { look: NOBODY, permission: "denied", page: NEAR }, "problem", "network_silent"],
    ["network", { look: host("silent") }, "problem", "host_silent"],
    ["network", { look: host("unreachable") }, "problem", "host_refuses"],
    ["network", { look: host("not_a_box") }, "problem", "host_is_no_box"],
    ["network", { look: { boxes: [BOX], probed: 1, answered: 1 } }, "ok"],
    ["network", { look: { boxes: [], probed: 0, answered: 0 } }, "skipped"],

    ["server", {}, "ok"],
    ["server", { hints: null }, "problem", "connection_lost"],

    ["websocket", {}, "ok"],
    ["websocket", { isWebSocketOpen: false }, "problem", "websocket_blocked"],

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

    ["clock", {}, "ok"],
    ["clock", { clockOffset: 60 }, "ok"],
    ["clock", { clockOffset: -60 }, "ok"],
    ["clock", { clockOffset: 61 }, "warning", "clock_differs"],
    ["clock", { clockOffset: -7200.4 }, "warning", "clock_differs"],
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

test("a clock that differs is told by how much", () => {
    const { detail } = examine({ ...HEALTHY, clockOffset: -7200.4 }).find(
        ({ id }) => id === "clock"
    );
    expect(detail).toBe("-7200 s");
});

test("the way of the question and the answer is not taken for a wrong clock", () => {
    const moments = { askedAt: 1000, answeredAt: 1090 };
    expect(clockOffset(moments, 1045)).toBe(0);
    expect(clockOffset(moments, 1000)).toBe(0);
    expect(clockOffset(moments, 1090)).toBe(0);
    expect(clockOffset(moments, 900)).toBe(100);
    expect(clockOffset(moments, 1190)).toBe(-100);
});
