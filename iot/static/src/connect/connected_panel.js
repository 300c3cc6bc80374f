import { Component } from "@odoo/owl";
import { STATES } from "./connect_states";
import { getAnnouncement } from "./connect_texts";
import { ReasonAlert } from "./reason_alert";

/** A box is connected, or no longer. */
export class ConnectedPanel extends Component {
    static template = "iot.ConnectedPanel";
    static components = { ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    setup() {
        this.STATES = STATES;
    }

    get text() {
        return getAnnouncement(this.props.flow);
    }
}
