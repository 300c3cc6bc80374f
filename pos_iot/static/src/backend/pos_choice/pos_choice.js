import { registry } from "@web/core/registry";
import { PosChoiceDialog } from "./pos_choice_dialog";

/**
 * Offer the devices of a box to a point of sale. Nothing happens where there is none, or none that
 * the user configures.
 *
 * @param {Object} env
 * @param {Object} box
 * @param {number} box.boxId
 * @param {() => void} [box.close] closes the popup that has connected the box
 */
export async function openPosChoice(env, { boxId, close }) {
    const { orm, dialog } = env.services;
    const choice = await orm.call("iot.box", "get_pos_choice", [[boxId]]);
    if (choice.configs.length) {
        dialog.add(PosChoiceDialog, { choice, onAssociated: close });
    }
}

registry.category("iot_connected").add("pos_iot", openPosChoice);
registry
    .category("actions")
    .add("pos_iot_connect", (env, { params }) => openPosChoice(env, params));
