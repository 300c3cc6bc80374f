/**
 * The flow of the popup that connects a box, as a function of facts: no clock, no network, no DOM.
 * The popup renders one state at a time and sends events; only this file decides what follows.
 */

export const STATES = Object.freeze({
    START: "start",
    MINTING: "minting",
    TOKEN: "token",
    REVOKING: "revoking",
    EXPIRED: "expired",
    REVOKED: "revoked",
    FAILED: "failed",
    CONNECTED: "connected",
});

export const EVENTS = Object.freeze({
    /** The user asks for a (new) token. */
    MINT: "mint",
    /** The server answered: `{ token: { id, url, pipe, warning, deadline } }`. */
    MINTED: "minted",
    /** The server refused or could not be asked: `{ reason, baseUrl?, detail? }`. */
    MINT_FAILED: "mint_failed",
    /** Time passes: `{ now }`, in seconds of the same monotonic clock as the deadline of the token. */
    TICK: "tick",
    /** The user asks to revoke the token shown. */
    REVOKE: "revoke",
    /** A token is revoked, from here or from elsewhere: `{ tokenId }`. */
    REVOKED: "revoked",
    /** The token could not be revoked: `{ reason, detail? }`. */
    REVOKE_FAILED: "revoke_failed",
    /** A box presented a token: `{ tokenId, boxId, boxName }`. */
    USED: "used",
});

export const START_STATE = Object.freeze({ name: STATES.START });

const MINTABLE = [STATES.START, STATES.EXPIRED, STATES.REVOKED, STATES.FAILED];

/** Whether `state` is about the token that `event` speaks of; messages on other tokens are ignored. */
const concerns = (state, event) => state.tokenId !== undefined && state.tokenId === event.tokenId;

/** What the bus says before the answer of the server is kept until the id of our token is known. */
const keepForLater = (state, event) => ({ ...state, early: [...state.early, event] });

const TRANSITIONS = {
    [EVENTS.MINT]: (state) =>
        MINTABLE.includes(state.name) ? { name: STATES.MINTING, early: [] } : state,

    [EVENTS.MINTED]: (state, { token }) =>
        state.name === STATES.MINTING
            ? state.early.reduce(nextState, { name: STATES.TOKEN, tokenId: token.id, token })
            : state,

    [EVENTS.MINT_FAILED]: (state, { reason, baseUrl, detail }) =>
        state.name === STATES.MINTING ? { name: STATES.FAILED, reason, baseUrl, detail } : state,

    [EVENTS.TICK]: (state, { now }) =>
        state.token && now >= state.token.deadline
            ? { name: STATES.EXPIRED, tokenId: state.tokenId }
            : state,

    [EVENTS.REVOKE]: (state) =>
        state.name === STATES.TOKEN
            ? { name: STATES.REVOKING, tokenId: state.tokenId, token: state.token }
            : state,

    [EVENTS.REVOKED]: (state, event) => {
        if (state.name === STATES.MINTING) {
            return keepForLater(state, event);
        }
        return concerns(state, event) ? { name: STATES.REVOKED, tokenId: state.tokenId } : state;
    },

    [EVENTS.REVOKE_FAILED]: (state, { reason, detail }) =>
        state.name === STATES.REVOKING
            ? { ...state, name: STATES.TOKEN, problem: { reason, detail } }
            : state,

    // The word of the server beats what the popup believed: a token that looked expired or revoked
    // here may have been used a moment before.
    [EVENTS.USED]: (state, event) => {
        if (state.name === STATES.MINTING) {
            return keepForLater(state, event);
        }
        return concerns(state, event)
            ? { name: STATES.CONNECTED, boxId: event.boxId, boxName: event.boxName }
            : state;
    },
};

/**
 * @param {{ name: string }} state one of STATES with its data
 * @param {{ type: string }} event one of EVENTS with its data
 * @returns {{ name: string }} the same object when the event changes nothing
 * @throws {Error} when the event is unknown
 */
export function nextState(state, event) {
    const transition = TRANSITIONS[event.type];
    if (!transition) {
        throw new Error(`Unknown event ${event.type}`);
    }
    return transition(state, event);
}

/**
 * @param {{ deadline: number }} token
 * @param {number} now seconds of the monotonic clock
 * @returns {number} whole seconds, never negative
 */
export function secondsLeft(token, now) {
    return Math.max(0, Math.ceil(token.deadline - now));
}
