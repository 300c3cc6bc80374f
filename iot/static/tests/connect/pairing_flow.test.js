import { describe, expect, test } from "@odoo/hoot";
import { nextState } from "@iot/connect/connect_flow";
import { EVENTS, STATES } from "@iot/connect/connect_states";
import { FREE, HERE, LOST, OTHER_FREE, replay, searchEnds, USED, WAYS } from "./flow_helpers";

describe.current.tags("headless");

const CODE = FREE.pairingCode;
const ENTER = { type: EVENTS.ENTER_CODE };
const submit = (code) => ({ type: EVENTS.SUBMIT_CODE, code });
const TWO = searchEnds([FREE, OTHER_FREE]);

describe("pairing code", () => {
    test("the box that shows it gets the token from this browser", () => {
        const state = replay([...TWO, ENTER, submit(CODE.toLowerCase().replaceAll("-", " "))]);
        expect(state).toMatchObject({ name: STATES.HANDING_OVER, box: FREE });
    });

    test("a running search is waited for, until it finds the box", () => {
        const waiting = replay([ENTER, submit(CODE)]);
        expect(waiting.name).toBe(STATES.RESOLVING);
        const found = { type: EVENTS.FOUND, id: 1, box: OTHER_FREE };
        expect(nextState(waiting, found).name).toBe(STATES.RESOLVING);
        const state = nextState(waiting, { ...found, box: FREE });
        expect(state).toMatchObject({ name: STATES.HANDING_OVER, box: FREE });
        expect(state.search.isRunning).toBe(false);
    });

    test("or until it ends; then the broker is asked", () => {
        const state = replay([ENTER, submit(CODE), ...searchEnds([OTHER_FREE])]);
        expect(state).toMatchObject({ name: STATES.CLAIMING, code: CODE });
    });

    test("or until the user does not want to wait; no box is asked any more", () => {
        const state = replay([ENTER, submit(CODE), { type: EVENTS.STOP }]);
        expect(state.name).toBe(STATES.CLAIMING);
        expect(state.search.isRunning).toBe(false);
    });

    test("nobody waits for a question of the browser", () => {
        const asked = { type: EVENTS.PERMISSION, id: 1, permission: "prompt" };
        expect(replay([asked, ENTER, submit(CODE)]).name).toBe(STATES.CLAIMING);
    });

    test("a code of a connected box does not take it over", () => {
        const connected = { ...HERE, pairingCode: CODE };
        const state = replay([...searchEnds([connected]), ENTER, submit(CODE)]);
        expect(state.name).toBe(STATES.CLAIMING);
    });

    test("a wrong code is told beside the form, corrected, and the box connected", () => {
        const wrong = replay([
            ...TWO,
            ENTER,
            submit("XXX"),
            { type: EVENTS.ATTEMPT_FAILED, attempt: 2, reason: "unknown_code" },
        ]);
        expect(wrong).toMatchObject({
            name: STATES.CODE,
            code: "XXX",
            problem: { reason: "unknown_code" },
        });
        const state = [
            submit("YYY"),
            { type: EVENTS.TOKEN_MADE, attempt: 3, tokenId: 7 },
            { type: EVENTS.HANDED_OVER, attempt: 3, identifier: "far", now: 0 },
        ].reduce(nextState, wrong);
        expect(state).toMatchObject({ name: STATES.WAITING, identifier: "far" });
        expect(nextState(state, USED)).toMatchObject({ name: STATES.CONNECTED, boxName: "Bar" });
    });

    test("no code is no question", () => {
        const state = replay([...TWO, ENTER, submit(" - ")]);
        expect(state).toMatchObject({ name: STATES.CODE, problem: { reason: "code_empty" } });
    });

    test("a code that led to no box is there for another try", () => {
        const state = replay([
            ...WAYS[STATES.CLAIMING],
            { type: EVENTS.TOKEN_MADE, attempt: 2, tokenId: 7 },
            { type: EVENTS.HANDED_OVER, attempt: 2, identifier: "far", now: 0 },
            { type: EVENTS.TICK, now: 120 },
            { type: EVENTS.RETRY },
        ]);
        expect(state).toMatchObject({ name: STATES.CODE, code: "XXX-XXX-XXX" });
    });
});

describe("attempts", () => {
    test("a failure is recovered from, up to the connected box", () => {
        const state = replay([
            ...WAYS[STATES.FAILED],
            { type: EVENTS.RETRY },
            { type: EVENTS.TOKEN_MADE, attempt: 3, tokenId: 7 },
            { type: EVENTS.HANDED_OVER, attempt: 3, identifier: "box11", now: 0 },
            { type: EVENTS.TICK, now: 120 },
            { type: EVENTS.KEEP_WAITING, now: 130 },
            USED,
        ]);
        expect(state).toMatchObject({ name: STATES.CONNECTED, boxId: 3, tokenId: 7 });
    });

    test("the answers of an attempt that is over do not matter", () => {
        const state = replay([...WAYS[STATES.FAILED], { type: EVENTS.RETRY }]);
        for (const type of [EVENTS.TOKEN_MADE, EVENTS.HANDED_OVER, EVENTS.ATTEMPT_FAILED]) {
            expect(nextState(state, { type, attempt: 2 })).toBe(state);
        }
    });

    test("a failed or abandoned attempt forgets its token, which the popup then revokes", () => {
        const made = [
            ...WAYS[STATES.HANDING_OVER],
            { type: EVENTS.TOKEN_MADE, attempt: 2, tokenId: 7 },
        ];
        const failed = { type: EVENTS.ATTEMPT_FAILED, attempt: 2, reason: "box_refused" };
        expect(replay([...made, failed]).tokenId).toBe(undefined);
        const late = WAYS[STATES.TIMED_OUT];
        for (const type of [EVENTS.RETRY, EVENTS.BACK, EVENTS.SEARCH, EVENTS.MINT]) {
            expect(replay([...late, { type }]).tokenId).toBe(undefined);
        }
    });

    test("a box that is faster than the answer of this network is connected", () => {
        const state = replay([
            ...WAYS[STATES.HANDING_OVER],
            { type: EVENTS.TOKEN_MADE, attempt: 2, tokenId: 7 },
            USED,
        ]);
        expect(state).toMatchObject({ name: STATES.CONNECTED, box: FREE });
        const late = { type: EVENTS.ATTEMPT_FAILED, attempt: 2, reason: "box_unreachable" };
        expect(nextState(state, late)).toBe(state);
    });

    test("the box connected by another window ends in a true state, without Undo", () => {
        const seen = { type: EVENTS.BOX_SEEN, identifier: "box11", boxId: 3, boxName: "Bar" };
        const state = replay([...WAYS[STATES.WAITING], seen]);
        expect(state).toMatchObject({ name: STATES.CONNECTED, isByOther: true });
        expect(nextState(state, { type: EVENTS.UNDO })).toBe(state);
    });

    test("another box that another window connected is not ours", () => {
        const seen = { type: EVENTS.BOX_SEEN, identifier: "box12", boxId: 4, boxName: "Hall" };
        const state = replay(WAYS[STATES.WAITING]);
        expect(nextState(state, seen)).toBe(state);
    });
});

describe("the doctor", () => {
    test("a box that registers meanwhile is connected", () => {
        const state = replay([...WAYS[STATES.TIMED_OUT], { type: EVENTS.DIAGNOSE }, USED]);
        expect(state).toMatchObject({ name: STATES.CONNECTED, boxName: "Bar" });
    });

    test("it leads back to where it was asked", () => {
        for (const name of [STATES.TIMED_OUT, STATES.FAILED, STATES.NOTHING_FOUND]) {
            const before = replay(WAYS[name]);
            const state = [{ type: EVENTS.DIAGNOSE }, { type: EVENTS.BACK }].reduce(
                nextState,
                before
            );
            expect(state).toEqual({ ...before, attempt: state.attempt });
        }
    });

    test("it leads on from there, and what it was asked about is given up", () => {
        const asked = [...WAYS[STATES.TIMED_OUT], { type: EVENTS.DIAGNOSE }];
        for (const [type, name] of [
            [EVENTS.SEARCH, STATES.SEARCHING],
            [EVENTS.ENTER_TARGET, STATES.TARGET],
            [EVENTS.ENTER_CODE, STATES.CODE],
        ]) {
            const state = replay([...asked, { type }]);
            expect(state.name).toBe(name);
            expect(state.tokenId).toBe(undefined);
            expect(state.checks).toBe(undefined);
        }
    });

    test("a code that was typed before it is still there", () => {
        const typed = [...WAYS[STATES.CODE], { type: EVENTS.SUBMIT_CODE, code: "-" }];
        const state = replay([...typed, { type: EVENTS.DIAGNOSE }, { type: EVENTS.ENTER_CODE }]);
        expect(state).toMatchObject({ name: STATES.CODE, code: "-" });
    });

    test("a visit that is over tells nothing to the next one", () => {
        const DIAGNOSE = { type: EVENTS.DIAGNOSE };
        const state = replay([...TWO, DIAGNOSE, { type: EVENTS.BACK }, DIAGNOSE]);
        expect(nextState(state, { type: EVENTS.DIAGNOSED, attempt: 2, report: "old" })).toBe(state);
    });
});

test("an undoing that failed can be repeated, and leads to a search", () => {
    const state = replay([
        ...WAYS[STATES.UNDOING],
        { type: EVENTS.UNDO_FAILED, attempt: 2, reason: "connection_lost" },
        { type: EVENTS.UNDO },
        { type: EVENTS.UNDONE, attempt: 2, isBoxTold: true },
        { type: EVENTS.SEARCH },
    ]);
    expect(state.name).toBe(STATES.SEARCHING);
    expect(state.search.isAutomatic).toBe(false);
});

test("a lost box is reconnected on request", () => {
    const state = replay([...searchEnds([LOST]), { type: EVENTS.CONNECT }]);
    expect(state).toMatchObject({ name: STATES.HANDING_OVER, box: LOST });
});
