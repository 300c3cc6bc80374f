import { describe, expect, test } from "@odoo/hoot";
import { classify } from "@iot/discovery/ownership";

describe.current.tags("headless");

const KNOWN = { id: 3, name: "Bar", identifier: "bar", ip: "192.168.1.20", is_online: true };
const HINTS = {
    boxes: [KNOWN],
    base_url: { url: "https://odoo.example.com" },
    is_database_ambiguous: false,
};
const OURS = "https://odoo.example.com";

const CASES = [
    ["bar", {}, {}, "free"],
    ["new", {}, {}, "free"],
    ["bar", { serverUrl: OURS }, {}, "here"],
    ["bar", { serverUrl: "https://ODOO.example.com:443" }, {}, "here"],
    ["new", { serverUrl: OURS }, {}, "reconnect"],
    ["bar", { serverUrl: "https://other.example.com" }, {}, "elsewhere"],
    ["new", { serverUrl: "http://odoo.example.com" }, {}, "elsewhere"],
    ["new", { serverUrl: "not a link" }, {}, "elsewhere"],
    // several databases at one address
    ["new", { serverUrl: OURS }, { is_database_ambiguous: true }, "elsewhere"],
    ["bar", { serverUrl: OURS }, { is_database_ambiguous: true }, "here"],
    [
        "new",
        { serverUrl: OURS, dbUuid: "u1" },
        { is_database_ambiguous: true, db_uuid: "u1" },
        "reconnect",
    ],
    ["bar", { serverUrl: OURS, dbUuid: "u2" }, { db_uuid: "u1" }, "elsewhere"],
    // a copy of our database, or our database at its former address
    ["bar", { serverUrl: "https://old.example.com", dbUuid: "u1" }, { db_uuid: "u1" }, "elsewhere"],
    ["new", { serverUrl: OURS }, { base_url: { url: "", error: "base_url_missing" } }, "elsewhere"],
];

for (const [identifier, box, hints, status] of CASES) {
    test(`${identifier} ${JSON.stringify(box)} ${JSON.stringify(hints)}: ${status}`, () => {
        const found = { identifier, serverUrl: "", dbUuid: false, ...box };
        expect(classify(found, { ...HINTS, ...hints })).toEqual({
            ...found,
            status,
            known: identifier === "bar" ? { id: 3, name: "Bar", isOnline: true } : null,
        });
    });
}
