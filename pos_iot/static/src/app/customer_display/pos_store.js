import { failureText } from "@iot/action/outcome_texts";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { uuidv4 } from "@point_of_sale/utils";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

const PATIENCE = 20_000; // ms

patch(PosStore.prototype, {
    async afterProcessServerData() {
        await super.afterProcessServerData(...arguments);
        const id = this.config.raw.iot_display_id;
        if (id) {
            void this.openIotDisplay();
            // a box that has started again shows something else
            this.iot.onReturn(id, () => void this.openIotDisplay());
        }
    },

    /**
     * Show on the display of the IoT box what is sold here. Its page is told by the bus (contract
     * section 12.4).
     *
     * @returns {Promise<boolean>} whether it is shown; if not, the person has been told why
     */
    async openIotDisplay() {
        const id = this.config.raw.iot_display_id;
        const args = { pos_id: this.config.id, access_token: deviceUuid() };
        const outcome = await this.iot.send(id, "open", args, { patience: PATIENCE });
        const isOpen = outcome.status === "done";
        if (!isOpen) {
            this.notification.add(failureText(outcome), {
                title: _t("The customer display was not opened"),
                type: "warning",
            });
        }
        return isOpen;
    },
});

/** What Point of Sale calls this browser; see `openCustomerDisplay` of its navigation bar. */
function deviceUuid() {
    if (!localStorage.getItem("device_uuid")) {
        localStorage.setItem("device_uuid", uuidv4());
    }
    return localStorage.getItem("device_uuid");
}
