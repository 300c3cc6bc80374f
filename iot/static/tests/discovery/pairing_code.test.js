import { describe, expect, test } from "@odoo/hoot";
import { findByCode, normalizeCode } from "@iot/discovery/pairing_code";

describe.current.tags("headless");

test("case, spaces, dashes and wide letters make no difference", () => {
    for (const text of [
        "BCD-FGH-JKL",
        "bcdfghjkl",
        " bcd fgh jkl ",
        "BCD–FGH–JKL",
        "ＢＣＤ-fgh_jkl",
    ]) {
        expect(normalizeCode(text)).toBe("BCDFGHJKL", { message: text });
    }
    expect(normalizeCode("A1-b2")).toBe("A1B2");
    expect(normalizeCode(" -- ")).toBe("");
});

const BAR = { identifier: "bar", pairingCode: "BCD-FGH-JKL" };
const KITCHEN = { identifier: "kitchen", pairingCode: "A1B2C3" };
const MUTE = { identifier: "mute", pairingCode: false };

test("a code names the box that shows it", () => {
    expect(findByCode([MUTE, BAR, KITCHEN], "bcd fghjkl")).toBe(BAR);
    expect(findByCode([MUTE, BAR, KITCHEN], "a1-b2-c3")).toBe(KITCHEN);
});

test("no box is named by a wrong, partial or empty code", () => {
    for (const code of ["BCDFGHJKM", "BCDFGH", "", "--"]) {
        expect(findByCode([MUTE, BAR, KITCHEN], code)).toBe(null, { message: code });
    }
});

test("a code that two boxes show names neither", () => {
    expect(findByCode([BAR, { ...KITCHEN, pairingCode: "bcdfghjkl" }], "BCDFGHJKL")).toBe(null);
});
