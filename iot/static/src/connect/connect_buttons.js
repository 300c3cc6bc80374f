import { _t } from "@web/core/l10n/translation";
import { getMessage } from "./connect_messages";
import { EVENTS, STATES } from "./connect_states";
import { nothingReason } from "./nothing_reason";
import { isSelectable, selectedBox } from "./search_flow";

/**
 * The buttons of each state, as data: those below the popup, and other ways to go on from it.
 *
 * @typedef {Object} Button
 * @property {string} id `o_iot_<id>` is its class
 * @property {string} label
 * @property {string} [event] one of EVENTS that it sends
 * @property {Object} [data] of the event
 * @property {string} [style] of Bootstrap
 * @property {string} [form] id of the form that it submits instead
 * @property {boolean} [isDisabled]
 */

export const FORM_ID = "o_iot_connect_form";

const PRIMARY = "btn-primary";

const STOP = { id: "stop", label: _t("Stop"), event: EVENTS.STOP };
const BACK = { id: "back", label: _t("Back"), event: EVENTS.BACK };
const CLOSE = { id: "close", label: _t("Close") };
const SEARCH_AGAIN = { id: "search", label: _t("Search again"), event: EVENTS.SEARCH };
const RETRY = { id: "retry", label: _t("Try again"), event: EVENTS.RETRY };
const CODE = { id: "code", label: _t("Use Pairing Code"), event: EVENTS.ENTER_CODE };
const TARGET = { id: "target", label: _t("Search an address"), event: EVENTS.ENTER_TARGET };
const DOCTOR = { id: "doctor", label: _t("Connection doctor"), event: EVENTS.DIAGNOSE };
const OFFLINE = { id: "offline", label: _t("Offline pairing"), event: EVENTS.MINT };
const NEW_TOKEN = { id: "new_token", label: _t("New token"), event: EVENTS.MINT };
const EVERYWHERE = {
    id: "everywhere",
    label: _t("Search the usual places"),
    event: EVENTS.SEARCH_EVERYWHERE,
};
const GENTLE = {
    id: "gentle",
    label: _t("My Wi-Fi is slow: search gently"),
    event: EVENTS.SEARCH,
    data: { isGentle: true, isAutomatic: true },
};
const REVOKE = {
    id: "revoke",
    label: _t("Revoke token"),
    event: EVENTS.REVOKE,
    style: "btn-outline-danger ms-sm-auto",
};

const primary = (button) => ({ ...button, style: PRIMARY });

/** The one action that a message recommends. */
export const ACTIONS = {
    [EVENTS.RETRY]: RETRY,
    [EVENTS.SEARCH]: { ...SEARCH_AGAIN, data: { isAutomatic: true } },
    [EVENTS.ENTER_CODE]: CODE,
    [EVENTS.ENTER_TARGET]: TARGET,
    [EVENTS.DIAGNOSE]: DOCTOR,
};
function recommended(reason) {
    const { action, label } = getMessage(reason);
    const button = ACTIONS[action];
    return primary({ ...button, label: label || button.label });
}

function connectButton({ search }) {
    const box = selectedBox(search);
    const isReconnected = box?.status === "reconnect";
    return {
        id: "connect_box",
        label: isReconnected ? _t("Reconnect") : _t("Connect"),
        event: EVENTS.CONNECT,
        style: PRIMARY,
        isDisabled: !box,
    };
}

const submit = (id, label) => ({ id, label, style: PRIMARY, form: FORM_ID });
const ifSelectable = (flow) => (flow.search.boxes.some(isSelectable) ? [connectButton(flow)] : []);

const FOOTERS = {
    [STATES.SEARCHING]: (flow) => [...ifSelectable(flow), STOP],
    [STATES.PERMISSION]: () => [STOP],
    [STATES.CHOOSING]: (flow) => [...ifSelectable(flow), SEARCH_AGAIN],
    [STATES.NOTHING_FOUND]: ({ search }) => [recommended(nothingReason(search))],
    [STATES.TARGET]: () => [submit("submit_target", _t("Search")), BACK],
    [STATES.CONSENT]: () => [
        primary({ id: "agree", label: _t("Search all of it"), event: EVENTS.AGREE }),
        BACK,
    ],
    [STATES.CODE]: () => [submit("submit_code", _t("Connect")), BACK],
    [STATES.RESOLVING]: () => [
        { id: "stop", label: _t("Do not wait for the search"), event: EVENTS.STOP },
        BACK,
    ],
    [STATES.TIMED_OUT]: () => [
        primary({ id: "keep_waiting", label: _t("Keep waiting"), event: EVENTS.KEEP_WAITING }),
        RETRY,
        DOCTOR,
    ],
    [STATES.CONNECTED]: ({ tokenId }) => [
        primary({ id: "open_box", label: _t("Open") }),
        ...(tokenId ? [{ id: "undo", label: _t("Undo"), event: EVENTS.UNDO }] : []),
    ],
    [STATES.UNDONE]: () => [primary(SEARCH_AGAIN)],
    [STATES.FAILED]: ({ reason, retry }) =>
        // without a search behind it there is nothing else to do than to repeat
        retry === EVENTS.MINT ? [primary(RETRY)] : [recommended(reason), BACK],
    [STATES.DOCTOR]: ({ isRunning }) => [
        BACK,
        { ...DOCTOR, id: "examine", label: _t("Examine again"), isDisabled: isRunning },
    ],
    [STATES.TOKEN]: () => [],
    [STATES.EXPIRED]: () => [primary(NEW_TOKEN)],
    [STATES.REVOKED]: () => [primary(NEW_TOKEN)],
};

/**
 * @param {Object} flow
 * @returns {Button[]} those below the popup
 */
export function getButtons(flow) {
    const buttons = [...(FOOTERS[flow.name]?.(flow) || []), CLOSE];
    if ([STATES.TOKEN, STATES.REVOKING].includes(flow.name)) {
        buttons.push({ ...REVOKE, isDisabled: flow.name === STATES.REVOKING });
    }
    return buttons;
}

const everywhere = ({ target }) => (target ? [EVERYWHERE] : []);

const WAYS = {
    [STATES.SEARCHING]: () => [CODE, TARGET, OFFLINE],
    [STATES.PERMISSION]: () => [CODE, TARGET, OFFLINE],
    [STATES.CHOOSING]: ({ search }) => [CODE, TARGET, ...everywhere(search), DOCTOR, OFFLINE],
    [STATES.NOTHING_FOUND]: ({ search }) => [
        CODE,
        TARGET,
        ...everywhere(search),
        DOCTOR,
        ...(search.isGentle ? [] : [GENTLE]),
        OFFLINE,
    ],
    [STATES.CODE]: () => [TARGET, DOCTOR, OFFLINE],
    [STATES.FAILED]: ({ retry }) => (retry === EVENTS.MINT ? [] : [CODE, TARGET, DOCTOR, OFFLINE]),
    [STATES.UNDONE]: () => [CODE, TARGET, OFFLINE],
};

/**
 * @param {Object} flow
 * @param {boolean} isDebug whether developer mode is on, which offline pairing is for
 * @returns {Button[]} other ways to connect a box
 */
export function getWays(flow, isDebug) {
    const shown = new Set(getButtons(flow).map(({ id }) => id));
    const ways = WAYS[flow.name]?.(flow) || [];
    return ways.filter(({ id }) => !shown.has(id) && (isDebug || id !== OFFLINE.id));
}
