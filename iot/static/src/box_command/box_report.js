import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { isUnderWay } from "./box_command_service";
import { describeReport } from "./report_texts";

/** What became of the last thing that was asked of a box on its form. */
export class BoxReport extends Component {
    static template = "iot.BoxReport";
    static props = standardWidgetProps;

    setup() {
        this.commands = useService("iot_box_command");
        this.reports = useState(this.commands.reports);
    }

    get report() {
        return this.reports[this.props.record.resId];
    }

    get isUnderWay() {
        return isUnderWay(this.report);
    }

    get description() {
        return describeReport(this.report);
    }

    onDismiss() {
        this.commands.dismiss(this.props.record.resId);
    }
}

registry.category("view_widgets").add("iot_box_report", { component: BoxReport });
