import { _t } from "@web/core/l10n/translation";
import { getMessage } from "./connect_messages";
import { EVENTS, STATES } from "./connect_states";
import { nothingReason } from "./nothing_reason";
import { isSelectable } from "./search_flow";

const SEARCH_TITLE = _t("Searching for an IoT Box");
const CONNECT_TITLE = _t("Connecting an IoT Box");
const OFFLINE_TITLE = _t("Pair an IoT Box offline");

const TITLES = {
    [STATES.SEARCHING]: SEARCH_TITLE,
    [STATES.PERMISSION]: SEARCH_TITLE,
    [STATES.CHOOSING]: _t("Choose an IoT Box"),
    [STATES.NOTHING_FOUND]: _t("No IoT Box found"),
    [STATES.TARGET]: _t("Search an Address"),
    [STATES.CONSENT]: _t("Search an Address"),
    [STATES.CODE]: _t("Use a Pairing Code"),
    [STATES.CONNECTED]: _t("IoT Box connected"),
    [STATES.UNDOING]: _t("Disconnecting an IoT Box"),
    [STATES.UNDONE]: _t("IoT Box disconnected"),
    [STATES.FAILED]: _t("The IoT Box is not connected"),
    [STATES.TIMED_OUT]: _t("The IoT Box is not connected"),
    [STATES.DOCTOR]: _t("Connection Doctor"),
    [STATES.MINTING]: OFFLINE_TITLE,
    [STATES.TOKEN]: OFFLINE_TITLE,
    [STATES.REVOKING]: OFFLINE_TITLE,
    [STATES.EXPIRED]: OFFLINE_TITLE,
    [STATES.REVOKED]: OFFLINE_TITLE,
};

/** What failed, by what repeats it; otherwise a box was to be connected. */
const TITLES_OF_FAILURES = {
    [EVENTS.SEARCH]: SEARCH_TITLE,
    [EVENTS.MINT]: OFFLINE_TITLE,
};

/** @param {{ name: string, retry?: string }} flow */
export function getTitle({ name, retry }) {
    return (name === STATES.FAILED && TITLES_OF_FAILURES[retry]) || TITLES[name] || CONNECT_TITLE;
}

/** What a screen reader says when the state changes. */
const ANNOUNCEMENTS = {
    [STATES.SEARCHING]: ({ search }) =>
        search.boxes.length ? boxesFound(search) : _t("Searching your network for boxes…"),
    [STATES.PERMISSION]: () =>
        _t("Your browser asks whether Odoo may look for devices on your network: choose “Allow”."),
    [STATES.CHOOSING]: ({ search }) => boxesFound(search),
    [STATES.NOTHING_FOUND]: ({ search }) => getMessage(nothingReason(search)).title,
    [STATES.TARGET]: () => "",
    [STATES.CONSENT]: ({ size }) => _t("This network has %(size)s addresses.", { size }),
    [STATES.CODE]: ({ problem }) => (problem ? getMessage(problem.reason).title : ""),
    [STATES.RESOLVING]: () => _t("Looking for the box with this code on your network…"),
    [STATES.CLAIMING]: () => _t("Asking the pairing service for the box with this code…"),
    [STATES.HANDING_OVER]: ({ identifier }) =>
        _t("Connecting the box %(identifier)s…", { identifier }),
    [STATES.WAITING]: ({ identifier }) =>
        _t("Waiting until the box %(identifier)s has connected…", { identifier }),
    [STATES.TIMED_OUT]: () => getMessage("not_registered").title,
    [STATES.CONNECTED]: ({ boxName }) => _t("%(box)s is connected.", { box: boxName }),
    [STATES.UNDOING]: ({ boxName }) => _t("Disconnecting %(box)s…", { box: boxName }),
    [STATES.UNDONE]: ({ boxName }) => _t("%(box)s is disconnected again.", { box: boxName }),
    [STATES.FAILED]: ({ reason }) => getMessage(reason).title,
    [STATES.DOCTOR]: ({ isRunning }) =>
        isRunning ? _t("The doctor examines the connection…") : _t("The doctor has finished."),
    [STATES.MINTING]: () => _t("Making a token…"),
    [STATES.TOKEN]: ({ problem }) =>
        problem
            ? _t("The token could not be revoked.")
            : _t("The token is ready. Waiting for the box."),
    [STATES.REVOKING]: () => _t("Revoking the token…"),
    [STATES.EXPIRED]: () => _t("The token has expired."),
    [STATES.REVOKED]: () => _t("The token is revoked."),
};

function boxesFound({ boxes }) {
    const count = boxes.filter(isSelectable).length;
    if (!count) {
        return _t("No box is free. Those found are connected already.");
    }
    return count === 1 ? _t("One box found.") : _t("%(count)s boxes found.", { count });
}

/** @param {{ name: string }} flow */
export function getAnnouncement(flow) {
    return ANNOUNCEMENTS[flow.name](flow);
}
