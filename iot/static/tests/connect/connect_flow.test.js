import { describe, expect, test } from "@odoo/hoot";
import { nextState, secondsLeft, START_STATE } from "@iot/connect/connect_flow";
import { EVENTS, STATES } from "@iot/connect/connect_states";
import { replay, TOKEN, WAYS } from "./flow_helpers";
import { EXPECTED } from "./flow_table";

describe.current.tags("headless");

test("the table covers every event and every state", () => {
    expect(new Set(EXPECTED.map(({ event }) => event.type))).toEqual(
        new Set(Object.values(EVENTS))
    );
    expect(Object.keys(WAYS)).toEqual(Object.values(STATES));
});

test("each state is reached by what happens in the popup", () => {
    for (const [name, events] of Object.entries(WAYS)) {
        expect(replay(events).name).toBe(name);
    }
});

for (const { event, next } of EXPECTED) {
    test(`${JSON.stringify(event)} is acted upon in its states and ignored in all others`, () => {
        for (const [name, events] of Object.entries(WAYS)) {
            const state = replay(events);
            const before = JSON.stringify(state);
            const result = nextState(state, event);
            if (name in next) {
                expect(result).not.toBe(state, { message: `something happens in ${name}` });
                expect(result).toMatchObject(next[name], { message: name });
            } else {
                expect(result).toBe(state, { message: `nothing happens in ${name}` });
            }
            expect(JSON.stringify(state)).toBe(before, { message: "the old state is untouched" });
        }
    });
}

test("an unknown event is an error", () => {
    expect(() => nextState(START_STATE, { type: "surprise" })).toThrow("Unknown event surprise");
});

test("the time left is in whole seconds and never negative", () => {
    expect(secondsLeft(TOKEN, 0)).toBe(3600);
    expect(secondsLeft(TOKEN, 3599.2)).toBe(1);
    expect(secondsLeft(TOKEN, 3600)).toBe(0);
    expect(secondsLeft(TOKEN, 9999)).toBe(0);
});
