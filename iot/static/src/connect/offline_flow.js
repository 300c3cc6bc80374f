import { EVENTS, STATES } from "./connect_states";
import { mayLeaveSearch } from "./search_flow";

/** Offline pairing: a token that the user carries to the box. */

const isMintable = (state) =>
    mayLeaveSearch(state) ||
    [STATES.EXPIRED, STATES.REVOKED].includes(state.name) ||
    (state.name === STATES.FAILED && state.retry === EVENTS.MINT);

const ABOUT_A_TOKEN = [STATES.TOKEN, STATES.REVOKING, STATES.EXPIRED, STATES.REVOKED];

/** Whether `state` is about the token that `event` speaks of; messages on other tokens are ignored. */
const concerns = (state, event) =>
    ABOUT_A_TOKEN.includes(state.name) && state.tokenId === event.tokenId;

/** What the bus says before the answer of the server is kept until the id of our token is known. */
const keepForLater = (state, event) => ({ ...state, early: [...state.early, event] });

const mint = (state) =>
    isMintable(state) ? { name: STATES.MINTING, attempt: state.attempt + 1, early: [] } : state;

export const OFFLINE_FLOW = {
    [EVENTS.MINT]: mint,

    [EVENTS.RETRY]: (state) =>
        state.name === STATES.FAILED && state.retry === EVENTS.MINT ? mint(state) : state,

    [EVENTS.MINTED]: (state, { token }) =>
        state.name === STATES.MINTING
            ? state.early.reduce((next, event) => OFFLINE_FLOW[event.type](next, event), {
                  name: STATES.TOKEN,
                  attempt: state.attempt,
                  tokenId: token.id,
                  token,
              })
            : state,

    [EVENTS.MINT_FAILED]: (state, { reason, baseUrl, detail }) =>
        state.name === STATES.MINTING
            ? {
                  name: STATES.FAILED,
                  attempt: state.attempt,
                  retry: EVENTS.MINT,
                  reason,
                  baseUrl,
                  detail,
              }
            : state,

    [EVENTS.TICK]: (state, { now }) =>
        state.token && now >= state.token.deadline
            ? { name: STATES.EXPIRED, attempt: state.attempt, tokenId: state.tokenId }
            : state,

    [EVENTS.REVOKE]: (state) =>
        state.name === STATES.TOKEN
            ? {
                  name: STATES.REVOKING,
                  attempt: state.attempt,
                  tokenId: state.tokenId,
                  token: state.token,
              }
            : state,

    [EVENTS.REVOKED]: (state, event) => {
        if (state.name === STATES.MINTING) {
            return keepForLater(state, event);
        }
        return concerns(state, event)
            ? { name: STATES.REVOKED, attempt: state.attempt, tokenId: state.tokenId }
            : state;
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
            ? {
                  name: STATES.CONNECTED,
                  attempt: state.attempt,
                  boxId: event.boxId,
                  boxName: event.boxName,
              }
            : state;
    },
};
