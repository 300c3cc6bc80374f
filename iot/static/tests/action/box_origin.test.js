import { describe, expect, test } from "@odoo/hoot";
import { boxAddress, boxOrigin } from "@iot/action/box_origin";

describe.current.tags("headless");

const ADDRESS = "192.168.1.20";
const NAME = "192-168-1-20.b1946ac9.odoo-iot.com";
const HTTP = `http://${ADDRESS}:8069`;
const HTTPS = `https://${NAME}`;

test("the name of a box tells its address", () => {
    expect(boxAddress(NAME)).toBe(ADDRESS);
    expect(boxAddress(ADDRESS)).toBe(ADDRESS);
    expect(boxAddress("bar.example.com")).toBe("bar.example.com");
});

test("a page without https needs no permission and no certificate", () => {
    for (const permission of ["granted", "prompt", "denied", "unsupported"]) {
        const page = { isEncrypted: false, permission };
        expect(boxOrigin(ADDRESS, page)).toBe(HTTP);
        expect(boxOrigin(NAME, page)).toBe(HTTP);
    }
});

test("an https page needs the permission, or a box with a certificate where there is none", () => {
    const origins = (permission) =>
        [ADDRESS, NAME].map((host) => boxOrigin(host, { isEncrypted: true, permission }));
    expect(origins("granted")).toEqual([HTTP, HTTP]);
    expect(origins("prompt")).toEqual([HTTP, HTTP]);
    expect(origins("denied")).toEqual([null, null]);
    expect(origins("unsupported")).toEqual([null, HTTPS]);
});

test("a box may have a certificate for its address", () => {
    const origin = (permission, isEncrypted = true) =>
        boxOrigin(ADDRESS, { isEncrypted, permission }, ADDRESS);
    expect(origin("unsupported")).toBe(`https://${ADDRESS}`);
    expect(origin("granted")).toBe(HTTP);
    expect(origin("denied")).toBe(null);
    expect(origin("unsupported", false)).toBe(HTTP);
});
