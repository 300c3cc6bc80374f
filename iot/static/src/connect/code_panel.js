import { Component, useEffect, useRef } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";
import { formatCode } from "./code_format";
import { FORM_ID } from "./connect_buttons";
import { EVENTS } from "./connect_states";
import { ReasonAlert } from "./reason_alert";

/** Asks for a pairing code. */
export class CodePanel extends Component {
    static template = "iot.CodePanel";
    static components = { ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    setup() {
        this.formId = FORM_ID;
        this.input = useRef("input");
        this.typed = this.props.flow.code;
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
        useAutofocus({ refName: "input", mobile: true, selectAll: true });
    }

    onInput({ target, isComposing }) {
        if (!isComposing) {
            const { text, caret } = formatCode(target.value, target.selectionStart);
            if (text !== target.value) {
                target.value = text;
                target.setSelectionRange(caret, caret);
            }
        }
        this.typed = target.value;
    }

    onSubmit() {
        this.props.send(EVENTS.SUBMIT_CODE, { code: this.input.el.value });
    }
}
