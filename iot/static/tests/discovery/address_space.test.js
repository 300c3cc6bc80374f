import { describe, expect, test } from "@odoo/hoot";
import { addressSpace, declaredSpace, isAsPrivate } from "@iot/discovery/address_space";

describe.current.tags("headless");

const SPACES = {
    loopback: ["127.0.0.1", "127.255.255.254", "localhost", "LOCALHOST.", "odoo.localhost"],
    local: [
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.1.20",
        "169.254.1.1",
        "100.64.0.1",
        "198.19.0.1",
        "box.local",
        "BOX.local.",
    ],
    public: ["8.8.8.8", "11.0.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1"],
    unknown: ["raspberrypi", "box.example.com", "10.0.0", "local", "localhost.example.com"],
};

for (const [space, hosts] of Object.entries(SPACES)) {
    test(`${hosts.join(", ")}: ${space}`, () => {
        expect(hosts.map(addressSpace)).toEqual(hosts.map(() => space));
    });
}

test("only a name on an encrypted page declares its space", () => {
    expect(declaredSpace("box.example.com", true)).toBe("local");
    expect(declaredSpace("box.example.com", false)).toBe(undefined);
    expect(declaredSpace("box.local", true)).toBe(undefined);
    expect(declaredSpace("192.168.1.20", true)).toBe(undefined);
    expect(declaredSpace("127.0.0.1", true)).toBe(undefined);
});

test("a page asks without a permission what is no more private than itself", () => {
    for (const [page, host, expected] of [
        ["127.0.0.1", "127.0.0.2", true],
        ["localhost", "192.168.1.20", true],
        ["192.168.1.2", "10.0.0.7", true],
        ["odoo.local", "192.168.1.20", true],
        ["192.168.1.2", "127.0.0.1", false],
        ["odoo.example.com", "192.168.1.20", false],
        ["8.8.8.8", "192.168.1.20", false],
        ["192.168.1.2", "box.example.com", false],
        ["odoo.example.com", "box.example.com", false],
    ]) {
        expect(isAsPrivate(page, host)).toBe(expected, { message: `${page} asks ${host}` });
    }
});
