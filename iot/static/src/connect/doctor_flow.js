import { EVENTS, STATES } from "./connect_states";
import { PAIRING_FLOW } from "./pairing_flow";
import { endSearch, SEARCH_FLOW } from "./search_flow";

/**
 * The connection doctor, which interrupts what the popup shows and leads back to it, or on to what
 * helps.
 */

const MAY_ASK = [
    STATES.CHOOSING,
    STATES.NOTHING_FOUND,
    STATES.CODE,
    STATES.FAILED,
    STATES.TIMED_OUT,
];

const isOf = (state, { attempt }) =>
    state.name === STATES.DOCTOR && state.isRunning && state.attempt === attempt;

const leave = ({ before, attempt, search }) => ({ ...before, attempt, search });

/** Go on as from the state that the doctor interrupted. */
const through = (transition) => (state, event) =>
    state.name === STATES.DOCTOR ? transition(leave(state), event) : state;

export const DOCTOR_FLOW = {
    [EVENTS.DIAGNOSE]: (state) => {
        const isAgain = state.name === STATES.DOCTOR && !state.isRunning;
        if (!isAgain && !(MAY_ASK.includes(state.name) && state.search)) {
            return state;
        }
        const before = isAgain ? state.before : state;
        return {
            name: STATES.DOCTOR,
            attempt: state.attempt + 1,
            before,
            search: endSearch(before.search),
            // the box that is waited for may register while the doctor looks
            box: before.box,
            identifier: before.identifier,
            tokenId: before.tokenId,
            isRunning: true,
            checks: [],
        };
    },

    [EVENTS.CHECKED]: (state, event) =>
        isOf(state, event) ? { ...state, checks: [...state.checks, event.check] } : state,

    [EVENTS.DIAGNOSED]: (state, event) =>
        isOf(state, event) ? { ...state, isRunning: false, report: event.report } : state,

    [EVENTS.DIAGNOSIS_FAILED]: (state, event) =>
        isOf(state, event)
            ? {
                  ...state,
                  isRunning: false,
                  problem: { reason: event.reason, detail: event.detail },
              }
            : state,

    [EVENTS.BACK]: (state) => (state.name === STATES.DOCTOR ? leave(state) : state),
    [EVENTS.SEARCH]: through(SEARCH_FLOW[EVENTS.SEARCH]),
    [EVENTS.ENTER_TARGET]: through(SEARCH_FLOW[EVENTS.ENTER_TARGET]),
    [EVENTS.ENTER_CODE]: through(PAIRING_FLOW[EVENTS.ENTER_CODE]),
};
