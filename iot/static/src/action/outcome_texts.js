import { _t } from "@web/core/l10n/translation";

const COPY = _t(
    "This database is a copy: its IoT boxes are connected to the original, and get no commands from here."
);

/**
 * Reason code of an outcome → what to tell the user: of a device that was asked for something, or
 * of the box itself.
 */
const REASONS = {
    // nobody there
    offline: {
        device: _t("The IoT box is offline. Check its power and its network."),
        box: _t("The box is offline: nothing was sent to it. Check its power and its network."),
    },
    no_server: {
        device: _t("Odoo cannot be reached, and neither can the IoT box."),
        box: _t("Odoo cannot be reached. Nobody knows whether the box was asked."),
    },
    no_answer: {
        device: _t("The IoT box did not answer in time. The device may have done it all the same."),
        box: _t("The box did not answer in time. Look at its status before you try again."),
    },
    box_lost: {
        device: _t(
            "The IoT box went offline before it answered. The device may have done it all the same."
        ),
        box: _t("The box went offline before it answered. Look at its status in a minute."),
    },
    uncertain: {
        device: _t(
            "The connection broke before the IoT box answered. The device may have done it all the same."
        ),
    },
    // not done
    busy: {
        box: _t("The box is being asked for the same at another screen. Try again in a moment."),
    },
    expired_in_queue: { device: _t("The device was busy for too long. Nothing was sent to it.") },
    unknown_device: {
        device: _t("The IoT box does not know this device. Is it plugged in?"),
    },
    device_lost: { device: _t("The device was unplugged or switched off.") },
    cancelled: { device: _t("This was cancelled.") },
    foreign_database: { device: COPY, box: COPY },
    // keys and bar codes, which come to a browser on the network of the box only
    unreachable: {
        device: _t("This browser does not reach the IoT box. Try it on the network of the box."),
    },
    nothing_heard: { device: _t("Nothing has arrived.") },
    // printers
    ERROR_FAILED: { device: _t("Printing failed.") },
    ERROR_NO_PAPER: { device: _t("The printer has no paper.") },
    ERROR_OFFLINE: {
        device: _t("The printer is offline. Check its power, cable and cover."),
    },
    ERROR_TIMEOUT: {
        device: _t("The printer did not finish in time. Is it switched on?"),
    },
    ERROR_UNREACHABLE: { device: _t("The IoT box cannot reach the printer.") },
    ERROR_UNKNOWN: { device: _t("The printer reports an error it does not name.") },
};

/**
 * Why something was not done, as far as anybody knows.
 *
 * @param {import("./box_event").Outcome} outcome one that is not `done`
 * @param {"device" | "box"} asked who was to do it
 * @returns {string}
 */
export function failureText({ reason, message }, asked = "device") {
    if (reason === "refused" && message) {
        return message;
    }
    const text = reason in REASONS && REASONS[reason][asked];
    return text ? text.toString() : unknownText(asked, message || reason);
}

/** @param {string | false} words of the box, or a code that nobody here knows */
function unknownText(asked, words) {
    if (asked === "box") {
        return words
            ? _t("The box could not do it: %s", words)
            : _t("The box could not do it, and does not say why.");
    }
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
