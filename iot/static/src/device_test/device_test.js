import { Component, onWillDestroy, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { outcome } from "../action/box_event";
import { failureText, waitingText } from "../action/outcome_texts";
import { useIotManager } from "../connect/iot_manager";
import { testsOf } from "./device_tests";

const LISTEN_TIME = 20_000; // ms to walk over to a device and use it
const SPACES = { keyboard: "", scanner: " " };

const IDLE = Object.freeze({ test: null, progress: {}, heard: "", outcome: null, seconds: 0 });

/** Buttons that try a device, and what came of it. */
export class DeviceTest extends Component {
    static template = "iot.DeviceTest";
    static props = { ...standardWidgetProps };

    setup() {
        this.actions = useService("iot_action");
        this.rights = useIotManager();
        this.state = useState({ ...IDLE });
        this.run = null; // what the state is about
        this.stop = new AbortController(); // ends listening
        onWillDestroy(() => this.stop.abort());
        onWillUpdateProps(({ record }) => {
            if (record.resId !== this.props.record.resId) {
                this.stop.abort();
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
        const { heard, outcome, progress, test } = this.state;
        if (!outcome && test?.listening) {
            return test.listening(heard);
        }
        if (!outcome) {
            return waitingText(progress) || _t("Waiting for the device…");
        }
        return outcome.status === "done" ? test.done(outcome) : failureText(outcome);
    }

    get pathText() {
        const { outcome, seconds } = this.state;
        if (!outcome || outcome.status !== "done" || !outcome.path) {
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
        const startedAt = performance.now();
        let device;
        try {
            device = await this.actions.readDevice(this.props.record.resId);
        } catch (error) {
            show(IDLE);
            throw error;
        }
        const end = test.listening
            ? await this.listen(device, (heard) => show({ heard }))
            : await this.send(device, test, (progress) => show({ progress }));
        show({ outcome: end, seconds: (performance.now() - startedAt) / 1000 });
    }

    send(device, test, onProgress) {
        const { action, args } = test.prepare(this.device);
        return this.actions.send(device, action, args, { onProgress });
    }

    async listen(device, onHeard) {
        const heard = [];
        const onEvent = ({ value }) => {
            if (typeof value === "string" && value) {
                heard.push(value);
                onHeard(heard.join(SPACES[this.device.type]));
            }
        };
        this.stop = new AbortController();
        const { stop } = this;
        browser.setTimeout(() => stop.abort(), LISTEN_TIME);
        const isReached = await this.actions.listen(device, onEvent, stop);
        if (heard.length) {
            return outcome("done", false, false, heard.join(SPACES[this.device.type]));
        }
        return outcome("failed", isReached ? "nothing_heard" : "unreachable");
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
