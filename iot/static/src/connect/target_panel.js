import { Component } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";
import { FORM_ID } from "./connect_buttons";
import { EVENTS, STATES } from "./connect_states";
import { ReasonAlert } from "./reason_alert";

/** Asks for an address or a network, and for consent when that is large. */
export class TargetPanel extends Component {
    static template = "iot.TargetPanel";
    static components = { ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    setup() {
        this.STATES = STATES;
        this.formId = FORM_ID;
        // each progress of the search renders anew, and must not undo what was typed meanwhile
        this.typed = this.props.flow.target;
        this.input = useAutofocus({ refName: "input", mobile: true });
    }

    onInput({ target }) {
        this.typed = target.value;
    }

    onSubmit() {
        this.props.send(EVENTS.SUBMIT_TARGET, { target: this.input.el.value });
    }
}
