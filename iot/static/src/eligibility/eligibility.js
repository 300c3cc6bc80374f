import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** May the boxes of this database have certificates now, and if not, what can be done about it? */
export class Eligibility extends Component {
    static template = "iot.Eligibility";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ verdict: null });
        onWillStart(() => this.decide());
    }

    get footer() {
        const { decided_at, subscription_name } = this.state.verdict;
        return _t("Odoo subscription: %(subscription)s. Checked on %(date)s.", {
            subscription: subscription_name,
            date: toLocaleDateTimeString(deserializeDateTime(decided_at)),
        });
    }

    async decide() {
        this.state.verdict = await this.orm.call("iot.eligibility", "get_verdict", []);
    }
}

registry.category("view_widgets").add("iot_eligibility", { component: Eligibility });
