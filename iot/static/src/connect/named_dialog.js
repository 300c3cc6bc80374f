import { Dialog } from "@web/core/dialog/dialog";

/** A dialog that screen readers call by its title. */
export class NamedDialog extends Dialog {
    static template = "iot.NamedDialog";
}
