import { failureText } from "@iot/action/outcome_texts";
import { BasePrinter } from "@point_of_sale/app/utils/printer/base_printer";
import { _t } from "@web/core/l10n/translation";
import { printFailure } from "./print_texts";

// ms; somebody stands there and waits
const PRINT_PATIENCE = 20_000;
const DRAWER_PATIENCE = 8000;

/** A printer of an IoT box. */
export class IotPrinter extends BasePrinter {
    /**
     * @param {Object} params
     * @param {import("../devices/iot_devices_service").IotDevices} params.devices
     * @param {number} params.deviceId
     * @param {Object} params.notification service that tells of a drawer that stays shut
     */
    setup({ devices, deviceId, notification }) {
        super.setup(...arguments);
        Object.assign(this, { devices, deviceId, notification });
    }

    /** @override */
    async sendPrintingJob(receipt) {
        const outcome = await this._send("print_receipt", { receipt }, PRINT_PATIENCE);
        return { result: outcome.status === "done", outcome };
    }

    /** @override */
    async openCashbox() {
        const outcome = await this._send("cashbox", {}, DRAWER_PATIENCE);
        if (outcome.status !== "done") {
            this.notification.add(failureText(outcome), {
                title: _t("The cash drawer was not opened"),
                type: "danger",
            });
        }
    }

    _send(action, args, patience) {
        return this.devices.send(this.deviceId, action, args, { patience });
    }

    /** @override */
    getResultsError({ outcome }) {
        return {
            successful: false,
            canRetry: true,
            errorCode: outcome.reason,
            message: printFailure(outcome),
        };
    }

    /** @override */
    getResultWarningCode(printResult) {
        return printResult?.outcome.reason === "WARNING_LOW_PAPER"
            ? "ROLL_PAPER_HAS_ALMOST_RUN_OUT"
            : undefined;
    }
}
