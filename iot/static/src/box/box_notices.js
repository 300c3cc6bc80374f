import { Component, onWillStart, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useIotManager } from "../connect/iot_manager";
import { useBoxChanges } from "./box_changes";

/** Above all boxes: what happened to this database that concerns them, and what to do about it. */
export class BoxNotices extends Component {
    static template = "iot.BoxNotices";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.rights = useIotManager();
        this.state = useState({ foreign_ids: [], elsewhere_count: 0, server_url: "" });
        onWillStart(() => this.load());
        useBoxChanges(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.call("iot.box", "get_notices", []));
    }

    adopt() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Use these boxes from here?"),
            body: _t(
                "Do this if this database takes the place of the one it was copied from. Boxes that are to stay with the original must not be used from a copy."
            ),
            confirmLabel: _t("Use them from here"),
            confirm: async () => {
                await this.orm.call("iot.box", "action_adopt", [this.state.foreign_ids]);
                await this.load();
            },
            cancel: () => {},
        });
    }

    move() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Move the boxes to the new address?"),
            body: _t(
                "One box goes first. If it does not reach Odoo at %s, it is told the former address again, and the others stay where they are. Both addresses must work until the last box has moved.",
                this.state.server_url
            ),
            confirmLabel: _t("Move the boxes"),
            confirm: async () =>
                this.action.doAction(await this.orm.call("iot.box", "action_move_all", [])),
            cancel: () => {},
        });
    }
}
