import { Component, useEffect, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
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
        this.input = useRef("input");
        this.typed = this.props.flow.target;
        // Not by the template: it is rendered a frame before it is shown, at each progress of the
        // search, and would undo what is typed in between.
        useEffect(
            (input) => {
                if (input) {
                    input.value = this.typed;
                }
            },
            () => [this.input.el]
        );
        useAutofocus({ refName: "input", mobile: true });
    }

    get question() {
        const { target, size } = this.props.flow;
        return _t("%(network)s has %(size)s addresses. Search them all?", {
            network: target,
            size,
        });
    }

    onInput({ target }) {
        this.typed = target.value;
    }

    onSubmit() {
        this.props.send(EVENTS.SUBMIT_TARGET, { target: this.input.el.value });
    }
}
