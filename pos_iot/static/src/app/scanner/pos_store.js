import { PosStore } from "@point_of_sale/app/services/pos_store";
import { patch } from "@web/core/utils/patch";

patch(PosStore.prototype, {
    async afterProcessServerData() {
        await super.afterProcessServerData(...arguments);
        const forever = new AbortController().signal;
        for (const id of this.config.raw.iot_scanner_ids ?? []) {
            void this.iot.listen(id, ({ value }) => this.scanFromIot(value), forever);
        }
    },

    /** @param {string} code what a scanner has read; "" when it was told something */
    scanFromIot(code) {
        if (code) {
            void this.barcodeReader?.scan(code);
        }
    },
});
