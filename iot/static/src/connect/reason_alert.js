import { Component } from "@odoo/owl";
import { getMessage } from "./connect_messages";

/** What went wrong, what to do about it, and where. */
export class ReasonAlert extends Component {
    static template = "iot.ReasonAlert";
    static props = {
        reason: String,
        level: { type: String, validate: (level) => ["warning", "danger"].includes(level) },
        baseUrl: { type: [String, { value: false }], optional: true },
        detail: { type: String, optional: true },
    };

    get message() {
        return getMessage(this.props.reason);
    }
}
