import { Component } from "@odoo/owl";
import { secondsLeft } from "./connect_flow";
import { STATES } from "./connect_states";
import { getAnnouncement } from "./connect_texts";
import { ReasonAlert } from "./reason_alert";

/** Something takes its time, usually a box: what happens, and what there is to know about it. */
export class WaitingPanel extends Component {
    static template = "iot.WaitingPanel";
    static components = { ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    setup() {
        this.STATES = STATES;
    }

    get text() {
        return getAnnouncement(this.props.flow);
    }

    get timeLeft() {
        const seconds = secondsLeft(this.props.flow, this.props.now);
        return luxon.Duration.fromObject({ seconds }).toFormat("m:ss");
    }
}
