import { Component } from "@odoo/owl";
import { nothingReason } from "./nothing_reason";
import { ReasonAlert } from "./reason_alert";

/** Why there is no box to choose. */
export class NothingPanel extends Component {
    static template = "iot.NothingPanel";
    static components = { ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    get reason() {
        return nothingReason(this.props.flow.search);
    }
}
