/**
 * The flow of the popup that connects a box, as a function of facts: no clock, no network, no DOM.
 * The popup renders one state at a time and sends events; only the flow decides what follows.
 */
import { DOCTOR_FLOW } from "./doctor_flow";
import { OFFLINE_FLOW } from "./offline_flow";
import { connectOnlyBox, PAIRING_FLOW, resolveCode } from "./pairing_flow";
import { beginSearch, SEARCH_FLOW } from "./search_flow";

/** Each chapter holds, by type of event, what it does to the states it knows. */
const CHAPTERS = [SEARCH_FLOW, PAIRING_FLOW, DOCTOR_FLOW, OFFLINE_FLOW];

/** The popup searches as soon as it opens, and connects the only box it finds. */
export const START_STATE = Object.freeze(beginSearch(1, { isAutomatic: true }));

/**
 * @param {{ name: string }} state one of STATES with its data
 * @param {{ type: string }} event one of EVENTS with its data
 * @returns {{ name: string }} the same object when the event changes nothing
 * @throws {Error} when the event is unknown
 */
export function nextState(state, event) {
    const transitions = CHAPTERS.map((chapter) => chapter[event.type]).filter(Boolean);
    if (!transitions.length) {
        throw new Error(`Unknown event ${event.type}`);
    }
    for (const transition of transitions) {
        const next = transition(state, event);
        if (next !== state) {
            return resolveCode(connectOnlyBox(next));
        }
    }
    return state;
}

/**
 * @param {{ deadline: number }} state a token, or a state that ends by itself
 * @param {number} now seconds of the monotonic clock
 * @returns {number} whole seconds, never negative
 */
export function secondsLeft({ deadline }, now) {
    return Math.max(0, Math.ceil(deadline - now));
}
