import { Component, useState } from "@odoo/owl";
import { useBoxChanges } from "@iot/box/box_changes";
import { getFailure, rethrowFault } from "@iot/connect/connect_messages";
import { NamedDialog } from "@iot/connect/named_dialog";
import { ReasonAlert } from "@iot/connect/reason_alert";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

export const STATES = Object.freeze({ CHOOSING: "choosing", DONE: "done", UNDONE: "undone" });

/** The popup *Connect to a Point of Sale*: which one uses the devices of a box. */
export class PosChoiceDialog extends Component {
    static template = "pos_iot.PosChoiceDialog";
    static components = { NamedDialog, ReasonAlert };
    static props = {
        /** As `get_pos_choice` of `iot.box` gives it; with one point of sale at least. */
        choice: {
            type: Object,
            shape: { box_id: Number, box_name: String, configs: { type: Array, element: Object } },
        },
        onAssociated: { type: Function, optional: true },
        close: Function,
    };

    setup() {
        this.STATES = STATES;
        this.canConfigure = user.isSystem;
        this.orm = useService("orm");
        this.action = useService("action");
        const { configs } = this.props.choice;
        this.state = useState({
            name: STATES.CHOOSING,
            configs,
            // most often one that has no box yet
            configId: (configs.find((config) => !config.box_id) ?? configs[0]).id,
            isBusy: false,
            problem: null,
        });
        // a box tells of its devices one by one
        useBoxChanges((boxIds) => {
            if (boxIds.includes(this.boxId) && this.state.name === STATES.DONE) {
                return this.refresh();
            }
        });
    }

    get boxId() {
        return this.props.choice.box_id;
    }

    get config() {
        return this.state.configs.find((config) => config.id === this.state.configId);
    }

    /** Another box whose devices are not used any more then. */
    get formerBoxName() {
        const { box_id: id, box_name: name } = this.config;
        return id && id !== this.boxId ? name : "";
    }

    get question() {
        return _t("Which point of sale uses the devices of %s?", this.props.choice.box_name);
    }

    get loss() {
        return _t("It uses %s now, and will not do so any more.", this.formerBoxName);
    }

    get outcome() {
        const { name: shop, box_name: box } = this.config;
        if (!box) {
            return _t("%s uses no connected IoT Box, as before.", shop);
        }
        return this.state.name === STATES.DONE
            ? _t("%(shop)s uses %(box)s.", { shop, box })
            : _t("%(shop)s uses %(box)s again.", { shop, box });
    }

    onChange({ target }) {
        this.state.configId = Number(target.value);
        this.state.problem = null;
    }

    async onConnect() {
        await this.change(STATES.DONE, "associate_iot_box", this.boxId);
        if (this.state.name === STATES.DONE) {
            this.props.onAssociated?.();
        }
    }

    onUndo() {
        return this.change(STATES.UNDONE, "undo_iot_association");
    }

    onChooseAnother() {
        this.state.name = STATES.CHOOSING;
        this.state.problem = null;
    }

    onOpenSettings() {
        this.props.close();
        return this.action.doAction("point_of_sale.action_pos_configuration", {
            additionalContext: { active_model: "pos.config", active_id: this.config.id },
        });
    }

    /** Let the server change the point of sale, and show what became of it. */
    async change(name, method, ...args) {
        this.state.isBusy = true;
        this.state.problem = null;
        try {
            this.update(await this.orm.call("pos.config", method, [[this.config.id], ...args]));
            this.state.name = name;
        } catch (error) {
            this.state.problem = getFailure(error);
        } finally {
            this.state.isBusy = false;
        }
    }

    async refresh() {
        try {
            const args = [[this.boxId]];
            const { configs } = await this.orm.silent.call("iot.box", "get_pos_choice", args);
            configs.forEach((config) => this.update(config));
        } catch (error) {
            rethrowFault(error); // what is shown was true a moment ago
        }
    }

    update(config) {
        this.state.configs = this.state.configs.map((known) =>
            known.id === config.id ? config : known
        );
    }
}
