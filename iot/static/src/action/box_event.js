/**
 * What a box tells of its devices (contract section 3.5): which action it answers, and how that
 * ended. The server reads the same events by the same rules, in `tools/box_event.py`.
 */

/**
 * @typedef {Object} Outcome
 * @property {"done" | "failed" | "expired"} status
 * @property {string | false} reason code
 * @property {string | false} message words of the box
 * @property {any} result what the device answered
 */

/** Codes of printers, `ERROR_NO_PAPER` say, as distinct from words. */
const CODE = /^[A-Za-z_]\w*$/;

/**
 * Whether an event answers the action with this id. Its `session_id` says nothing: the box writes
 * that of the listener into each event.
 */
export function isAnswer(event, uid) {
    if (isObject(event.status)) {
        // a reading of a serial device may fall into an action and name its owner; the answer has
        // the keys of the action on top
        return event.action_unique_id === uid;
    }
    return event.owner === uid || event.action_args?.action_unique_id === uid;
}

/** Whether an event answers anybody's action: then what it tells of the device is nothing new. */
export const isAnyAnswer = (event) => "action_args" in event;

/**
 * @param {Object} event
 * @returns {Outcome | null} null for what ends nothing: readings, warnings
 */
export function outcomeOf(event) {
    const { status } = event;
    if (isObject(status)) {
        return status.status === "error"
            ? outcome("failed", "box_error", lastLine(status.message_body))
            : outcome("done", false, false, resultOf(event));
    }
    switch (status) {
        case "success":
            // newer printers: the job has only begun
            return event.result === "pending"
                ? null
                : outcome("done", false, false, resultOf(event));
        case "error":
            return typeof event.message === "string" && CODE.test(event.message)
                ? outcome("failed", event.message)
                : outcome("failed", "box_error", lastLine(event.result));
        case "disconnected":
            return outcome("failed", "time" in event ? "device_lost" : "unknown_device");
        case "duplicate": // newer boxes: executed before
            return outcome("done", "duplicate");
        default:
            return null;
    }
}

/** Code of what a printer reports before it goes on, `WARNING_LOW_PAPER` say. */
export const warningOf = ({ status, message }) => (status === "warning" ? message : undefined);

/** @returns {Outcome} */
export function outcome(status, reason = false, message = false, result = null) {
    return { status, reason, message, result };
}

const isObject = (value) => typeof value === "object" && value !== null;

const resultOf = ({ result }) => (result === "" ? null : (result ?? null));

/** Without what turns or breaks a text. */
function lastLine(text) {
    const lines = typeof text === "string" ? text.split("\n") : [];
    const readable = lines.map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "").trim());
    return readable.findLast((line) => line) || false;
}
