import { describe, expect, test } from "@odoo/hoot";
import { nextState, START_STATE } from "@iot/connect/connect_flow";
import { EVENTS, STATES } from "@iot/connect/connect_states";
import { selectedBox } from "@iot/connect/search_flow";
import { ELSEWHERE, FREE, HERE, HINTS, LOST, OTHER_FREE, replay, searchEnds } from "./flow_helpers";

describe.current.tags("headless");

const found = (box, id = 1) => ({ type: EVENTS.FOUND, id, box });
const progress = (pass) => ({
    type: EVENTS.PROGRESS,
    id: 1,
    progress: { pass, done: 0, total: 9 },
});
const STOP = { type: EVENTS.STOP };

describe("one free box", () => {
    test("it is connected by itself when the search ends", () => {
        expect(replay(searchEnds([FREE]))).toMatchObject({
            name: STATES.HANDING_OVER,
            box: FREE,
            identifier: "box11",
        });
    });

    test("not before: a slow one may be the one that is meant", () => {
        expect(replay([found(FREE), progress(1)]).name).toBe(STATES.SEARCHING);
    });

    test("boxes that are connected already do not matter", () => {
        expect(replay(searchEnds([HERE, ELSEWHERE, FREE])).box).toBe(FREE);
    });

    for (const { what, events } of [
        { what: "stops the search", events: [found(FREE), STOP] },
        {
            what: "marks it",
            events: [found(FREE), { type: EVENTS.SELECT, host: FREE.host }, progress(1)],
        },
        {
            what: "opens a form and comes back",
            events: [{ type: EVENTS.ENTER_CODE }, { type: EVENTS.BACK }, ...searchEnds([FREE])],
        },
        {
            what: "opened a form meanwhile",
            events: [{ type: EVENTS.ENTER_TARGET }, ...searchEnds([FREE]), { type: EVENTS.BACK }],
        },
    ]) {
        test(`nothing happens by itself when the user ${what}`, () => {
            const state = replay(events);
            expect([STATES.SEARCHING, STATES.CHOOSING]).toInclude(state.name);
            expect(state.search.boxes).toEqual([FREE]);
        });
    }

    test("nothing happens by itself after something failed", () => {
        const state = replay([
            ...searchEnds([FREE]),
            { type: EVENTS.ATTEMPT_FAILED, attempt: 2, reason: "box_unreachable" },
            { type: EVENTS.SEARCH },
            { type: EVENTS.SEARCH_ENDED, id: 3, boxes: [FREE], permission: "granted" },
        ]);
        expect(state.name).toBe(STATES.CHOOSING);
        expect(selectedBox(state.search)).toBe(FREE);
    });
});

describe("which box", () => {
    test("a box that takes itself for ours is not reconnected by itself", () => {
        expect(replay(searchEnds([LOST])).name).toBe(STATES.CHOOSING);
        expect(replay(searchEnds([LOST, FREE])).name).toBe(STATES.CHOOSING);
        const state = replay([...searchEnds([LOST]), { type: EVENTS.CONNECT }]);
        expect(state).toMatchObject({ name: STATES.HANDING_OVER, box: LOST });
    });

    test("of several none is marked before the user does", () => {
        const state = replay(searchEnds([FREE, OTHER_FREE]));
        expect(selectedBox(state.search)).toBe(undefined);
        expect(nextState(state, { type: EVENTS.CONNECT })).toBe(state);
    });

    for (const box of [HERE, ELSEWHERE]) {
        test(`a box that is connected ${box.status} is never taken over`, () => {
            const state = replay(searchEnds([box]));
            expect(state.name).toBe(STATES.CHOOSING);
            expect(nextState(state, { type: EVENTS.SELECT, host: box.host })).toBe(state);
            expect(nextState(state, { type: EVENTS.CONNECT })).toBe(state);
        });
    }

    test("a marked box can be connected while the search goes on, which ends it", () => {
        const state = replay([
            found(FREE),
            found(OTHER_FREE),
            { type: EVENTS.SELECT, host: OTHER_FREE.host },
            { type: EVENTS.CONNECT },
        ]);
        expect(state).toMatchObject({ name: STATES.HANDING_OVER, box: OTHER_FREE });
        expect(state.search.isRunning).toBe(false);
    });

    test("a box found twice is shown once", () => {
        expect(replay([found(FREE), ...searchEnds([FREE, HERE])]).search.boxes).toEqual([
            FREE,
            HERE,
        ]);
    });
});

describe("searching again", () => {
    test("what an earlier search finds late does not matter", () => {
        const state = replay([STOP, { type: EVENTS.SEARCH }]);
        expect(nextState(state, found(FREE))).toBe(state);
        expect(nextState(state, searchEnds([FREE])[0])).toBe(state);
    });

    test("a gentle search stays gentle, and automatic only when asked to", () => {
        const state = replay([
            STOP,
            { type: EVENTS.SEARCH, isGentle: true, isAutomatic: true },
            STOP,
            { type: EVENTS.SEARCH },
        ]);
        expect(state.search).toMatchObject({ isGentle: true, isAutomatic: false });
    });

    test("a failure is recovered from, up to the only box", () => {
        const state = replay([
            { type: EVENTS.SEARCH_FAILED, id: 1, reason: "connection_lost" },
            { type: EVENTS.RETRY },
            { type: EVENTS.SEARCH_ENDED, id: 2, boxes: [FREE], permission: "granted" },
        ]);
        expect(state.name).toBe(STATES.HANDING_OVER);
    });

    test("boxes found before a failure stay", () => {
        const state = replay([
            found(FREE),
            { type: EVENTS.SEARCH_FAILED, id: 1, reason: "connection_lost" },
        ]);
        expect(state.name).not.toBe(STATES.FAILED);
        expect(state.search.boxes).toEqual([FREE]);
    });
});

describe("a target", () => {
    const submit = (target) =>
        replay([{ type: EVENTS.ENTER_TARGET }, { type: EVENTS.SUBMIT_TARGET, target }]);

    test("an address is searched, and never connected by itself", () => {
        const state = submit("192.168.1.20");
        expect(state.search).toMatchObject({ target: "192.168.1.20", isAutomatic: false });
        const end = { type: EVENTS.SEARCH_ENDED, boxes: [FREE], id: state.search.id };
        expect(nextState(state, end).name).toBe(STATES.CHOOSING);
    });

    test("a large network is searched with consent only", () => {
        const state = submit("10.0.0.0/22");
        expect(state).toMatchObject({ name: STATES.CONSENT, size: 1022 });
        const agreed = nextState(state, { type: EVENTS.AGREE });
        expect(agreed.search).toMatchObject({ target: "10.0.0.0/22", hasConsent: true });
        // asking for it once more is no reason to ask for consent once more
        const again = [STOP, { type: EVENTS.SEARCH }].reduce(nextState, agreed);
        expect(again.search).toMatchObject({ target: "10.0.0.0/22", hasConsent: true });
    });

    test("nonsense is told, corrected and searched", () => {
        const state = submit("10.0.0.0/8");
        expect(state).toMatchObject({
            name: STATES.TARGET,
            target: "10.0.0.0/8",
            problem: { reason: "target_too_large" },
        });
        const next = nextState(state, { type: EVENTS.SUBMIT_TARGET, target: "10.0.0.0/24" });
        expect(next.name).toBe(STATES.SEARCHING);
    });

    test("from there the usual places are one event away", () => {
        const state = [STOP, { type: EVENTS.SEARCH_EVERYWHERE }].reduce(
            nextState,
            submit("192.168.1.20")
        );
        expect(state).toMatchObject({ name: STATES.SEARCHING, search: { target: "" } });
    });
});

test("a box that is found needs no permission, whatever the browser says", () => {
    const state = replay([{ type: EVENTS.PERMISSION, id: 1, permission: "prompt" }, found(FREE)]);
    expect(state.name).toBe(STATES.SEARCHING);
});

test("the popup begins by searching", () => {
    expect(START_STATE.name).toBe(STATES.SEARCHING);
    expect(START_STATE.search).toMatchObject({ isRunning: true, isAutomatic: true });
});

test("a box that is connected by now leaves the choice of the other one to the user", () => {
    const state = replay([...searchEnds([FREE, LOST]), { type: EVENTS.HINTED, hints: HINTS }]);
    expect(state.name).toBe(STATES.CHOOSING);
    expect(state.search.boxes.map(({ status }) => status)).toEqual(["free", "here"]);
});
