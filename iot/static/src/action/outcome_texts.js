import { _t } from "@web/core/l10n/translation";

/** Reason code of an outcome → what to tell the user. */
const REASONS = {
    // nobody there
    offline: _t("The IoT box is offline. Check its power and its network."),
    no_server: _t("Odoo cannot be reached, and neither can the IoT box."),
    no_answer: _t("The IoT box did not answer in time. The device may have done it all the same."),
    box_lost: _t(
        "The IoT box went offline before it answered. The device may have done it all the same."
    ),
    uncertain: _t(
        "The connection broke before the IoT box answered. The device may have done it all the same."
    ),
    // not done
    expired_in_queue: _t("The device was busy for too long. Nothing was sent to it."),
    unknown_device: _t("The IoT box does not know this device. Is it plugged in?"),
    device_lost: _t("The device was unplugged or switched off."),
    cancelled: _t("This was cancelled."),
    foreign_database: _t(
        "This database is a copy: its IoT boxes are connected to the original, and get no commands from here."
    ),
    // keys and bar codes, which come to a browser on the network of the box only
    unreachable: _t("This browser does not reach the IoT box. Try it on the network of the box."),
    nothing_heard: _t("Nothing has arrived."),
    // printers
    ERROR_FAILED: _t("Printing failed."),
    ERROR_NO_PAPER: _t("The printer has no paper."),
    ERROR_OFFLINE: _t("The printer is offline. Check its power, cable and cover."),
    ERROR_TIMEOUT: _t("The printer did not finish in time. Is it switched on?"),
    ERROR_UNREACHABLE: _t("The IoT box cannot reach the printer."),
    ERROR_UNKNOWN: _t("The printer reports an error it does not name."),
};

/**
 * Why an action was not done, as far as anybody knows.
 *
 * @param {import("./box_event").Outcome} outcome one that is not `done`
 * @returns {string}
 */
export function failureText({ reason, message }) {
    if (reason === "refused" && message) {
        return message;
    }
    if (reason in REASONS) {
        return REASONS[reason].toString();
    }
    const words = message || reason;
    return words
        ? _t("The device could not do it: %s", words)
        : _t("The device could not do it, and does not say why.");
}

/** What a request waits for, or "" when nothing keeps it. */
export function waitingText({ state, reason }) {
    if (state !== "queued") {
        return "";
    }
    return reason === "offline"
        ? _t("The IoT box is offline; waiting for it…")
        : _t("The device is busy; waiting for its turn…");
}
