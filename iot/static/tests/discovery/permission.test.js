import { describe, expect, test } from "@odoo/hoot";
import { askPermission, findPermission, permissionState } from "@iot/discovery/permission";

describe.current.tags("headless");

/** A browser that knows these permissions, and throws on all others as browsers do. */
const browserWith = (states) => ({
    async query({ name }) {
        if (!(name in states)) {
            throw new TypeError(`'${name}' is not a valid enum value of type PermissionName`);
        }
        return { state: states[name] };
    },
});

const MATRIX = [
    [
        "split permissions",
        { "local-network": "granted", "loopback-network": "denied" },
        "local",
        "granted",
    ],
    [
        "split permissions",
        { "local-network": "granted", "loopback-network": "denied" },
        "loopback",
        "denied",
    ],
    [
        "the old name as an alias",
        { "local-network": "prompt", "local-network-access": "granted" },
        "local",
        "prompt",
    ],
    ["only the old name", { "local-network-access": "prompt" }, "local", "prompt"],
    ["only the old name", { "local-network-access": "denied" }, "loopback", "denied"],
    ["a host that is nowhere special", { "local-network-access": "granted" }, "unknown", "granted"],
    ["none of them", { geolocation: "granted" }, "local", "unsupported"],
];

for (const [name, states, space, state] of MATRIX) {
    test(`${name}, for ${space} hosts: ${state}`, async () => {
        expect(permissionState(await findPermission(browserWith(states), space))).toBe(state);
    });
}

test("a browser without any permissions has none", async () => {
    expect(permissionState(await findPermission(undefined, "local"))).toBe("unsupported");
});

class Status extends EventTarget {
    state = "prompt";

    answer(state) {
        this.state = state;
        this.dispatchEvent(new Event("change"));
    }
}

const NEVER = new AbortController().signal;
const forever = () => new Promise(() => {});

for (const state of ["granted", "denied"]) {
    test(`the person answers: ${state}`, async () => {
        const status = new Status();
        const asking = askPermission(status, { request: forever, signal: NEVER });
        status.answer(state);
        expect(await asking).toBe(state);
    });
}

test("a request that ends without an answer settles it", async () => {
    const asking = askPermission(new Status(), { request: async () => {}, signal: NEVER });
    expect(await asking).toBe("settled");
});

test("nobody waits for the person after an abort", async () => {
    const controller = new AbortController();
    const asking = askPermission(new Status(), { request: forever, signal: controller.signal });
    controller.abort();
    expect(await asking).toBe("settled");
});
