import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { ConnectDialog } from "./connect_dialog";
import { useIotManager } from "./iot_manager";

/** Opens the popup that connects a box. Managers only: renders nothing for anybody else. */
export class ConnectButton extends Component {
    static template = "iot.ConnectButton";
    static props = {};

    setup() {
        this.dialog = useService("dialog");
        this.rights = useIotManager();
        this.isOpen = false;
    }

    onClick() {
        // the second click of a double click comes before the popup covers the button
        if (!this.isOpen) {
            this.isOpen = true;
            this.dialog.add(ConnectDialog, {}, { onClose: () => (this.isOpen = false) });
        }
    }
}
