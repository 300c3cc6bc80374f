import { shallowEqual } from "@web/core/utils/objects";
import { parseTarget } from "../discovery/hosts";
import { classify } from "../discovery/ownership";
import { EVENTS, STATES } from "./connect_states";

/**
 * The search: what it found, and what the popup shows of it.
 *
 * States that lead back to it carry it along as `search`, so that it goes on while the user types
 * a code. The popup stops a search as soon as the state has none that `isRunning`.
 */

const isFree = (box) => box.status === "free";

/** Whether the user may connect the box; boxes connected here or elsewhere are left alone. */
export const isSelectable = (box) => isFree(box) || box.status === "reconnect";

const FORMS = [STATES.TARGET, STATES.CONSENT, STATES.CODE];
const VIEWS = [STATES.SEARCHING, STATES.PERMISSION, STATES.CHOOSING, STATES.NOTHING_FOUND];
const ENDS = [STATES.FAILED, STATES.TIMED_OUT, STATES.UNDONE];

/** Whether the user can turn from `state` to another way of connecting a box. */
export const mayLeaveSearch = (state) =>
    VIEWS.includes(state.name) ||
    FORMS.includes(state.name) ||
    (ENDS.includes(state.name) && state.search !== undefined);

/** The state that shows a search as it is now. */
function showSearch(attempt, search) {
    let name;
    if (search.isRunning) {
        // who finds a box needs no permission any more, whatever the browser says
        const isHeldUp = search.isAsking && !search.boxes.length;
        name = isHeldUp ? STATES.PERMISSION : STATES.SEARCHING;
    } else {
        name = search.boxes.length ? STATES.CHOOSING : STATES.NOTHING_FOUND;
    }
    return { name, attempt, search };
}

/**
 * Begin a search.
 *
 * @param {number} id
 * @param {Object} options
 * @param {string} [options.target] where to search instead of the usual places
 * @param {boolean} [options.hasConsent] of the user to a large network
 * @param {boolean} [options.isGentle] for networks that bear little
 * @param {boolean} [options.isAutomatic] whether the only box found is connected by itself
 */
export function beginSearch(
    id,
    { target = "", hasConsent = false, isGentle = false, isAutomatic = false } = {}
) {
    const search = {
        id,
        target,
        hasConsent,
        isGentle,
        isAutomatic,
        isRunning: true,
        isAsking: false,
        boxes: [],
        progress: { pass: 0, done: 0, total: 0, network: "" },
    };
    return showSearch(id, search);
}

export const endSearch = (search) => ({ ...search, isRunning: false, isAsking: false });

/** The user decides something: no box is connected by itself any more. */
export const takeOver = (search) => ({ ...search, isAutomatic: false });

const withBoxes = (search, boxes) => {
    const known = new Set(search.boxes.map((box) => box.host));
    const fresh = boxes.filter((box) => !known.has(box.host));
    return fresh.length ? { ...search, boxes: [...search.boxes, ...fresh] } : search;
};

/** The search with a box as it was seen last. */
export const withLatest = (search, latest) => ({
    ...search,
    boxes: search.boxes.map((box) => (box.host === latest.host ? latest : box)),
});

/** The same search when the server knows nothing new of its boxes. */
function classifyAgain(search, hints) {
    const boxes = search.boxes.map((box) => classify(box, hints));
    const ownership = ({ status, known }) => [status, known?.id, known?.name, known?.isOnline];
    const isSame = boxes.every((box, index) =>
        shallowEqual(ownership(box), ownership(search.boxes[index]))
    );
    // once a list is shown, no box is connected by itself because another one is so by now
    const isAutomatic = search.isAutomatic && search.isRunning;
    return isSame ? search : { ...search, boxes, isAutomatic };
}

/** The marked box; the only one that can be marked need not be. */
export function selectedBox(search) {
    const selectable = search.boxes.filter(isSelectable);
    if (!search.isRunning && selectable.length === 1) {
        return selectable[0];
    }
    return selectable.find((box) => box.host === search.selected);
}

/** The box that is connected without a question when the search ends: the only one to be meant. */
export function onlyFreeBox(search) {
    const selectable = search.boxes.filter(isSelectable);
    return search.isAutomatic && selectable.length === 1 && isFree(selectable[0])
        ? selectable[0]
        : undefined;
}

/** Bring the search of a state up to date; forms stay, views follow. */
function withSearch(state, search) {
    if (search === state.search) {
        return state;
    }
    return VIEWS.includes(state.name) ? showSearch(state.attempt, search) : { ...state, search };
}

const isOf = (state, { id }) => Boolean(state.search?.isRunning && state.search.id === id);

export const SEARCH_FLOW = {
    [EVENTS.SEARCH]: (state, { isGentle, isAutomatic }) =>
        mayLeaveSearch(state) && !state.search.isRunning
            ? beginSearch(state.attempt + 1, {
                  ...state.search,
                  isGentle: isGentle ?? state.search.isGentle,
                  isAutomatic,
              })
            : state,

    [EVENTS.SEARCH_EVERYWHERE]: (state) =>
        mayLeaveSearch(state) && state.search.target ? beginSearch(state.attempt + 1) : state,

    [EVENTS.PERMISSION]: (state, event) =>
        isOf(state, event)
            ? withSearch(state, {
                  ...state.search,
                  isAsking: event.permission === "prompt",
                  wasAsked: true,
              })
            : state,

    [EVENTS.FOUND]: (state, event) =>
        isOf(state, event) ? withSearch(state, withBoxes(state.search, [event.box])) : state,

    [EVENTS.PROGRESS]: (state, event) =>
        isOf(state, event)
            ? withSearch(state, { ...state.search, progress: event.progress })
            : state,

    [EVENTS.SEARCH_ENDED]: (state, event) => {
        if (!isOf(state, event)) {
            return state;
        }
        const { permission, isSecurePage, isAlive, silentNetworks } = event;
        const search = withBoxes(state.search, event.boxes);
        return withSearch(state, {
            ...endSearch(search),
            permission,
            isSecurePage,
            isAlive,
            silentNetworks,
        });
    },

    [EVENTS.SEARCH_FAILED]: (state, event) => {
        if (!isOf(state, event)) {
            return state;
        }
        const { reason, detail } = event;
        const { attempt } = state;
        const search = endSearch(state.search);
        // what was found can be connected, and a code can be typed, all the same
        return VIEWS.includes(state.name) && !search.boxes.length
            ? { name: STATES.FAILED, attempt, search, retry: EVENTS.SEARCH, reason, detail }
            : withSearch(state, search);
    },

    [EVENTS.HINTED]: (state, { hints }) =>
        state.search ? withSearch(state, classifyAgain(state.search, hints)) : state,

    [EVENTS.STOP]: (state) =>
        VIEWS.includes(state.name) && state.search.isRunning
            ? withSearch(state, { ...endSearch(takeOver(state.search)), isStopped: true })
            : state,

    [EVENTS.SELECT]: (state, { host }) =>
        VIEWS.includes(state.name) &&
        state.search.boxes.some((box) => box.host === host && isSelectable(box))
            ? withSearch(state, { ...takeOver(state.search), selected: host })
            : state,

    [EVENTS.ENTER_TARGET]: (state) =>
        mayLeaveSearch(state)
            ? {
                  name: STATES.TARGET,
                  attempt: state.attempt,
                  search: takeOver(state.search),
                  target: state.search.target,
              }
            : state,

    [EVENTS.SUBMIT_TARGET]: (state, { target }) => {
        if (state.name !== STATES.TARGET) {
            return state;
        }
        const { error, hosts, needsConsent } = parseTarget(target);
        if (error) {
            return { ...state, target, problem: { reason: error } };
        }
        return needsConsent
            ? { ...state, name: STATES.CONSENT, target, problem: undefined, size: hosts.length }
            : beginSearch(state.attempt + 1, { target });
    },

    [EVENTS.AGREE]: (state) =>
        state.name === STATES.CONSENT
            ? beginSearch(state.attempt + 1, { target: state.target, hasConsent: true })
            : state,

    [EVENTS.BACK]: (state) => {
        const { name, attempt, search, target } = state;
        if (name === STATES.CONSENT) {
            return { name: STATES.TARGET, attempt, search, target };
        }
        return mayLeaveSearch(state) && !VIEWS.includes(name) ? showSearch(attempt, search) : state;
    },

    [EVENTS.RETRY]: (state) =>
        state.name === STATES.FAILED && state.retry === EVENTS.SEARCH
            ? beginSearch(state.attempt + 1, state.search)
            : state,
};
