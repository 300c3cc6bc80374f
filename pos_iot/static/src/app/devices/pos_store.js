import { PosStore } from "@point_of_sale/app/services/pos_store";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";

PosStore.serviceDependencies.push("pos_iot_devices");

patch(PosStore.prototype, {
    async setup(env, { pos_iot_devices }) {
        this.iot = pos_iot_devices;
        await super.setup(...arguments);
    },

    async processServerData() {
        await super.processServerData(...arguments);
        this.iot.use(this.models["iot.device"]?.getAll() ?? []);
        if (this.iot.isUsed && needsLocalNetworkAccess(this)) {
            // so that Point of Sale asks for it, and tells what became of that
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

/** Epson printers would be asked without https, too: shops that use them decide that themselves. */
function needsLocalNetworkAccess({ config, models }) {
    const hasEpson =
        (config.other_devices && config.epson_printer_ip) ||
        models["pos.printer"].some(({ printer_type }) => printer_type === "epson_epos");
    return browser.location.protocol === "https:" && !hasEpson;
}
