import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ConnectButton } from "../connect/connect_button";
import { useListReload } from "./box_changes";
import { useBoxDeletion } from "./box_deletion";
import { BoxHelper } from "./box_helper";
import { BoxNotices } from "./box_notices";

class BoxKanbanController extends KanbanController {
    static template = "iot.BoxKanbanView";
    static components = { ...KanbanController.components, BoxNotices, ConnectButton };

    setup() {
        super.setup();
        useListReload(this.model);
        this.deleteRecordsWithConfirmation = useBoxDeletion(this.model);
    }
}

class BoxKanbanRenderer extends KanbanRenderer {
    static components = { ...KanbanRenderer.components, ActionHelper: BoxHelper };
}

registry.category("views").add("iot_box_kanban", {
    ...kanbanView,
    Controller: BoxKanbanController,
    Renderer: BoxKanbanRenderer,
    buttonTemplate: "iot.BoxButtons",
});
