import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { CopyButton } from "@web/core/copy_button/copy_button";
import { user } from "@web/core/user";
import { getDoctorAction } from "./doctor_actions";
import { describeCheck } from "./doctor_texts";
import { ReasonAlert } from "./reason_alert";

const ICONS = {
    ok: "fa-check-circle text-success",
    warning: "fa-exclamation-triangle text-warning",
    problem: "fa-times-circle text-danger",
    skipped: "fa-minus-circle text-muted",
};

/** What the connection doctor has found: a verdict for each point, and what to do if it is bad. */
export class DoctorPanel extends Component {
    static template = "iot.DoctorPanel";
    static components = { CopyButton, ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    get checks() {
        return this.props.flow.checks.map((check) => ({
            ...check,
            ...describeCheck(check),
            action: getDoctorAction(check, user.isSystem),
            icon: ICONS[check.verdict],
        }));
    }

    /** Browsers give no clipboard to pages served over plain http. */
    get canCopy() {
        return Boolean(browser.navigator.clipboard);
    }

    onAction({ event, data }) {
        this.props.send(event, data);
    }

    onFocusReport(ev) {
        ev.target.select();
    }
}
