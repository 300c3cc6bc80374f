import { _t } from "@web/core/l10n/translation";
import { boxUrl } from "../discovery/box_request";
import { ACTIONS } from "./connect_buttons";
import { getMessage } from "./connect_messages";
import { EVENTS } from "./connect_states";

const EXAMINE = { label: _t("Examine again"), event: EVENTS.DIAGNOSE };
const PARAMETERS = {
    label: _t("Open the system parameters"),
    url: "/odoo/action-base.ir_config_list_action",
};
const PROXY_GUIDE = {
    label: _t("How to set up a proxy"),
    url: "https://www.odoo.com/documentation/19.0/administration/on_premise/deploy.html#https",
};
const openHost = (host) => ({ label: _t("Open this address"), url: boxUrl(host) });

const SPECIAL = {
    host_silent: ({ detail }) => openHost(detail),
    host_refuses: ({ detail }) => openHost(detail),
    websocket_blocked: () => PROXY_GUIDE,
};

/**
 * The next step after a finding: an event of the popup, or something to open beside it.
 *
 * @param {import("../discovery/doctor").Result} check
 * @param {boolean} isSystem whether the user may change system parameters
 * @returns {{ label: string } & ({ event: string, data?: Object } | { url: string }) | undefined}
 *     none when there is nothing wrong
 */
export function getDoctorAction(check, isSystem) {
    const { reason } = check;
    if (!reason) {
        return undefined;
    }
    const { action, isBaseUrl } = getMessage(reason);
    if (isBaseUrl) {
        return isSystem ? PARAMETERS : EXAMINE;
    }
    return SPECIAL[reason]?.(check) || (action === EVENTS.RETRY ? EXAMINE : ACTIONS[action]);
}
