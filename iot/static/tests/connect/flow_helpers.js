import { nextState, START_STATE } from "@iot/connect/connect_flow";
import { EVENTS, STATES } from "@iot/connect/connect_states";

export const foundBox = (number, values = {}) => ({
    host: `192.168.1.${number}`,
    url: `http://192.168.1.${number}:8069`,
    identifier: `box${number}`,
    mac: false,
    version: "L2025.10.22",
    pairingCode: `BCD-FGH-JK${"BCDFGHJKL"[number % 9]}`,
    isPairingCodeExpired: false,
    serverUrl: "",
    dbUuid: false,
    known: null,
    status: "free",
    ...values,
});

export const FREE = foundBox(11);
export const OTHER_FREE = foundBox(12);
export const HERE = foundBox(13, {
    status: "here",
    serverUrl: "https://odoo.example.com",
    pairingCode: false,
    known: { id: 1, name: "Bar", isOnline: true },
});
export const ELSEWHERE = foundBox(14, {
    status: "elsewhere",
    serverUrl: "https://other.example.com",
    pairingCode: false,
});
/** It belongs to this database, which does not hear of it. */
export const SILENT = { ...HERE, known: { id: 2, name: "Kitchen", isOnline: false } };
export const LOST = foundBox(15, {
    status: "reconnect",
    serverUrl: "https://odoo.example.com",
    pairingCode: false,
});

/** What the server knows of boxes, here HERE and those given: `{ id, name, identifier, is_online }`. */
export const hintsOf = (...boxes) => ({
    boxes: [{ id: 1, name: "Bar", identifier: HERE.identifier, is_online: true }, ...boxes],
    base_url: { url: "https://odoo.example.com" },
    db_uuid: "u",
    is_database_ambiguous: false,
});
/** The server knows FREE and LOST by now. */
export const HINTS = hintsOf(
    { id: 4, name: "Hall", identifier: LOST.identifier, is_online: true },
    { id: 5, name: "Cellar", identifier: FREE.identifier, is_online: false }
);

export const TOKEN = { id: 7, url: "http://odoo?token=t", pipe: "http://odoo|t||", deadline: 3600 };
export const USED = { type: EVENTS.USED, tokenId: 7, boxId: 3, boxName: "Bar" };
export const REVOKED = { type: EVENTS.REVOKED, tokenId: 7 };

/** The events of a search that ended so, and those before it. */
export const searchEnds = (boxes, values = {}) => [
    { type: EVENTS.SEARCH_ENDED, id: 1, boxes, permission: "granted", ...values },
];
const choose = [...searchEnds([FREE, OTHER_FREE])];
const connect = [...choose, { type: EVENTS.SELECT, host: FREE.host }, { type: EVENTS.CONNECT }];
const handOver = [
    ...connect,
    { type: EVENTS.TOKEN_MADE, attempt: 2, tokenId: 7 },
    { type: EVENTS.HANDED_OVER, attempt: 2, identifier: "box11", now: 100 },
];
const used = [...handOver, USED];
const enterTarget = [...choose, { type: EVENTS.ENTER_TARGET }];
const mint = [{ type: EVENTS.MINT }];
const minted = [...mint, { type: EVENTS.MINTED, token: TOKEN }];

/** State → events that lead to it. */
export const WAYS = {
    [STATES.SEARCHING]: [],
    [STATES.PERMISSION]: [{ type: EVENTS.PERMISSION, id: 1, permission: "prompt" }],
    [STATES.CHOOSING]: choose,
    [STATES.NOTHING_FOUND]: searchEnds([]),
    [STATES.TARGET]: enterTarget,
    [STATES.CONSENT]: [...enterTarget, { type: EVENTS.SUBMIT_TARGET, target: "10.0.0.0/22" }],
    [STATES.CODE]: [...choose, { type: EVENTS.ENTER_CODE }],
    [STATES.RESOLVING]: [
        { type: EVENTS.ENTER_CODE },
        { type: EVENTS.SUBMIT_CODE, code: "XXX-XXX-XXX" },
    ],
    [STATES.CLAIMING]: [
        ...choose,
        { type: EVENTS.ENTER_CODE },
        { type: EVENTS.SUBMIT_CODE, code: "XXX-XXX-XXX" },
    ],
    [STATES.HANDING_OVER]: connect,
    [STATES.WAITING]: handOver,
    [STATES.TIMED_OUT]: [...handOver, { type: EVENTS.TICK, now: 220 }],
    [STATES.CONNECTED]: used,
    [STATES.UNDOING]: [...used, { type: EVENTS.UNDO }],
    [STATES.UNDONE]: [
        ...used,
        { type: EVENTS.UNDO },
        { type: EVENTS.UNDONE, attempt: 2, isBoxTold: true },
    ],
    [STATES.FAILED]: [
        ...connect,
        { type: EVENTS.ATTEMPT_FAILED, attempt: 2, reason: "box_unreachable" },
    ],
    [STATES.DOCTOR]: [...choose, { type: EVENTS.DIAGNOSE }],
    [STATES.MINTING]: mint,
    [STATES.TOKEN]: minted,
    [STATES.REVOKING]: [...minted, { type: EVENTS.REVOKE }],
    [STATES.EXPIRED]: [...minted, { type: EVENTS.TICK, now: 3600 }],
    [STATES.REVOKED]: [...minted, REVOKED],
};

export const replay = (events) => events.reduce(nextState, START_STATE);
