import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { FORM_ID } from "./connect_buttons";
import { EVENTS, STATES } from "./connect_states";
import { ReasonAlert } from "./reason_alert";
import { useTypedInput } from "./typed_input";

/** Asks for an address or a network, and for consent when that is large. */
export class TargetPanel extends Component {
    static template = "iot.TargetPanel";
    static components = { ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    setup() {
        this.STATES = STATES;
        this.formId = FORM_ID;
        this.input = useTypedInput(this.props.flow.target);
    }

    get question() {
        const { target, size } = this.props.flow;
        return _t("%(network)s has %(size)s addresses. Search them all?", {
            network: target,
            size,
        });
    }

    onInput({ target }) {
        this.input.typed = target.value;
    }

    onSubmit() {
        this.props.send(EVENTS.SUBMIT_TARGET, { target: this.input.el.value });
    }
}
