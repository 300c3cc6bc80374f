import { findByCode, normalizeCode } from "../discovery/pairing_code";
import { EVENTS, STATES } from "./connect_states";
import {
    endSearch,
    isSelectable,
    mayLeaveSearch,
    onlyFreeBox,
    selectedBox,
    takeOver,
    withLatest,
} from "./search_flow";

/**
 * Pairing: a token of a few minutes goes to a box, by this browser or by the pairing broker, and
 * the box registers.
 *
 * An attempt is known by its number, so that an answer that comes late cannot be taken for the one
 * of another attempt. The popup revokes the token of an attempt as soon as the state no longer
 * speaks of it.
 */

/** Seconds that a box may take to register: it asks the broker every 15 s or more, then restarts. */
export const PATIENCE = 120;

/** States in which a box may register at any moment. */
const EXPECTING = [
    STATES.HANDING_OVER,
    STATES.CLAIMING,
    STATES.WAITING,
    STATES.TIMED_OUT,
    STATES.DOCTOR,
];
const HANDING = [STATES.HANDING_OVER, STATES.CLAIMING];

/** Whether a box has its token, and nobody knows yet what becomes of it. */
export const isRegistering = ({ name }) => [STATES.WAITING, STATES.TIMED_OUT].includes(name);

function handOver(state, box) {
    const attempt = state.attempt + 1;
    const search = takeOver(endSearch(state.search));
    return { name: STATES.HANDING_OVER, attempt, search, box, identifier: box.identifier };
}

/** Connect the box with the code through this network, wait for it to be found, or ask the broker. */
export function resolveCode(state) {
    if (state.name !== STATES.RESOLVING) {
        return state;
    }
    const { search, code } = state;
    const box = findByCode(search.boxes.filter(isSelectable), code);
    if (box) {
        return handOver(state, box);
    }
    // a question of the browser may never be answered: nobody waits for that
    return search.isRunning && !search.isAsking
        ? state
        : {
              name: STATES.CLAIMING,
              attempt: state.attempt + 1,
              search: endSearch(search),
              code,
          };
}

export function connectOnlyBox(state) {
    const box = state.name === STATES.CHOOSING && onlyFreeBox(state.search);
    return box ? handOver(state, box) : state;
}

const isOf = (state, { attempt }) => state.attempt === attempt;

const enterCode = ({ attempt, search, code = "" }) => ({
    name: STATES.CODE,
    attempt,
    search: takeOver(search),
    code,
});

const connected = (state, { boxId, boxName }, data) => ({
    name: STATES.CONNECTED,
    attempt: state.attempt,
    search: state.search,
    boxId,
    boxName,
    ...data,
});

const loseToken = (state, { tokenId }, reason) =>
    isRegistering(state) && state.tokenId === tokenId
        ? {
              name: STATES.FAILED,
              attempt: state.attempt,
              search: state.search,
              box: state.box,
              identifier: state.identifier,
              retry: EVENTS.CONNECT,
              reason,
          }
        : state;

export const PAIRING_FLOW = {
    [EVENTS.CONNECT]: (state) => {
        const isShown = [STATES.SEARCHING, STATES.CHOOSING].includes(state.name);
        const box = isShown && selectedBox(state.search);
        return box ? handOver(state, box) : state;
    },

    [EVENTS.ENTER_CODE]: (state) =>
        mayLeaveSearch(state) && state.name !== STATES.CODE ? enterCode(state) : state,

    [EVENTS.SUBMIT_CODE]: (state, { code }) => {
        if (state.name !== STATES.CODE) {
            return state;
        }
        return normalizeCode(code)
            ? { ...enterCode(state), name: STATES.RESOLVING, code }
            : { ...state, code, problem: { reason: "code_empty" } };
    },

    [EVENTS.BACK]: (state) => (state.name === STATES.RESOLVING ? enterCode(state) : state),

    [EVENTS.STOP]: (state) =>
        state.name === STATES.RESOLVING ? { ...state, search: endSearch(state.search) } : state,

    [EVENTS.TOKEN_MADE]: (state, event) =>
        HANDING.includes(state.name) && isOf(state, event)
            ? { ...state, tokenId: event.tokenId }
            : state,

    [EVENTS.HANDED_OVER]: (state, event) =>
        HANDING.includes(state.name) && isOf(state, event)
            ? {
                  ...state,
                  name: STATES.WAITING,
                  box: state.box && { ...state.box, hasTakenToken: true },
                  identifier: event.identifier,
                  deadline: event.now + PATIENCE,
              }
            : state,

    [EVENTS.ATTEMPT_FAILED]: (state, event) => {
        if (!HANDING.includes(state.name) || !isOf(state, event)) {
            return state;
        }
        const { attempt, reason, baseUrl, detail } = event;
        const { identifier } = state;
        const box = event.box || state.box;
        const search = event.box ? withLatest(state.search, event.box) : state.search;
        return state.name === STATES.CLAIMING
            ? { ...enterCode(state), problem: { reason, baseUrl, detail } }
            : {
                  name: STATES.FAILED,
                  attempt,
                  search,
                  box,
                  identifier,
                  retry: EVENTS.CONNECT,
                  reason,
                  baseUrl,
                  detail,
              };
    },

    [EVENTS.TICK]: (state, { now }) =>
        state.name === STATES.WAITING && now >= state.deadline
            ? { ...state, name: STATES.TIMED_OUT, deadline: undefined }
            : state,

    [EVENTS.KEEP_WAITING]: (state, { now }) =>
        state.name === STATES.TIMED_OUT
            ? { ...state, name: STATES.WAITING, deadline: now + PATIENCE }
            : state,

    [EVENTS.RETRY]: (state) => {
        const isOver =
            state.name === STATES.TIMED_OUT ||
            (state.name === STATES.FAILED && state.retry === EVENTS.CONNECT);
        if (!isOver) {
            return state;
        }
        // the box may not have asked the broker yet: then its code is good for another try
        return state.box ? handOver(state, state.box) : enterCode(state);
    },

    [EVENTS.USED]: (state, event) => {
        const isOurs = state.tokenId !== undefined && state.tokenId === event.tokenId;
        return isOurs && EXPECTING.includes(state.name)
            ? connected(state, event, { tokenId: state.tokenId, box: state.box })
            : state;
    },

    [EVENTS.REVOKED]: (state, event) => loseToken(state, event, "token_revoked"),
    [EVENTS.EXPIRED]: (state, event) => loseToken(state, event, "token_expired"),

    // Another window or person was faster. Its token is not ours: there is nothing to undo here.
    [EVENTS.BOX_SEEN]: (state, event) => {
        const isExpected = EXPECTING.includes(state.name) || state.name === STATES.FAILED;
        return isExpected && state.identifier && state.identifier === event.identifier
            ? connected(state, event, { isByOther: true })
            : state;
    },

    [EVENTS.UNDO]: (state) =>
        state.name === STATES.CONNECTED && state.tokenId
            ? { ...state, name: STATES.UNDOING, problem: undefined }
            : state,

    [EVENTS.UNDONE]: (state, event) =>
        state.name === STATES.UNDOING && isOf(state, event)
            ? {
                  name: STATES.UNDONE,
                  attempt: state.attempt,
                  search: state.search,
                  boxName: state.boxName,
                  isBoxTold: event.isBoxTold,
              }
            : state,

    [EVENTS.UNDO_FAILED]: (state, event) =>
        state.name === STATES.UNDOING && isOf(state, event)
            ? {
                  ...state,
                  name: STATES.CONNECTED,
                  problem: { reason: event.reason, detail: event.detail },
              }
            : state,
};
