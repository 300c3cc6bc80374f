import { describe, expect, test } from "@odoo/hoot";
import { EVENTS, nextState, secondsLeft, START_STATE, STATES } from "@iot/connect/connect_flow";

describe.current.tags("headless");

const TOKEN = { id: 7, url: "http://odoo?token=t", pipe: "http://odoo|t||", deadline: 3600 };
const USED = { type: EVENTS.USED, tokenId: 7, boxId: 3, boxName: "Bar" };
const REVOKED = { type: EVENTS.REVOKED, tokenId: 7 };
const USED_OTHER = { ...USED, tokenId: 8, boxName: "Kitchen" };
const REVOKED_OTHER = { ...REVOKED, tokenId: 8 };
const PROBLEM = { reason: "connection_lost", detail: undefined };

/** Each state as the popup reaches it. */
const REACHED = {
    [STATES.START]: START_STATE,
    [STATES.MINTING]: { name: STATES.MINTING, early: [] },
    [STATES.TOKEN]: { name: STATES.TOKEN, tokenId: 7, token: TOKEN },
    [STATES.REVOKING]: { name: STATES.REVOKING, tokenId: 7, token: TOKEN },
    [STATES.EXPIRED]: { name: STATES.EXPIRED, tokenId: 7 },
    [STATES.REVOKED]: { name: STATES.REVOKED, tokenId: 7 },
    [STATES.FAILED]: { name: STATES.FAILED, reason: "base_url_path", baseUrl: "http://o/x" },
    [STATES.CONNECTED]: { name: STATES.CONNECTED, boxId: 3, boxName: "Bar" },
};

/** Event → the states it leads to, by the state it meets; in all others nothing happens. */
const EXPECTED = [
    {
        event: { type: EVENTS.MINT },
        next: Object.fromEntries(
            [STATES.START, STATES.EXPIRED, STATES.REVOKED, STATES.FAILED].map((name) => [
                name,
                { name: STATES.MINTING, early: [] },
            ])
        ),
    },
    {
        event: { type: EVENTS.MINTED, token: TOKEN },
        next: { [STATES.MINTING]: REACHED[STATES.TOKEN] },
    },
    {
        event: { type: EVENTS.MINT_FAILED, reason: "base_url_path", baseUrl: "http://o/x" },
        next: { [STATES.MINTING]: { ...REACHED[STATES.FAILED], detail: undefined } },
    },
    { event: { type: EVENTS.TICK, now: 3599 }, next: {} },
    {
        event: { type: EVENTS.TICK, now: 3600 },
        next: {
            [STATES.TOKEN]: REACHED[STATES.EXPIRED],
            [STATES.REVOKING]: REACHED[STATES.EXPIRED],
        },
    },
    {
        event: { type: EVENTS.REVOKE },
        next: { [STATES.TOKEN]: REACHED[STATES.REVOKING] },
    },
    {
        event: REVOKED,
        next: {
            [STATES.MINTING]: { name: STATES.MINTING, early: [REVOKED] },
            [STATES.TOKEN]: REACHED[STATES.REVOKED],
            [STATES.REVOKING]: REACHED[STATES.REVOKED],
            [STATES.EXPIRED]: REACHED[STATES.REVOKED],
            [STATES.REVOKED]: REACHED[STATES.REVOKED],
        },
    },
    {
        event: { type: EVENTS.REVOKE_FAILED, reason: "connection_lost" },
        next: { [STATES.REVOKING]: { ...REACHED[STATES.TOKEN], problem: PROBLEM } },
    },
    {
        event: USED,
        next: {
            [STATES.MINTING]: { name: STATES.MINTING, early: [USED] },
            [STATES.TOKEN]: REACHED[STATES.CONNECTED],
            [STATES.REVOKING]: REACHED[STATES.CONNECTED],
            [STATES.EXPIRED]: REACHED[STATES.CONNECTED],
            [STATES.REVOKED]: REACHED[STATES.CONNECTED],
        },
    },
    {
        event: REVOKED_OTHER,
        next: { [STATES.MINTING]: { name: STATES.MINTING, early: [REVOKED_OTHER] } },
    },
    {
        event: USED_OTHER,
        next: { [STATES.MINTING]: { name: STATES.MINTING, early: [USED_OTHER] } },
    },
];

const replay = (events) => events.reduce(nextState, START_STATE);

test("the table covers every event", () => {
    expect(new Set(EXPECTED.map(({ event }) => event.type))).toEqual(
        new Set(Object.values(EVENTS))
    );
    expect(Object.keys(REACHED)).toEqual(Object.values(STATES));
});

for (const { event, next } of EXPECTED) {
    test(`${JSON.stringify(event)} is acted upon in its states and ignored in all others`, () => {
        for (const [name, state] of Object.entries(REACHED)) {
            const before = JSON.stringify(state);
            const result = nextState(state, event);
            if (name in next) {
                expect(result).toEqual(next[name], { message: name });
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

test("a failure is recovered from, up to the connected box", () => {
    const state = replay([
        { type: EVENTS.MINT },
        { type: EVENTS.MINT_FAILED, reason: "connection_lost" },
        { type: EVENTS.MINT },
        { type: EVENTS.MINTED, token: TOKEN },
        { type: EVENTS.TICK, now: 10 },
        { type: EVENTS.REVOKE },
        { type: EVENTS.REVOKE_FAILED, reason: "connection_lost" },
        USED,
    ]);
    expect(state).toEqual({ name: STATES.CONNECTED, boxId: 3, boxName: "Bar" });
});

test("revoking again forgets why it failed before", () => {
    const state = replay([
        { type: EVENTS.MINT },
        { type: EVENTS.MINTED, token: TOKEN },
        { type: EVENTS.REVOKE },
        { type: EVENTS.REVOKE_FAILED, reason: "connection_lost" },
        { type: EVENTS.REVOKE },
    ]);
    expect(state).toEqual({ name: STATES.REVOKING, tokenId: 7, token: TOKEN });
});

test("a box that is faster than the answer of the server is not missed", () => {
    const state = replay([
        { type: EVENTS.MINT },
        USED_OTHER,
        USED,
        { type: EVENTS.MINTED, token: TOKEN },
    ]);
    expect(state).toEqual({ name: STATES.CONNECTED, boxId: 3, boxName: "Bar" });
});

test("what was said of other tokens before the answer does not matter", () => {
    const state = replay([
        { type: EVENTS.MINT },
        USED_OTHER,
        REVOKED_OTHER,
        { type: EVENTS.MINTED, token: TOKEN },
    ]);
    expect(state).toEqual({ name: STATES.TOKEN, tokenId: 7, token: TOKEN });
});

test("a new token is not confused with the one before", () => {
    const state = replay([
        { type: EVENTS.MINT },
        { type: EVENTS.MINTED, token: TOKEN },
        { type: EVENTS.TICK, now: 3600 },
        { type: EVENTS.MINT },
        { type: EVENTS.MINTED, token: { ...TOKEN, id: 9 } },
        USED,
    ]);
    expect(state.name).toBe(STATES.TOKEN);
    expect(state.tokenId).toBe(9);
});

test("an expired or revoked token is forgotten, all but its id", () => {
    const shown = [{ type: EVENTS.MINT }, { type: EVENTS.MINTED, token: TOKEN }];
    expect(replay([...shown, { type: EVENTS.TICK, now: 4000 }]).token).toBe(undefined);
    expect(replay([...shown, REVOKED]).token).toBe(undefined);
});

test("the time left is in whole seconds and never negative", () => {
    expect(secondsLeft(TOKEN, 0)).toBe(3600);
    expect(secondsLeft(TOKEN, 3599.2)).toBe(1);
    expect(secondsLeft(TOKEN, 3600)).toBe(0);
    expect(secondsLeft(TOKEN, 9999)).toBe(0);
});
