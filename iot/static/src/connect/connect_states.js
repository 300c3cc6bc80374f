/** The vocabulary of the popup that connects a box: where its flow can be, and what can happen. */

export const STATES = Object.freeze({
    // the search
    SEARCHING: "searching",
    /** The browser asks the user whether this page may look for devices; the search waits. */
    PERMISSION: "permission",
    CHOOSING: "choosing",
    NOTHING_FOUND: "nothing_found",
    /** The user types an address or a network. */
    TARGET: "target",
    /** The network is large: the user is asked before it is searched. */
    CONSENT: "consent",
    // pairing
    /** The user types a pairing code. */
    CODE: "code",
    /** The box with the code may still turn up in the running search. */
    RESOLVING: "resolving",
    /** The pairing broker is asked to hand a token to the box with the code. */
    CLAIMING: "claiming",
    /** This browser hands a token to the box. */
    HANDING_OVER: "handing_over",
    /** A box has its token and restarts. */
    WAITING: "waiting",
    TIMED_OUT: "timed_out",
    CONNECTED: "connected",
    UNDOING: "undoing",
    UNDONE: "undone",
    FAILED: "failed",
    DOCTOR: "doctor",
    // offline pairing
    MINTING: "minting",
    TOKEN: "token",
    REVOKING: "revoking",
    EXPIRED: "expired",
    REVOKED: "revoked",
});

/** Each event tells when it happens: `{ now }`, in seconds of the same clock as the deadlines. */
export const EVENTS = Object.freeze({
    /** The user asks for a search: `{ isGentle?, isAutomatic? }`; the target, if any, stays. */
    SEARCH: "search",
    /** The user asks for a search of the usual places, after one of a target. */
    SEARCH_EVERYWHERE: "search_everywhere",
    /** The browser asks the user, or has asked: `{ id, permission }`, `prompt` while it does. */
    PERMISSION: "permission",
    /** `{ id, box }` */
    FOUND: "found",
    /** `{ id, progress: { pass, done, total, kind, network } }` */
    PROGRESS: "progress",
    /** `{ id, boxes, permission, isAlive, silentNetworks, isSecurePage }` */
    SEARCH_ENDED: "search_ended",
    /** `{ id, reason, detail? }` */
    SEARCH_FAILED: "search_failed",
    /** The server told anew which boxes it knows: `{ hints }`. */
    HINTED: "hinted",
    /** The user has seen enough. */
    STOP: "stop",
    /** The user marks a box: `{ host }`. */
    SELECT: "select",
    /** The user opens the form for an address. */
    ENTER_TARGET: "enter_target",
    /** The user asks to search `{ target }`, an address or a network. */
    SUBMIT_TARGET: "submit_target",
    /** The user agrees to search a large network. */
    AGREE: "agree",

    /** The user asks to connect the box that is marked. */
    CONNECT: "connect",
    /** The user opens the form for a pairing code. */
    ENTER_CODE: "enter_code",
    /** `{ code }` as typed. */
    SUBMIT_CODE: "submit_code",
    /** The server made the token of an attempt: `{ attempt, tokenId }`. */
    TOKEN_MADE: "token_made",
    /** A box has, or will fetch, the token: `{ attempt, identifier }`. */
    HANDED_OVER: "handed_over",
    /** `{ attempt, reason, baseUrl?, detail?, box? }`, the box as it is now. */
    ATTEMPT_FAILED: "attempt_failed",
    /** Another window or person has connected the box: `{ identifier, boxId, boxName }`. */
    BOX_SEEN: "box_seen",
    /** The user gives the box more time. */
    KEEP_WAITING: "keep_waiting",
    /** The user repeats what failed. */
    RETRY: "retry",
    /** The user wants the connected box disconnected again. */
    UNDO: "undo",
    /** `{ attempt, isBoxTold }` */
    UNDONE: "undone",
    /** `{ attempt, reason, detail? }` */
    UNDO_FAILED: "undo_failed",

    /** The user asks the connection doctor. */
    DIAGNOSE: "diagnose",
    /** The doctor has a verdict on one more point: `{ attempt, check }`. */
    CHECKED: "checked",
    /** `{ attempt, report }` */
    DIAGNOSED: "diagnosed",
    /** `{ attempt, reason, detail? }` */
    DIAGNOSIS_FAILED: "diagnosis_failed",
    /** The user leaves a form or the doctor. */
    BACK: "back",

    /** The user asks for a (new) token to carry to a box. */
    MINT: "mint",
    /** The server answered: `{ token: { id, url, pipe, warning, deadline } }`. */
    MINTED: "minted",
    /** The server refused or could not be asked: `{ reason, baseUrl?, detail? }`. */
    MINT_FAILED: "mint_failed",
    /** The user asks to revoke the token shown. */
    REVOKE: "revoke",
    /** The token could not be revoked: `{ reason, detail? }`. */
    REVOKE_FAILED: "revoke_failed",

    /** A token is revoked, from here or from elsewhere: `{ tokenId }`. */
    REVOKED: "revoked",
    /** No box can use a token any more: `{ tokenId }`. */
    EXPIRED: "expired",
    /** A box presented a token: `{ tokenId, boxId, boxName }`. */
    USED: "used",
    /** A second has passed. */
    TICK: "tick",
});
