import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { failureText, waitingText } from "../action/outcome_texts";
import { useIotManager } from "../connect/iot_manager";
import { testsOf } from "./device_tests";

const IDLE = Object.freeze({ test: null, progress: {}, outcome: null, seconds: 0 });

/** Buttons that try a device, and what came of it. */
export class DeviceTest extends Component {
    static template = "iot.DeviceTest";
    static props = { ...standardWidgetProps };

    setup() {
        this.actions = useService("iot_action");
        this.rights = useIotManager();
        this.state = useState({ ...IDLE });
        this.run = null; // what the state is about
        onWillUpdateProps(({ record }) => {
            if (record.resId !== this.props.record.resId) {
                this.run = null;
                Object.assign(this.state, IDLE);
            }
        });
    }

    get device() {
        const { name, type, subtype, display_url, box_id } = this.props.record.data;
        return { name, type, subtype, displayUrl: display_url, boxName: box_id.display_name };
    }

    get tests() {
        return testsOf(this.device, this.rights);
    }

    get isRunning() {
        return this.state.test !== null && this.state.outcome === null;
    }

    get alertClass() {
        const { outcome, test } = this.state;
        if (!outcome || !test) {
            return "alert-info";
        }
        return { done: "alert-success", failed: "alert-danger", expired: "alert-warning" }[
            outcome.status
        ];
    }

    get text() {
        const { outcome, progress, test } = this.state;
        if (!outcome) {
            return waitingText(progress) || _t("Waiting for the device…");
        }
        return outcome.status === "done" ? test.done(outcome) : failureText(outcome);
    }

    get pathText() {
        const { outcome, seconds } = this.state;
        if (!outcome || outcome.status !== "done") {
            return "";
        }
        const time = formatFloat(seconds, { digits: [16, 1] });
        return outcome.path === "direct"
            ? _t("Directly from this browser, %s s", time)
            : _t("By way of Odoo, %s s", time);
    }

    async onTest(test) {
        const run = (this.run = {});
        const show = (news) => run === this.run && Object.assign(this.state, news);
        show({ ...IDLE, test });
        const { action, args } = test.prepare(this.device);
        const startedAt = performance.now();
        let device;
        try {
            device = await this.actions.readDevice(this.props.record.resId);
        } catch (error) {
            show(IDLE);
            throw error;
        }
        const outcome = await this.actions.send(device, action, args, {
            onProgress: (progress) => show({ progress }),
        });
        show({ outcome, seconds: (performance.now() - startedAt) / 1000 });
    }
}

registry.category("view_widgets").add("iot_device_test", {
    component: DeviceTest,
    fieldDependencies: [
        { name: "name", type: "char" },
        { name: "type", type: "selection" },
        { name: "subtype", type: "selection" },
        { name: "display_url", type: "char" },
        { name: "box_id", type: "many2one" },
    ],
});
