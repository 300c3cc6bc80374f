import { failureText } from "@iot/action/outcome_texts";
import { _t } from "@web/core/l10n/translation";

/** Reasons that speak of the way to a device, as distinct from the device. */
const AWAY = [
    "offline",
    "no_answer",
    "no_server",
    "box_lost",
    "uncertain",
    "unknown_device",
    "device_lost",
];

/**
 * @typedef {Object} DeviceState
 * @property {"success" | "warning" | "danger"} level
 * @property {string} text for who sells
 */

/** Those of them that the server says, or that say something of it: it knows when they are over. */
const KNOWN = ["offline", "no_server"];

const isAway = ({ reason }) => AWAY.includes(reason);

/** Whether what has failed would not fail again, as far as the server knows. */
export function isOver(trouble, { status }, hasReturned) {
    const isKnown = KNOWN.includes(trouble.reason) && status === "connected";
    return isAway(trouble) && (hasReturned || isKnown);
}

/**
 * How it is with a device, as far as anybody knows.
 *
 * @param {Object} device
 * @param {string} [device.status] as the server says, `iot.device.status`
 * @param {string} [device.box_status] `iot.box.status`
 * @param {string} device.box_name
 * @param {Object} [device.trouble] outcome of what it has failed to do last
 * @param {boolean} [device.isGone] the server knows it no more
 * @param {boolean} isServerLost
 * @returns {DeviceState}
 */
export function deviceState(device, isServerLost) {
    if (device.isGone) {
        return state("danger", _t("Removed from this point of sale"));
    }
    const isElsewhere = device.status !== "connected"; // which says more than that it is away
    if (device.trouble && !(isElsewhere && isAway(device.trouble))) {
        return state("danger", failureText(device.trouble));
    }
    if (isServerLost) {
        return state("warning", _t("Unknown: Odoo does not answer"));
    }
    if (device.status === "box_offline") {
        return state("danger", _t("%s is offline", device.box_name));
    }
    if (device.status !== "connected") {
        return state("danger", _t("Unplugged or switched off"));
    }
    if (device.box_status === "no_push") {
        return state("warning", _t("Reachable from the network of the IoT box only"));
    }
    return device.isPaperLow
        ? state("warning", _t("The paper is almost used up"))
        : state("success", _t("Connected"));
}

const state = (level, text) => ({ level, text: text.toString() });
