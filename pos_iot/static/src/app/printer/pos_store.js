import { PosStore } from "@point_of_sale/app/services/pos_store";
import { patch } from "@web/core/utils/patch";
import { IotPrinter } from "./iot_printer";

patch(PosStore.prototype, {
    async afterProcessServerData() {
        await super.afterProcessServerData(...arguments);
        const printer = this.config.raw.iot_receipt_printer_id;
        if (printer) {
            this.hardwareProxy.printer = this.createIotPrinter(printer);
            // without it, Point of Sale opens no drawer
            this.hardwareProxy.setConnectionInfo({ status: "connected" });
        }
    },

    /** Override of `point_of_sale`: order printers. */
    createPrinter(config) {
        return config.printer_type === "iot_device"
            ? this.createIotPrinter(config.iot_device_id)
            : super.createPrinter(...arguments);
    },

    /** @param {number} deviceId of `iot.device`; of one that is gone, it says so when it prints */
    createIotPrinter(deviceId) {
        const { iot: devices, notification } = this;
        return new IotPrinter({ devices, deviceId, notification });
    },
});
