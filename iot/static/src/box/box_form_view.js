import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
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
    }
}

registry.category("views").add("iot_box_form", { ...formView, Controller: BoxFormController });
