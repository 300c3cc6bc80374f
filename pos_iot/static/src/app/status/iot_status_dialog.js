import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { IotDevices } from "../devices/iot_devices_service";

const ICONS = {
    printer: "fa-print",
    scale: "fa-balance-scale",
    display: "fa-desktop",
    scanner: "fa-barcode",
};

/** How it is with each device of this point of sale. */
export class IotStatusDialog extends Component {
    static template = "pos_iot.IotStatusDialog";
    static components = { Dialog };
    static props = { iot: IotDevices, close: Function };

    setup() {
        this.iot = useState(this.props.iot);
        this.state = useState({ isAsking: false });
        onWillStart(() => void this.ask());
    }

    async ask() {
        this.state.isAsking = true;
        try {
            await this.iot.refresh();
        } finally {
            this.state.isAsking = false;
        }
    }

    iconOf(type) {
        return ICONS[type] ?? "fa-plug";
    }
}
