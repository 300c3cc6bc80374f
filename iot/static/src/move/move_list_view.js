import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { useListReload } from "../box/box_changes";

/** Moves of boxes, as they go on. */
class MoveListController extends ListController {
    setup() {
        super.setup();
        useListReload(this.model);
    }
}

registry.category("views").add("iot_move_list", { ...listView, Controller: MoveListController });
