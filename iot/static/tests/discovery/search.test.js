import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { search } from "@iot/discovery/search";

describe.current.tags("headless");

const NETWORKS = [{ kind: "own", label: "own", hosts: ["first", "second"] }];
const NEVER = new AbortController().signal;

class Permission extends EventTarget {
    state = "prompt";

    answer(state) {
        this.state = state;
        this.dispatchEvent(new Event("change"));
    }
}

let permission, timers;
beforeEach(() => {
    permission = new Permission();
    timers = [];
});

const turn = () => new Promise((resolve) => queueMicrotask(resolve));
const settle = async () => {
    for (let i = 0; i < 50; i++) {
        await turn();
    }
};

/**
 * A network behind the permission: as long as it is not granted a request hangs, until its signal
 * ends it, and deadlines (as if they were over at once) judge the host silent.
 */
function guardedProbe(host, { deadline, signal }) {
    expect.step(`${host} ${deadline ? "in time" : "without limit"}`);
    if (permission.state === "granted") {
        return Promise.resolve({ box: { identifier: host, mac: false } });
    }
    if (deadline) {
        return Promise.resolve({ failure: "silent" });
    }
    return new Promise((resolve) =>
        signal.addEventListener("abort", () => resolve({ failure: "aborted" }))
    );
}

const start = (options) =>
    search(NETWORKS, options.probe || guardedProbe, {
        permission,
        signal: NEVER,
        pace: { timeouts: [600], concurrency: 254 },
        onFound: ({ identifier }) => expect.step(`found ${identifier}`),
        onPermission: (state) => expect.step(`permission ${state}`),
        setTimeout: (callback, ms) => ms !== 600 && timers.push({ callback, ms }),
        ...options,
    });

test("on a page from far away no time-out starts before the person has answered", async () => {
    const searching = start({ isNear: false });
    await settle();
    expect.verifySteps(["permission prompt", "first without limit"]);
    permission.answer("granted");
    await searching;
    expect.verifySteps([
        "permission granted",
        "first in time",
        "second in time",
        "found first",
        "found second",
    ]);
});

test("a denial is told, and the search still tries: nearby pages need no permission", async () => {
    const searching = start({ isNear: false });
    await settle();
    permission.answer("denied");
    const { boxes } = await searching;
    expect(boxes).toEqual([]);
    expect.verifySteps([
        "permission prompt",
        "first without limit",
        "permission denied",
        "first in time",
        "second in time",
    ]);
});

test("a question that stays open for a minute does not hold up the search for ever", async () => {
    const searching = start({ isNear: false });
    await settle();
    expect(timers.map(({ ms }) => ms)).toEqual([60_000]);
    timers[0].callback();
    await searching;
    expect.verifySteps([
        "permission prompt",
        "first without limit",
        "permission settled",
        "first in time",
        "second in time",
    ]);
});

test("on a nearby page the search does not wait for a question that may not come", async () => {
    const answer = async (host) => ({ box: { identifier: host, mac: false } });
    await start({ isNear: true, probe: answer });
    timers.forEach(({ callback }) => callback());
    expect.verifySteps(["found first", "found second"]);
});

test("on a nearby page a question that does come is told; the answer starts over", async () => {
    let release;
    const probe = async (host, options) => {
        const outcome = await guardedProbe(host, options);
        if (host === "second" && permission.state === "prompt") {
            await new Promise((resolve) => (release = resolve));
        }
        return outcome;
    };
    const searching = start({ isNear: true, probe });
    await settle();
    expect.verifySteps(["first without limit", "first in time", "second in time"]);
    expect(timers.map(({ ms }) => ms)).toEqual([1_000]);
    timers[0].callback();
    expect.verifySteps(["permission prompt"]);
    permission.answer("granted");
    release();
    const { boxes } = await searching;
    expect(boxes.map(({ identifier }) => identifier)).toEqual(["first", "second"]);
    expect.verifySteps([
        "permission granted",
        "first in time",
        "second in time",
        "found first",
        "found second",
    ]);
});

test("a box found before the person answers is not found twice", async () => {
    const probe = async (host, { deadline, signal }) => {
        if (!deadline) {
            return guardedProbe(host, { signal });
        }
        if (host === "second" && permission.state === "prompt") {
            permission.answer("granted");
            await settle();
        }
        return { box: { identifier: host, mac: false } };
    };
    await start({ isNear: true, probe });
    expect.verifySteps(["first without limit", "found first", "found second"]);
});

test("stopping while the browser asks ends everything", async () => {
    const controller = new AbortController();
    const searching = start({ isNear: false, signal: controller.signal });
    await settle();
    expect.verifySteps(["permission prompt", "first without limit"]);
    controller.abort();
    await searching;
    permission.answer("granted");
    timers.forEach(({ callback }) => callback());
    await settle();
    expect.verifySteps([]);
});

for (const state of ["granted", "denied"]) {
    test(`nobody is asked again when it is ${state}`, async () => {
        permission.state = state;
        await start({ isNear: false, probe: async () => ({ failure: "unreachable" }) });
        expect(timers).toEqual([]);
        expect.verifySteps([]);
    });
}

test("a browser without that permission searches at once", async () => {
    const answer = async (host) => ({ box: { identifier: host, mac: false } });
    await start({ permission: null, isNear: false, probe: answer });
    expect.verifySteps(["found first", "found second"]);
});
