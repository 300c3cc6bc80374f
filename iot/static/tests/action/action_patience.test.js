import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { ConnectionLostError } from "@web/core/network/rpc";
import { REQUEST, setUp } from "./action_page";

describe.current.tags("headless");

const PATIENCE = 20_000;
const FAR = { look: () => false };
const OFFLINE = { ...REQUEST, state: "queued", reason: "offline" };
const never = () => new Promise(() => {});
const lost = () => Promise.reject(new ConnectionLostError("/web/dataset/call_kw"));
const settle = () => advanceTime(1);

/** What has become of a request by now; undefined when nothing yet. */
async function now(sent) {
    let end;
    sent.then(({ status, reason }) => (end = [status, reason]));
    await settle();
    return end;
}

test("a box that is offline is not waited for, and does nothing when it comes back", async () => {
    const page = setUp(
        {
            take_over_direct: () => OFFLINE,
            give_up: () => ({ ...REQUEST, state: "expired", reason: "offline" }),
        },
        FAR
    );
    expect(await now(page.send(PATIENCE))).toEqual(["expired", "offline"]);
    expect(page.calls.at(-1)).toBe("give_up");
});

test("without patience it is waited for", async () => {
    const page = setUp({ take_over_direct: () => OFFLINE, read_outcome: () => [OFFLINE] }, FAR);
    const sent = page.send();
    await advanceTime(PATIENCE);
    expect(await now(sent)).toBe(undefined);
    expect(page.calls).not.toInclude("give_up");
});

test("what waits for its turn is given up in the end", async () => {
    const busy = { ...REQUEST, state: "queued", reason: "busy" };
    const page = setUp(
        {
            take_over_direct: () => busy,
            read_outcome: () => [busy],
            give_up: () => ({ ...REQUEST, state: "expired", reason: "expired_in_queue" }),
        },
        FAR
    );
    const sent = page.send(PATIENCE);
    await advanceTime(PATIENCE - 1000);
    expect(await now(sent)).toBe(undefined);
    await advanceTime(1000);
    expect(await now(sent)).toEqual(["expired", "expired_in_queue"]);
});

test("of what was sent nobody knows", async () => {
    const page = setUp({}, FAR);
    const sent = page.send(PATIENCE);
    await advanceTime(PATIENCE);
    expect(await now(sent)).toEqual(["expired", "no_answer"]);
});

test("a device that acts directly but does not answer is waited for no longer", async () => {
    const page = setUp({}, { act: never });
    const sent = page.send(PATIENCE);
    await advanceTime(PATIENCE);
    expect(await now(sent)).toEqual(["expired", "no_answer"]);
});

describe("a server", () => {
    test("that is silent holds nobody up", async () => {
        const page = setUp({ request_action: never }, FAR);
        const sent = page.send(PATIENCE);
        await advanceTime(PATIENCE);
        expect(await now(sent)).toBe(undefined);
        await advanceTime(2000);
        expect(await now(sent)).toEqual(["expired", "no_answer"]);
    });

    test("that gets lost holds nobody up", async () => {
        const page = setUp({ give_up: lost }, FAR);
        const sent = page.send(PATIENCE);
        await advanceTime(PATIENCE);
        await advanceTime(2000);
        expect(await now(sent)).toEqual(["expired", "no_answer"]);
    });
});

test("who has the answer in time is asked nothing more", async () => {
    const page = setUp();
    expect((await page.send(PATIENCE)).result).toBe(1.25);
    await advanceTime(PATIENCE);
    expect(page.calls).not.toInclude("give_up");
});
