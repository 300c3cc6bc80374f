import { EVENTS, STATES } from "@iot/connect/connect_states";
import { FREE, HINTS, OTHER_FREE, replay, REVOKED, TOKEN, USED, WAYS } from "./flow_helpers";

const S = STATES;
const leadsTo = (target, names) => Object.fromEntries(names.map((name) => [name, target]));

/** States from which every way of connecting a box is open. */
const OPEN = [
    S.SEARCHING,
    S.PERMISSION,
    S.CHOOSING,
    S.NOTHING_FOUND,
    S.TARGET,
    S.CONSENT,
    S.CODE,
    S.TIMED_OUT,
    S.FAILED,
    S.UNDONE,
];
/** States that carry the boxes found. */
const KNOWING = Object.entries(WAYS)
    .filter(([, events]) => replay(events).search?.boxes.length)
    .map(([name]) => name);
const isRunning = (name) => [S.SEARCHING, S.PERMISSION].includes(name);

/** Event → what it does to each state that it changes; to all others it does nothing. */
export const EXPECTED = [
    {
        event: { type: EVENTS.SEARCH },
        next: leadsTo(
            { name: S.SEARCHING },
            [...OPEN, S.DOCTOR].filter((name) => !isRunning(name))
        ),
    },
    { event: { type: EVENTS.SEARCH_EVERYWHERE }, next: {} },
    {
        event: { type: EVENTS.PERMISSION, id: 1, permission: "prompt" },
        next: {
            [S.SEARCHING]: { name: S.PERMISSION },
            [S.PERMISSION]: { name: S.PERMISSION },
            [S.RESOLVING]: { name: S.CLAIMING },
        },
    },
    {
        event: { type: EVENTS.PERMISSION, id: 1, permission: "granted" },
        next: {
            [S.SEARCHING]: { name: S.SEARCHING },
            [S.PERMISSION]: { name: S.SEARCHING },
            [S.RESOLVING]: { name: S.RESOLVING },
        },
    },
    {
        event: { type: EVENTS.FOUND, id: 1, box: FREE },
        next: {
            ...leadsTo({ name: S.SEARCHING }, [S.SEARCHING, S.PERMISSION]),
            [S.RESOLVING]: { name: S.RESOLVING },
        },
    },
    {
        event: { type: EVENTS.PROGRESS, id: 1, progress: { pass: 0, done: 1, total: 2 } },
        next: leadsTo({}, [S.SEARCHING, S.PERMISSION, S.RESOLVING]),
    },
    {
        event: { type: EVENTS.SEARCH_ENDED, id: 1, boxes: [FREE, OTHER_FREE] },
        next: {
            ...leadsTo({ name: S.CHOOSING }, [S.SEARCHING, S.PERMISSION]),
            [S.RESOLVING]: { name: S.CLAIMING },
        },
    },
    { event: { type: EVENTS.SEARCH_ENDED, id: 9, boxes: [FREE] }, next: {} },
    {
        event: { type: EVENTS.SEARCH_FAILED, id: 1, reason: "connection_lost" },
        next: {
            ...leadsTo({ name: S.FAILED, reason: "connection_lost" }, [S.SEARCHING, S.PERMISSION]),
            [S.RESOLVING]: { name: S.CLAIMING },
        },
    },
    {
        event: { type: EVENTS.HINTED, hints: HINTS },
        next: leadsTo({ search: { boxes: [{ known: { name: "Cellar" } }, OTHER_FREE] } }, KNOWING),
    },
    {
        event: { type: EVENTS.STOP },
        next: {
            ...leadsTo({ name: S.NOTHING_FOUND }, [S.SEARCHING, S.PERMISSION]),
            [S.RESOLVING]: { name: S.CLAIMING },
        },
    },
    {
        event: { type: EVENTS.SELECT, host: FREE.host },
        next: { [S.CHOOSING]: { name: S.CHOOSING } },
    },
    {
        event: { type: EVENTS.ENTER_TARGET },
        next: leadsTo({ name: S.TARGET, target: "" }, [...OPEN, S.DOCTOR]),
    },
    {
        event: { type: EVENTS.SUBMIT_TARGET, target: "192.168.1.20" },
        next: { [S.TARGET]: { name: S.SEARCHING } },
    },
    { event: { type: EVENTS.AGREE }, next: { [S.CONSENT]: { name: S.SEARCHING } } },
    { event: { type: EVENTS.CONNECT }, next: {} }, // nothing is marked
    {
        event: { type: EVENTS.ENTER_CODE },
        next: leadsTo(
            { name: S.CODE, code: "" },
            [...OPEN, S.DOCTOR].filter((name) => name !== S.CODE)
        ),
    },
    {
        event: { type: EVENTS.SUBMIT_CODE, code: "x" },
        next: { [S.CODE]: { name: S.CLAIMING, code: "x" } },
    },
    {
        event: { type: EVENTS.TOKEN_MADE, attempt: 2, tokenId: 8 },
        next: leadsTo({ tokenId: 8 }, [S.HANDING_OVER, S.CLAIMING]),
    },
    {
        event: { type: EVENTS.HANDED_OVER, attempt: 2, identifier: "box11", now: 5 },
        next: leadsTo({ name: S.WAITING, deadline: 125 }, [S.HANDING_OVER, S.CLAIMING]),
    },
    {
        event: { type: EVENTS.ATTEMPT_FAILED, attempt: 2, reason: "unknown_code" },
        next: {
            [S.HANDING_OVER]: { name: S.FAILED, reason: "unknown_code" },
            [S.CLAIMING]: { name: S.CODE, code: "XXX-XXX-XXX" },
        },
    },
    {
        event: { type: EVENTS.BOX_SEEN, identifier: "box11", boxId: 3, boxName: "Bar" },
        next: leadsTo({ name: S.CONNECTED, boxId: 3, isByOther: true }, [
            S.HANDING_OVER,
            S.WAITING,
            S.TIMED_OUT,
            S.FAILED,
        ]),
    },
    {
        event: { type: EVENTS.KEEP_WAITING, now: 300 },
        next: { [S.TIMED_OUT]: { name: S.WAITING, tokenId: 7, deadline: 420 } },
    },
    {
        event: { type: EVENTS.RETRY },
        next: leadsTo({ name: S.HANDING_OVER, box: FREE }, [S.TIMED_OUT, S.FAILED]),
    },
    { event: { type: EVENTS.UNDO }, next: { [S.CONNECTED]: { name: S.UNDOING, tokenId: 7 } } },
    {
        event: { type: EVENTS.UNDONE, attempt: 2, isBoxTold: false },
        next: { [S.UNDOING]: { name: S.UNDONE, isBoxTold: false } },
    },
    {
        event: { type: EVENTS.UNDO_FAILED, attempt: 2, reason: "connection_lost" },
        next: { [S.UNDOING]: { name: S.CONNECTED, tokenId: 7 } },
    },
    {
        event: { type: EVENTS.DIAGNOSE },
        next: leadsTo({ name: S.DOCTOR, isRunning: true }, [
            S.CHOOSING,
            S.NOTHING_FOUND,
            S.CODE,
            S.FAILED,
            S.TIMED_OUT,
        ]),
    },
    {
        event: { type: EVENTS.CHECKED, attempt: 2, check: { id: "page" } },
        next: { [S.DOCTOR]: { checks: [{ id: "page" }] } },
    },
    {
        event: { type: EVENTS.DIAGNOSED, attempt: 2, report: "text" },
        next: { [S.DOCTOR]: { isRunning: false, report: "text" } },
    },
    {
        event: { type: EVENTS.DIAGNOSIS_FAILED, attempt: 2, reason: "server_error" },
        next: { [S.DOCTOR]: { isRunning: false } },
    },
    {
        event: { type: EVENTS.BACK },
        next: {
            ...leadsTo({ name: S.CHOOSING }, [
                S.TARGET,
                S.CODE,
                S.DOCTOR,
                S.FAILED,
                S.TIMED_OUT,
                S.UNDONE,
            ]),
            [S.CONSENT]: { name: S.TARGET, target: "10.0.0.0/22" },
            [S.RESOLVING]: { name: S.CODE, code: "XXX-XXX-XXX" },
        },
    },
    {
        event: { type: EVENTS.MINT },
        next: leadsTo({ name: S.MINTING, early: [] }, [...OPEN, S.EXPIRED, S.REVOKED]),
    },
    {
        event: { type: EVENTS.MINTED, token: TOKEN },
        next: { [S.MINTING]: { name: S.TOKEN, tokenId: 7, token: TOKEN } },
    },
    {
        event: { type: EVENTS.MINT_FAILED, reason: "base_url_path", baseUrl: "http://o/x" },
        next: { [S.MINTING]: { name: S.FAILED, reason: "base_url_path", baseUrl: "http://o/x" } },
    },
    {
        event: { type: EVENTS.REVOKE },
        next: { [S.TOKEN]: { name: S.REVOKING, token: TOKEN } },
    },
    {
        event: { type: EVENTS.REVOKE_FAILED, reason: "connection_lost" },
        next: { [S.REVOKING]: { name: S.TOKEN, tokenId: 7, token: TOKEN } },
    },
    {
        event: REVOKED,
        next: {
            [S.MINTING]: { early: [REVOKED] },
            ...leadsTo({ name: S.REVOKED }, [S.TOKEN, S.REVOKING, S.EXPIRED, S.REVOKED]),
            ...leadsTo({ name: S.FAILED, reason: "token_revoked" }, [S.WAITING, S.TIMED_OUT]),
        },
    },
    {
        event: { type: EVENTS.EXPIRED, tokenId: 7 },
        next: leadsTo({ name: S.FAILED, reason: "token_expired" }, [S.WAITING, S.TIMED_OUT]),
    },
    { event: { ...REVOKED, tokenId: 8 }, next: { [S.MINTING]: { name: S.MINTING } } },
    {
        event: USED,
        next: {
            [S.MINTING]: { early: [USED] },
            ...leadsTo({ name: S.CONNECTED, boxId: 3, boxName: "Bar" }, [
                S.WAITING,
                S.TIMED_OUT,
                S.TOKEN,
                S.REVOKING,
                S.EXPIRED,
                S.REVOKED,
            ]),
        },
    },
    { event: { ...USED, tokenId: 8 }, next: { [S.MINTING]: { name: S.MINTING } } },
    { event: { type: EVENTS.TICK, now: 219 }, next: {} },
    {
        event: { type: EVENTS.TICK, now: 3600 },
        next: {
            [S.WAITING]: { name: S.TIMED_OUT, tokenId: 7 },
            ...leadsTo({ name: S.EXPIRED, tokenId: 7 }, [S.TOKEN, S.REVOKING]),
        },
    },
];
