import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { isSelectable } from "./search_flow";

/** The boxes found, one of which the user may mark. */
export class BoxList extends Component {
    static template = "iot.BoxList";
    static props = {
        boxes: { type: Array, element: Object },
        selected: { type: Object, optional: true },
        onSelect: Function,
    };

    setup() {
        this.isSelectable = isSelectable;
    }

    isSelected(box) {
        return this.props.selected?.host === box.host;
    }

    /** Shown on the box itself, too, as long as it has one. */
    code({ pairingCode, isPairingCodeExpired }) {
        return isPairingCodeExpired ? "" : pairingCode;
    }

    status({ status, known, serverUrl }) {
        switch (status) {
            case "here":
                if (known && !known.isOnline) {
                    return _t(
                        "Belongs to this database as “%(name)s”, but is offline there. If it stays so, disconnect it on its homepage, then search again.",
                        { name: known.name }
                    );
                }
                return known
                    ? _t("Connected to this database as “%(name)s”.", { name: known.name })
                    : _t("Connected to this database.");
            case "elsewhere":
                return _t(
                    "Connected to %(address)s. Disconnect it on its homepage first, then search again.",
                    { address: serverUrl }
                );
            case "reconnect":
                return _t(
                    "Says that it is connected to this database, which does not know it: reconnect it."
                );
            case "free":
                return known
                    ? _t("Was connected to this database as “%(name)s”.", { name: known.name })
                    : "";
        }
        throw new Error(`Unknown status ${status}`);
    }
}
