import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { scan } from "@iot/discovery/scan";

describe.current.tags("headless");

const NEVER = new AbortController().signal;
const SILENT = { failure: "silent" };
const REFUSED = { failure: "unreachable" };
const box = (identifier, values = {}) => ({ box: { identifier, mac: false, ...values } });

const own = (...hosts) => ({ kind: "own", label: "own", hosts });
const usual = (...hosts) => ({ kind: "usual", label: "usual", hosts });
const numbered = (count) => Array.from({ length: count }, (_, index) => `h${index + 100}`);
const tick = () => Promise.resolve();

test("all hosts are asked in order, and never too many at a time", async () => {
    const hosts = numbered(50);
    const asked = [];
    let running = 0;
    let most = 0;
    const probe = async (host) => {
        asked.push(host);
        most = Math.max(most, ++running);
        await tick();
        running--;
        return REFUSED;
    };
    await scan([own(...hosts.slice(0, 25)), usual(...hosts.slice(25))], probe, {
        pace: { timeouts: [1], concurrency: 7 },
        signal: NEVER,
    });
    expect(asked).toEqual(hosts);
    expect(most).toBe(7);
});

test("the first box is reported while others are still being asked", async () => {
    const { promise, resolve } = Promise.withResolvers();
    const probe = (host) => (host === "a" ? promise : Promise.resolve(box(host)));
    const scanning = scan([own("a", "b", "c")], probe, {
        signal: NEVER,
        onFound: ({ identifier }) => expect.step(`found ${identifier}`),
    });
    await tick();
    await tick();
    expect.verifySteps(["found b", "found c"]);
    resolve(box("a"));
    const { boxes } = await scanning;
    expect.verifySteps(["found a"]);
    expect(boxes.map(({ identifier }) => identifier)).toEqual(["b", "c", "a"]);
});

test("a box that answers at two addresses is one box, a clone with another card is another", async () => {
    const answers = {
        wired: box("same", { mac: "00:00:00:00:00:01", host: "wired" }),
        wireless: box("same", { mac: "00:00:00:00:00:01", host: "wireless" }),
        "x-clone": box("same", { mac: "00:00:00:00:00:02", host: "x-clone" }),
    };
    const { boxes } = await scan(
        [own("wired", "wireless", "x-clone")],
        async (host) => answers[host],
        {
            signal: NEVER,
            onFound: ({ host }) => expect.step(host),
        }
    );
    expect.verifySteps(["wired", "x-clone"]);
    expect(boxes.map(({ host }) => host)).toEqual(["wired", "x-clone"]);
});

test("only silent hosts get a second look, with more patience", async () => {
    const answers = {
        box: box("b"),
        silent: SILENT,
        refused: REFUSED,
        other: { failure: "not_a_box" },
    };
    const asked = [];
    let pass;
    const result = await scan(
        [own("box", "silent", "refused", "other")],
        async (host) => {
            asked.push(`${host} ${pass}`);
            return answers[host];
        },
        { signal: NEVER, onProgress: (progress) => (pass = progress.pass) }
    );
    expect(asked).toEqual(["box 0", "other 0", "refused 0", "silent 0", "silent 1"]);
    expect(result.probed).toBe(4);
    expect(result.answered).toBe(3);
});

test("a slow box is found by the second look", async () => {
    const answerAfter = 1500; // ms
    const probe = (host, { deadline }) =>
        new Promise((resolve) => {
            setTimeout(() => resolve(box(host)), answerAfter);
            deadline.addEventListener("abort", () => resolve(SILENT));
        });
    const scanning = scan([own("slow")], probe, { signal: NEVER });
    await advanceTime(600);
    await advanceTime(answerAfter);
    const { boxes } = await scanning;
    expect(boxes.map(({ identifier }) => identifier)).toEqual(["slow"]);
});

test("after an abort no host is asked and nothing is reported", async () => {
    const controller = new AbortController();
    const gate = Promise.withResolvers();
    const asked = [];
    const probe = async (host, { signal }) => {
        asked.push(host);
        expect(signal).toBe(controller.signal);
        await gate.promise;
        return box(host);
    };
    const scanning = scan([own(...numbered(20))], probe, {
        pace: { timeouts: [1, 2], concurrency: 3 },
        signal: controller.signal,
        onFound: ({ identifier }) => expect.step(`found ${identifier}`),
        onProgress: ({ done }) => done && expect.step(`done ${done}`),
    });
    controller.abort();
    gate.resolve();
    const result = await scanning;
    expect(asked).toEqual(["h100", "h101", "h102"]);
    expect.verifySteps([]);
    expect(result.boxes).toEqual([]);
});

test("an abort between two looks prevents the second", async () => {
    const controller = new AbortController();
    const asked = [];
    const probe = async (host) => {
        asked.push(host);
        return SILENT;
    };
    await scan([own("a", "b")], probe, {
        signal: controller.signal,
        onProgress: ({ done, total }) => done === total && controller.abort(),
    });
    expect(asked).toEqual(["a", "b"]);
});

test("nobody is asked when it was aborted before", async () => {
    const probe = () => expect.step("asked");
    const signal = AbortSignal.abort();
    await scan([own("a")], probe, { signal, onProgress: () => expect.step("progress") });
    expect.verifySteps([]);
});

test("within a network hosts are asked by name; none has to wait for requests of higher priority", async () => {
    const asked = [];
    const probe = async (host, { priority }) => {
        asked.push(`${host} ${priority}`);
        return REFUSED;
    };
    await scan([own("10.0.0.9", "10.0.0.10"), usual("10.0.1.1")], probe, { signal: NEVER });
    expect(asked).toEqual(["10.0.0.10 high", "10.0.0.9 high", "10.0.1.1 high"]);
});

test("progress tells how far and where", async () => {
    const seen = [];
    await scan([own("a"), usual("b")], async (host) => (host === "a" ? SILENT : REFUSED), {
        pace: { timeouts: [1, 2], concurrency: 1 },
        signal: NEVER,
        onProgress: (progress) => seen.push(progress),
    });
    expect(seen).toEqual([
        { pass: 0, done: 0, total: 2, kind: "own", network: "own" },
        { pass: 0, done: 1, total: 2, kind: "usual", network: "usual" },
        { pass: 0, done: 2, total: 2, kind: "own", network: "own" },
        { pass: 1, done: 0, total: 1, kind: "own", network: "own" },
        { pass: 0, done: 2, total: 2, kind: "usual", network: "usual" },
        { pass: 1, done: 1, total: 1, kind: "own", network: "own" },
    ]);
});

test("a probe that breaks its promise is not hidden", async () => {
    const probe = () => Promise.reject(new Error("a fault of ours"));
    await expect(scan([own("a")], probe, { signal: NEVER })).rejects.toThrow("a fault of ours");
});

test("nothing to ask is no trouble", async () => {
    const nothing = { boxes: [], probed: 0, answered: 0, silent: [] };
    expect(await scan([], () => {}, { signal: NEVER })).toEqual(nothing);
});
