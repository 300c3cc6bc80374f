import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, runAllTimers } from "@odoo/hoot-mock";
import { wireOf } from "@iot/action/box_action";
import { DirectPath } from "@iot/action/direct_path";
import { json, networkOf, refuse } from "../discovery/box_answers";

describe.current.tags("headless");

const BOX = { identifier: "1000000012345678", ip: "192.168.1.20" };
const ORIGIN = "http://192.168.1.20:8069";
const ACTION = `${ORIGIN}/iot_drivers/action`;
const EVENT = `${ORIGIN}/iot_drivers/event`;
const UID = "5e0c7a7e-0c3e-4bb5-9a55-2f9a8f6e5a11";
const NEVER = new AbortController().signal;

const result = (value) => () => json({ jsonrpc: "2.0", id: null, result: value });
const paramsOf = (init) => JSON.parse(init.body).params;

function pathOf(answers, { permission, isEncryptedPage = Boolean(permission) } = {}) {
    return new DirectPath({
        fetch: networkOf(answers),
        setTimeout: (callback, time) => setTimeout(callback, time),
        isEncryptedPage,
        permissionFor: async () => permission,
        sessionId: "page",
    });
}

describe("whether a box can be reached", () => {
    test("it is asked whether it is the one that is meant", async () => {
        const path = pathOf({
            [ACTION]: (init) => {
                expect.step(paramsOf(init).device_identifier);
                return result(true)();
            },
        });
        expect(await path.plan(BOX)).toBe(ORIGIN);
        expect(await path.look(ORIGIN, BOX)).toBe(true);
        expect.verifySteps([BOX.identifier]);
        expect(await path.plan(BOX)).toBe(ORIGIN);
    });

    test("another box that has got its address is not taken for it", async () => {
        const path = pathOf({ [ACTION]: result(false) });
        expect(await path.look(ORIGIN, BOX)).toBe(false);
        expect(await path.plan(BOX)).toBe(null);
    });

    test("a box whose developer has closed this way is not used", async () => {
        const path = pathOf({ [ACTION]: () => json({ error: { code: 200 } }) });
        expect(await path.look(ORIGIN, BOX)).toBe(false);
    });

    test("a silent box is waited for once, and not by later actions", async () => {
        let looks = 0;
        const answers = {
            [ACTION]: () => {
                looks++;
                return new Promise(() => {});
            },
        };
        const path = pathOf(answers);
        const look = path.look(ORIGIN, BOX);
        await advanceTime(1500);
        expect(await look).toBe(false);
        expect(await path.plan(BOX)).toBe(null);
        expect(looks).toBe(1);
    });

    test("after a while a look aside finds it again, and the action after that uses it", async () => {
        const answers = { [ACTION]: refuse };
        const path = pathOf(answers);
        await path.look(ORIGIN, BOX);
        answers[ACTION] = result(true);
        await advanceTime(59_000);
        expect(await path.plan(BOX)).toBe(null);
        await advanceTime(100);
        expect(await path.plan(BOX)).toBe(null, { message: "too early for a look" });
        await advanceTime(1000);
        expect(await path.plan(BOX)).toBe(null, { message: "which looks aside" });
        await runAllTimers();
        expect(await path.plan(BOX)).toBe(ORIGIN);
    });

    test("what is known of one box says nothing of another", async () => {
        const path = pathOf({ [ACTION]: refuse });
        await path.look(ORIGIN, BOX);
        expect(await path.plan({ identifier: "other", ip: BOX.ip })).toBe(ORIGIN);
    });

    test("a box without an address is not tried", async () => {
        expect(await pathOf({}).plan({ ...BOX, ip: false })).toBe(null);
    });

    test("no action waits while the browser asks for the permission", async () => {
        const path = pathOf({ [ACTION]: result(true) }, { permission: "prompt" });
        expect(await path.plan(BOX)).toBe(null);
        path.permissionFor = async () => "granted";
        expect(await path.plan(BOX)).toBe(ORIGIN);
    });

    test("without the permission an https page tries no plain address", async () => {
        expect(await pathOf({}, { permission: "denied" }).plan(BOX)).toBe(null);
    });
});

describe("letting a device act", () => {
    const act = (answers) => pathOf(answers).act(ORIGIN, "p1", { action: "status" }, UID, NEVER);

    test("the id of the action is the session, which a printer tells whom it answers", async () => {
        const answer = await act({
            [ACTION]: (init) => {
                expect(paramsOf(init)).toEqual({
                    session_id: UID,
                    device_identifier: "p1",
                    data: { action: "status" },
                });
                return result(true)();
            },
        });
        expect(answer).toEqual({ arrival: "delivered", event: undefined });
    });

    test("newer boxes answer by the outcome itself", async () => {
        const event = { status: "success", owner: UID };
        expect(await act({ [ACTION]: result(event) })).toEqual({ arrival: "delivered", event });
    });

    test("a box that has no such device says so", async () => {
        expect(await act({ [ACTION]: result(false) })).toEqual({ arrival: "unknown_device" });
    });

    test("anything else may or may not have arrived", async () => {
        for (const answer of [refuse, () => json({ error: {} }), () => new Response("<html>")]) {
            expect(await act({ [ACTION]: answer })).toEqual({ arrival: "uncertain" });
        }
    });
});

describe("hearing the end", () => {
    const OURS = { owner: UID, status: "success", time: 12, device_identifier: "p1" };

    test("what others did is passed by, a warning is remembered", async () => {
        const events = [
            { owner: "other", status: "success", time: 10 },
            { owner: UID, status: "warning", message: "WARNING_LOW_PAPER", time: 11 },
            OURS,
        ];
        const path = pathOf({
            [EVENT]: (init) => {
                const { listener } = paramsOf(init);
                expect(listener.session_id).toBe("page");
                expect(listener.devices).toEqual({ p1: {} });
                const next = events.find(({ time }) => time > listener.last_event);
                return result(next)();
            },
        });
        const heard = await path.hear(ORIGIN, "p1", UID, NEVER);
        expect(heard).toEqual({ event: OURS, warning: "WARNING_LOW_PAPER" });
    });

    test("a poll that the box has forgotten is repeated before its events are gone", async () => {
        let polls = 0;
        const path = pathOf({
            [EVENT]: () => (++polls < 3 ? new Promise(() => {}) : result(OURS)()),
        });
        const heard = path.hear(ORIGIN, "p1", UID, NEVER);
        await advanceTime(4000);
        await advanceTime(4000);
        expect((await heard).event).toEqual(OURS);
        expect(polls).toBe(3);
    });

    test("a broken poll is repeated, a box that is gone is left", async () => {
        let polls = 0;
        const answers = { [EVENT]: () => (++polls === 1 ? refuse() : result(OURS)()) };
        const heard = pathOf(answers).hear(ORIGIN, "p1", UID, NEVER);
        await advanceTime(1000);
        expect((await heard).event).toEqual(OURS);

        const lost = pathOf({ [EVENT]: refuse }).hear(ORIGIN, "p1", UID, NEVER);
        for (let poll = 0; poll < 5; poll++) {
            await advanceTime(1000);
        }
        expect(await lost).toBe(null);
    });

    test("it ends with its signal", async () => {
        const controller = new AbortController();
        const path = pathOf({ [EVENT]: () => new Promise(() => {}) });
        const heard = path.hear(ORIGIN, "p1", UID, controller.signal);
        controller.abort();
        await advanceTime(1000);
        expect(await heard).toBe(null);
    });
});

test("printing a document is the action without a name", () => {
    expect(wireOf("print", { document: "JVBE" }, UID)).toEqual({
        document: "JVBE",
        action_unique_id: UID,
    });
    expect(wireOf("read_once", {}, UID)).toEqual({ action: "read_once", action_unique_id: UID });
});
