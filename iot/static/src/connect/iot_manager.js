import { onWillStart } from "@odoo/owl";
import { user } from "@web/core/user";

/**
 * Learn, before the first rendering, whether the user may connect boxes.
 *
 * This decides what is shown, no more: the server checks each call by itself.
 *
 * @returns {{ isManager: boolean }}
 */
export function useIotManager() {
    const rights = { isManager: false };
    onWillStart(async () => {
        rights.isManager = await user.hasGroup("iot.group_iot_manager");
    });
    return rights;
}
