import { PosStore } from "@point_of_sale/app/services/pos_store";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";
import { needsLocalNetworkAccess } from "./local_network_access";

PosStore.serviceDependencies.push("pos_iot_devices");

patch(PosStore.prototype, {
    async setup(env, { pos_iot_devices }) {
        this.iot = pos_iot_devices;
        await super.setup(...arguments);
    },

    async processServerData() {
        await super.processServerData(...arguments);
        this.iot.use(this.models["iot.device"]?.getAll() ?? []);
        if (!this.iot.isUsed) {
            return;
        }
        this.data.connectWebSocket("IOT_DEVICES_CHANGED", () => void this.iot.refresh());
        if (needsLocalNetworkAccess(browser.location.protocol, this.config, this.models)) {
            // so that Point of Sale tells what became of it
            odoo.use_lna = true;
        }
    },

    /**
     * Override of `point_of_sale`: boxes are not looked for by its own proxy, whose routes those of
     * today lack. It would wait for them without end, or ask them without a pause.
     */
    async connectToProxy() {
        if (!this.iot.isUsed) {
            return super.connectToProxy(...arguments);
        }
        void this.iot.refresh();
    },
});
