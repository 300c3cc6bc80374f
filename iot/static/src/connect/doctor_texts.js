import { _t } from "@web/core/l10n/translation";
import { getMessage } from "./connect_messages";

const VERDICTS = {
    ok: _t("Good"),
    warning: _t("Warning"),
    problem: _t("Problem"),
    skipped: _t("Not examined"),
};

/** What the doctor examines, by the id of the check. */
const NAMES = {
    page: _t("This page"),
    permission: _t("Permission to look for devices"),
    mixed_content: _t("Secure page and boxes without encryption"),
    network: _t("Boxes on your network"),
    server: _t("Odoo server"),
    websocket: _t("Messages from the Odoo server"),
    base_url: _t("Address of this Odoo, as boxes use it"),
    clock: _t("Clock of this computer"),
    databases: _t("Databases of the server"),
};

/**
 * @param {{ id: string, verdict: string, reason?: string }} check of discovery/doctor.js
 * @returns {{ verdictName: string, name: string, title?: string, help?: string }}
 */
export function describeCheck({ id, verdict, reason }) {
    const { title, help } = reason ? getMessage(reason) : {};
    return { verdictName: VERDICTS[verdict], name: NAMES[id], title, help };
}
