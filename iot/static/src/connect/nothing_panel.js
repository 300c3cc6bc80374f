import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { nothingReason } from "./nothing_reason";
import { ReasonAlert } from "./reason_alert";

/** Why there is no box to choose. */
export class NothingPanel extends Component {
    static template = "iot.NothingPanel";
    static components = { ReasonAlert };
    static props = { flow: Object, now: Number, send: Function };

    get reason() {
        return nothingReason(this.props.flow.search);
    }

    /** Where it was searched. */
    get detail() {
        const { target, silentNetworks = [] } = this.props.flow.search;
        const networks = silentNetworks.join(", ");
        if (this.reason === "network_silent") {
            return networks;
        }
        return this.reason === "nothing_found" && networks
            ? _t(
                  "No device answers in %(networks)s. If the box is there, search its own address.",
                  { networks }
              )
            : target || undefined;
    }
}
