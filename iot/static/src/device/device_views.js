import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { useFormReload, useListReload } from "../box/box_changes";

class DeviceKanbanController extends KanbanController {
    setup() {
        super.setup();
        useListReload(this.model);
    }
}

class DeviceListController extends ListController {
    setup() {
        super.setup();
        useListReload(this.model);
    }
}

class DeviceFormController extends FormController {
    setup() {
        super.setup();
        useFormReload(this.model, {
            getBoxId: (record) => record.data.box_id?.id,
            action: "iot.iot_device_action",
        });
    }
}

const views = registry.category("views");
views.add("iot_device_kanban", { ...kanbanView, Controller: DeviceKanbanController });
views.add("iot_device_list", { ...listView, Controller: DeviceListController });
views.add("iot_device_form", { ...formView, Controller: DeviceFormController });
