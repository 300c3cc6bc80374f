import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How many of the devices of a box are connected, as one sentence. */
export class DeviceCountsField extends Component {
    static template = "iot.DeviceCountsField";
    static props = { ...standardFieldProps };

    get text() {
        const { connected_device_count: connected, device_count: total } = this.props.record.data;
        return total
            ? _t("%(connected)s of %(total)s devices connected", { connected, total })
            : _t("No devices yet");
    }
}

registry.category("fields").add("iot_device_counts", {
    component: DeviceCountsField,
    displayName: _t("Devices connected"),
    supportedTypes: ["integer"],
    fieldDependencies: [
        { name: "connected_device_count", type: "integer" },
        { name: "device_count", type: "integer" },
    ],
});
