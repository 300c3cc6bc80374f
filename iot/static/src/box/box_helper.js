import { ActionHelper } from "@web/views/action_helper";
import { ConnectButton } from "../connect/connect_button";
import { useIotManager } from "../connect/iot_manager";

/** What the views of boxes show instead of nothing: how to begin, or that no box matches a filter. */
export class BoxHelper extends ActionHelper {
    static template = "iot.BoxHelper";
    static components = { ...ActionHelper.components, ConnectButton };

    setup() {
        super.setup();
        this.rights = useIotManager();
    }

    get isFiltered() {
        return this.env.searchModel.facets.length > 0;
    }
}
