import { Component } from "@odoo/owl";
import { formatCode } from "./code_format";
import { FORM_ID } from "./connect_buttons";
import { EVENTS } from "./connect_states";
import { ReasonAlert } from "./reason_alert";
import { useTypedInput } from "./typed_input";

/** Asks for a pairing code. */
export class CodePanel extends Component {
    static template = "iot.CodePanel";
    static components = { ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    setup() {
        this.formId = FORM_ID;
        this.input = useTypedInput(this.props.flow.code, { selectAll: true });
    }

    onInput({ target, isComposing }) {
        if (!isComposing) {
            const { text, caret } = formatCode(target.value, target.selectionStart);
            if (text !== target.value) {
                target.value = text;
                target.setSelectionRange(caret, caret);
            }
        }
        this.input.typed = target.value;
    }

    onSubmit() {
        this.props.send(EVENTS.SUBMIT_CODE, { code: this.input.el.value });
    }
}
