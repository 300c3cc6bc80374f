import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, freezeTime } from "@odoo/hoot-mock";
import { GENTLE, scan, SWIFT } from "@iot/discovery/scan";

describe.current.tags("headless");

const NEVER = new AbortController().signal;
const SILENT = { failure: "silent" };
const REFUSED = { failure: "unreachable" };

const own = (...hosts) => ({ kind: "own", label: "own", hosts });
const numbered = (count) => Array.from({ length: count }, (_, index) => `h${index + 100}`);

test("hosts that are asked ahead get their full time from when it is their turn", async () => {
    freezeTime(); // the millisecond before the end must not pass by itself
    const asked = [];
    const silenced = [];
    const probe = (host, { deadline }) => {
        asked.push(host);
        return new Promise((resolve) =>
            deadline.addEventListener("abort", () => {
                silenced.push(host);
                resolve(SILENT);
            })
        );
    };
    const scanning = scan([own(...numbered(5))], probe, {
        pace: { timeouts: [600], concurrency: 2, ahead: 2 },
        signal: NEVER,
    });
    expect(asked).toEqual(["h100", "h101", "h102", "h103"]);
    await advanceTime(599);
    expect(silenced).toEqual([]);
    await advanceTime(1);
    expect(silenced).toEqual(["h100", "h101"]);
    expect(asked).toEqual(numbered(5));
    await advanceTime(600);
    expect(silenced).toEqual(["h100", "h101", "h102", "h103"]);
    await advanceTime(600);
    await scanning;
    expect(silenced).toEqual(numbered(5));
});

test("the turn of a host that answers ahead of it is given to the next", async () => {
    const silenced = [];
    const probe = (host, { deadline }) =>
        host === "h101"
            ? Promise.resolve(REFUSED)
            : new Promise((resolve) =>
                  deadline.addEventListener("abort", () => {
                      silenced.push(host);
                      resolve(SILENT);
                  })
              );
    const scanning = scan([own("h100", "h101", "h102")], probe, {
        pace: { timeouts: [600], concurrency: 1, ahead: 2 },
        signal: NEVER,
    });
    await advanceTime(600);
    await advanceTime(600);
    expect(silenced).toEqual(["h100", "h102"]);
    await scanning;
});

test("a /24 is asked at once when in a hurry, and in small portions when gentle", () => {
    expect([SWIFT.concurrency, SWIFT.timeouts.length]).toEqual([254, 2]);
    expect([GENTLE.concurrency, GENTLE.ahead, GENTLE.timeouts.length]).toEqual([16, undefined, 1]);
});
