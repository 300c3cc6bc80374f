import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, freezeTime } from "@odoo/hoot-mock";
import { parseTarget } from "@iot/discovery/hosts";
import { sampleOf, seekLife } from "@iot/discovery/life_signs";
import { scan } from "@iot/discovery/scan";

describe.current.tags("headless");

const NEVER = new AbortController().signal;
const SILENT = { failure: "silent" };
const REFUSED = { failure: "unreachable" };
const network = (block, kind = "usual", values = {}) => ({
    kind,
    ...parseTarget(block),
    ...values,
});
const NETWORK = network("192.168.1.0/24", "typed");
const SAMPLE = sampleOf(NETWORK);

describe("the sample", () => {
    test("is likely hosts, routers first, and the same each time", () => {
        const numbers = [1, 254, 100, 2, 20, 50, 150, 200, 10];
        expect(SAMPLE).toEqual(numbers.map((number) => `192.168.1.${number}`));
        expect(sampleOf(network("192.168.1.0/24", "typed"))).toEqual(SAMPLE);
    });

    test("of five networks leaves less than a hundred connections, two to each host", () => {
        const guesses = ["10.0.0", "192.168.0", "192.168.2", "192.168.178"];
        const own = network("192.168.1.0/24", "own", { self: "192.168.1.33" });
        const networks = [own, ...guesses.map((base) => network(`${base}.0/24`))];
        expect(2 * networks.flatMap(sampleOf).length).toBeLessThan(100);
    });

    test("begins with the own address, where that is one of the hosts", () => {
        expect(sampleOf({ ...NETWORK, self: "192.168.1.33" })[0]).toBe("192.168.1.33");
        expect(sampleOf({ ...NETWORK, self: "10.0.0.1" })).toEqual(SAMPLE);
        expect(sampleOf({ ...NETWORK, self: false })).toEqual(SAMPLE);
    });

    for (const [block, most] of [
        ["10.0.0.64/26", 9],
        ["10.0.2.0/23", 10],
        ["10.0.16.0/20", 48],
    ]) {
        test(`of ${block} has different hosts of each part, at most ${most}`, () => {
            const { hosts } = network(block, "typed");
            const sample = sampleOf(network(block, "typed"));
            expect(sample.every((host) => hosts.includes(host))).toBe(true);
            expect(sample.length).toBeWithin(5, most);
            const isOfEnd = (host) => hosts.indexOf(host) >= hosts.length * 0.75;
            expect(sample.some(isOfEnd)).toBe(true);
            expect(sample.every(isOfEnd)).toBe(false);
        });
    }

    test("is nobody of few hosts and of known boxes: they are asked anyway", () => {
        expect(sampleOf(network("192.168.1.64/27", "typed"))).toEqual([]);
        expect(sampleOf({ ...NETWORK, kind: "known" })).toEqual([]);
    });
});

describe("a sign of life", () => {
    for (const [what, outcome, isAlive] of [
        ["a box", { box: {} }, true],
        ["another device", { failure: "not_a_box" }, true],
        ["a failure", REFUSED, true],
        ["silence", SILENT, false],
        ["a search that was stopped", undefined, false],
    ]) {
        test(`${what}: ${isAlive}`, async () => {
            let calls = 0;
            const ask = async (host) => (host === "b" ? outcome : SILENT);
            expect(await seekLife(["a", "b"], ask, async () => calls++)).toBe(isAlive);
            expect(calls).toBe(Number(isAlive));
        });
    }

    test("of several hosts makes the others be asked once", async () => {
        let calls = 0;
        await seekLife(
            ["a", "b"],
            async () => REFUSED,
            async () => calls++
        );
        expect(calls).toBe(1);
    });
});

describe("a search", () => {
    /** Hosts that answer after some time; the others keep silent. */
    const timed =
        (answers, asked) =>
        (host, { deadline }) =>
            new Promise((resolve) => {
                asked.push(host);
                deadline.addEventListener("abort", () => resolve(SILENT));
                if (host in answers) {
                    const [ms, outcome] = answers[host];
                    setTimeout(() => resolve(outcome), ms);
                }
            });
    const pace = { timeouts: [600], concurrency: 254, ahead: 254 };

    test("asks all hosts as soon as one of the sample refuses", async () => {
        const asked = [];
        const probe = timed({ "192.168.1.254": [10, REFUSED] }, asked);
        const scanning = scan([NETWORK], probe, { pace, signal: NEVER });
        expect(asked.toSorted()).toEqual(SAMPLE.toSorted());
        await advanceTime(10);
        expect(asked).toHaveLength(254);
        await advanceTime(600);
        expect(await scanning).toEqual({ boxes: [], probed: 254, answered: 1, silent: [] });
    });

    test("takes a host that is missed after three seconds for a sign of life", async () => {
        const asked = [];
        const probe = timed({ "192.168.1.1": [3_100, REFUSED] }, asked);
        const scanning = scan([NETWORK], probe, { pace, signal: NEVER });
        await advanceTime(3_000);
        expect(asked).toHaveLength(SAMPLE.length);
        await advanceTime(100);
        expect(asked).toHaveLength(254);
        await advanceTime(600);
        expect((await scanning).silent).toEqual([]);
    });

    test("asks no other hosts of a silent network, looks once, and tells of it", async () => {
        freezeTime(); // the millisecond before the end must not pass by itself
        const asked = [];
        const totals = [];
        const scanning = scan([NETWORK], timed({}, asked), {
            signal: NEVER,
            onProgress: ({ done, total }) => totals.push(`${done} of ${total}`),
        });
        await advanceTime(3_499);
        expect(totals.at(-1)).toBe("0 of 254");
        await advanceTime(1);
        expect(await scanning).toEqual({
            boxes: [],
            probed: 9,
            answered: 0,
            silent: ["192.168.1.0/24"],
        });
        expect(asked).toEqual(SAMPLE);
        expect(totals.at(-1)).toBe("9 of 9");
    });

    test("does not wait for a silent network before it looks at a lively one twice", async () => {
        const asked = [];
        const probe = timed({ "10.0.0.254": [10, REFUSED] }, asked);
        const networks = [network("10.0.0.0/24", "own"), NETWORK];
        const scanning = scan(networks, probe, {
            pace: { ...pace, timeouts: [600, 2000] },
            signal: NEVER,
        });
        await advanceTime(10);
        await advanceTime(600);
        expect(asked).toHaveLength(254 + SAMPLE.length + 253);
        await advanceTime(2_890);
        expect((await scanning).silent).toEqual(["192.168.1.0/24"]);
    });

    test("that is stopped calls no network silent and asks nobody any more", async () => {
        const controller = new AbortController();
        const asked = [];
        const probe = async (host) => {
            asked.push(host);
            controller.abort();
            return REFUSED;
        };
        const result = await scan([NETWORK], probe, { pace, signal: controller.signal });
        expect(result).toMatchObject({ boxes: [], answered: 0, silent: [] });
        expect(asked).toEqual(SAMPLE.slice(0, 1));
    });
});
