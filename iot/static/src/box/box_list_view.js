import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { ConnectButton } from "../connect/connect_button";
import { useListReload } from "./box_changes";
import { useBoxDeletion } from "./box_deletion";
import { BoxHelper } from "./box_helper";
import { BoxNotices } from "./box_notices";

class BoxListController extends ListController {
    static template = "iot.BoxListView";
    static components = { ...ListController.components, BoxNotices, ConnectButton };

    setup() {
        super.setup();
        useListReload(this.model);
        this.deleteRecordsWithConfirmation = useBoxDeletion(this.model);
    }
}

class BoxListRenderer extends ListRenderer {
    static components = { ...ListRenderer.components, ActionHelper: BoxHelper };
}

registry.category("views").add("iot_box_list", {
    ...listView,
    Controller: BoxListController,
    Renderer: BoxListRenderer,
    buttonTemplate: "iot.BoxButtons",
});
