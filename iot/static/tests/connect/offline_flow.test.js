import { describe, expect, test } from "@odoo/hoot";
import { EVENTS, STATES } from "@iot/connect/connect_states";
import { replay, REVOKED, TOKEN, USED } from "./flow_helpers";

describe.current.tags("headless");

const USED_OTHER = { ...USED, tokenId: 8, boxName: "Kitchen" };
const REVOKED_OTHER = { ...REVOKED, tokenId: 8 };
const MINT = { type: EVENTS.MINT };
const MINTED = { type: EVENTS.MINTED, token: TOKEN };
const CONNECTED = { name: STATES.CONNECTED, boxId: 3, boxName: "Bar" };

test("a failure is recovered from, up to the connected box", () => {
    const state = replay([
        MINT,
        { type: EVENTS.MINT_FAILED, reason: "connection_lost" },
        { type: EVENTS.RETRY },
        MINTED,
        { type: EVENTS.TICK, now: 10 },
        { type: EVENTS.REVOKE },
        { type: EVENTS.REVOKE_FAILED, reason: "connection_lost" },
        USED,
    ]);
    expect(state).toMatchObject(CONNECTED);
});

test("revoking again forgets why it failed before", () => {
    const state = replay([
        MINT,
        MINTED,
        { type: EVENTS.REVOKE },
        { type: EVENTS.REVOKE_FAILED, reason: "connection_lost" },
        { type: EVENTS.REVOKE },
    ]);
    expect(state.name).toBe(STATES.REVOKING);
    expect(state.problem).toBe(undefined);
});

test("a box that is faster than the answer of the server is not missed", () => {
    expect(replay([MINT, USED_OTHER, USED, MINTED])).toMatchObject(CONNECTED);
});

test("what was said of other tokens before the answer does not matter", () => {
    const state = replay([MINT, USED_OTHER, REVOKED_OTHER, MINTED]);
    expect(state).toMatchObject({ name: STATES.TOKEN, tokenId: 7 });
});

test("a new token is not confused with the one before", () => {
    const state = replay([
        MINT,
        MINTED,
        { type: EVENTS.TICK, now: 3600 },
        MINT,
        { type: EVENTS.MINTED, token: { ...TOKEN, id: 9 } },
        USED,
    ]);
    expect(state).toMatchObject({ name: STATES.TOKEN, tokenId: 9 });
});

test("an expired or revoked token is forgotten, all but its id", () => {
    expect(replay([MINT, MINTED, { type: EVENTS.TICK, now: 4000 }]).token).toBe(undefined);
    expect(replay([MINT, MINTED, REVOKED]).token).toBe(undefined);
});

test("offline pairing ends the search", () => {
    expect(replay([MINT]).search).toBe(undefined);
});

test("a connection by a token that somebody carried cannot be undone here", () => {
    const state = replay([MINT, MINTED, USED]);
    expect(state.tokenId).toBe(undefined);
});
