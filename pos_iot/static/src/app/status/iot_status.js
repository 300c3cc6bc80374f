import { Component, useState } from "@odoo/owl";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { IotStatusDialog } from "./iot_status_dialog";

const LEVELS = ["danger", "warning", "success"];
const TITLES = {
    danger: _t("An IoT device does not work"),
    warning: _t("An IoT device needs attention"),
    success: _t("All IoT devices are connected"),
};

/** How it is with the devices of this point of sale, at a glance. */
export class IotStatus extends Component {
    static template = "pos_iot.IotStatus";
    static props = {};

    setup() {
        this.iot = useState(usePos().iot);
        this.dialog = useService("dialog");
    }

    /** The worst that is the case. */
    get level() {
        const levels = this.iot.list.map(({ state }) => state.level);
        return LEVELS.find((level) => levels.includes(level));
    }

    get title() {
        return TITLES[this.level].toString();
    }

    onClick() {
        this.dialog.add(IotStatusDialog, { iot: this.iot });
    }
}
