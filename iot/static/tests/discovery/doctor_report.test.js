import { describe, expect, test } from "@odoo/hoot";
import { formatReport } from "@iot/discovery/doctor_report";
import { classify } from "@iot/discovery/ownership";
import { parseBox } from "@iot/discovery/probe";
import { BOX_DATA } from "./box_answers";

describe.current.tags("headless");

const HINTS = {
    boxes: [],
    base_url: { url: "https://odoo.example.com" },
    client_address: "192.168.1.5",
    db_uuid: "SECRET-uuid",
};
const box = classify(
    parseBox("192.168.1.20", {
        ...BOX_DATA,
        pairing_code: "SECRETCODE",
        db_uuid: "SECRET-uuid",
        enterprise_code: "SECRET-enterprise",
        token: "SECRET-token",
    }),
    HINTS
);
const FACTS = {
    permission: "granted",
    look: {
        boxes: [box],
        probed: 254,
        networks: [
            { label: "", probed: 1, silent: 1, spoke: 0 },
            { label: "192.168.1.0/24", probed: 253, silent: 250, spoke: 1 },
        ],
    },
    hints: HINTS,
    clockOffset: 73.4,
};
const BROWSER = {
    origin: "https://odoo.example.com",
    userAgent: "Mozilla/5.0",
    time: new Date("2026-01-02T03:04:05Z"),
};
const RESULTS = [
    { id: "page", verdict: "ok" },
    { id: "clock", verdict: "warning", reason: "clock_fast", detail: "1 min 13 s" },
];

test("the report says all that a helper needs", () => {
    expect(formatReport(RESULTS, FACTS, BROWSER).split("\n")).toEqual([
        "IoT connection report",
        "Time: 2026-01-02T03:04:05.000Z",
        "Page: https://odoo.example.com",
        "Browser: Mozilla/5.0",
        "Local network permission: granted",
        "Asked known boxes: 1, of which 0 spoke, 0 refused or failed at once, 1 were silent",
        "Asked 192.168.1.0/24: 253, of which 1 spoke, 2 refused or failed at once, 250 were silent",
        "Base URL: https://odoo.example.com",
        "Address of the browser: 192.168.1.5",
        "Clock: 73 s ahead of the server",
        "Box: 1000000012345678 at 192.168.1.20, L2025.10.22, free",
        "page: ok",
        "clock: warning, clock_fast, 1 min 13 s",
    ]);
});

test("the report holds no secrets, wherever they come from", () => {
    const url = "https://admin:SECRET@odoo.example.com/?token=SECRET#SECRET";
    const report = formatReport(
        RESULTS,
        { ...FACTS, hints: { ...HINTS, base_url: { url, error: "base_url_credentials" } } },
        BROWSER
    );
    expect(report).not.toMatch(/SECRET/);
    expect(report).toMatch(/Base URL: https:\/\/odoo\.example\.com/);
});

test("without a server there is a report all the same", () => {
    const nothing = { boxes: [], probed: 0, networks: [] };
    const report = formatReport([], { ...FACTS, look: nothing, hints: null }, BROWSER);
    expect(report).toMatch(/Local network permission: granted/);
    expect(report).not.toMatch(/Base URL/);
});
