import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { useBoxCommands } from "../box_command/box_commands";
import { useFormReload } from "./box_changes";
import { useBoxDeletion } from "./box_deletion";

class BoxFormController extends FormController {
    setup() {
        super.setup();
        useFormReload(this.model, {
            getBoxId: (record) => record.resId,
            action: "iot.iot_box_action",
        });
        this.deleteRecordsWithConfirmation = useBoxDeletion(this.model);
        this.runBoxCommand = useBoxCommands();
    }

    /** Override: what is asked of a box is followed here, and its form shown as it was meanwhile. */
    async beforeExecuteActionButton(clickParams) {
        if (this.runBoxCommand(clickParams.name, this.model.root.resId)) {
            return false;
        }
        return super.beforeExecuteActionButton(clickParams);
    }
}

registry.category("views").add("iot_box_form", { ...formView, Controller: BoxFormController });
