import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A boolean that the server reports, as a badge that says in a word what it means. */
export class StatusBadgeField extends Component {
    static template = "iot.StatusBadgeField";
    static props = { ...standardFieldProps, labels: { type: Array, element: String } };

    get isOn() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const [on, off] = this.props.labels;
        return this.isOn ? on : off;
    }
}

const statusBadgeField = (displayName, on, off) => ({
    component: StatusBadgeField,
    displayName,
    supportedTypes: ["boolean"],
    extractProps: () => ({ labels: [on, off].map(String) }),
});

const fields = registry.category("fields");
fields.add("iot_online", statusBadgeField(_t("Online badge"), _t("Online"), _t("Offline")));
fields.add(
    "iot_connected",
    statusBadgeField(_t("Connected badge"), _t("Connected"), _t("Disconnected"))
);
