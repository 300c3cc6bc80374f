import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { COMMANDS, isUnderWay } from "./box_command_service";
import { describeReport } from "./report_texts";

/** Opens and closes the tunnel of a box. The token stays in the field only. */
export class RemoteDebugDialog extends Component {
    static template = "iot.RemoteDebugDialog";
    static components = { Dialog };
    static props = { boxId: Number, close: Function };

    setup() {
        this.commands = useService("iot_box_command");
        this.reports = useState(this.commands.reports);
        this.state = useState({ token: "" });
        useAutofocus({ refName: "token" });
    }

    get report() {
        const report = this.reports[this.props.boxId];
        return report?.command === COMMANDS.DEBUG ? report : undefined;
    }

    get isUnderWay() {
        return isUnderWay(this.reports[this.props.boxId]);
    }

    get description() {
        return describeReport(this.report);
    }

    async onAsk(mode) {
        const token = this.state.token.trim();
        this.state.token = "";
        await this.commands.run(this.props.boxId, COMMANDS.DEBUG, {
            mode,
            ...(mode === "start" && { token }),
        });
    }
}
